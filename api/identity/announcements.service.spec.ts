import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Told } from '../approvals/approval-mailer.js'
import { RecordingOutbox } from '../platform/outbox/testing/recording-outbox.js'
import { Announcements, ANNOUNCEMENT_TOPIC } from './announcements.service.js'
import { seededPeople, type SeededPeople } from './testing/seeded-people.js'

const TOLD: Told = { id: 'glass-1', subject: 'BREAK GLASS', text: 'A policy was put in force' }

let seeded: SeededPeople
let sent: { readonly to: string; readonly told: Told }[]
let outbox: RecordingOutbox
let isEnabled: boolean
let isRefusing: boolean

beforeAll(async () => {
  seeded = await seededPeople()
}, 60_000)
afterAll(() => seeded.drop())
beforeEach(() => {
  sent = []
  outbox = new RecordingOutbox()
  isEnabled = true
  isRefusing = false
})

const announcements = (): Announcements => {
  const mailer = {
    get enabled() {
      return isEnabled
    },
    tell: async ({ email }: { email: string }, told: Told) => {
      if (isRefusing) throw new Error('mailbox is full')
      sent.push({ to: email, told })
    },
  }
  const made = new Announcements({ database: seeded.postgres.database, outbox, mailer })
  made.onModuleInit()
  return made
}
const addresses = () => sent.map(({ to }) => to)

describe('announcements', () => {
  it("reach the platform's own people with the scope, and nobody else", async () => {
    await announcements().toAllWith('people:write', TOLD)
    await outbox.deliver()
    expect(addresses()).toContain('operator@platform.example')
    expect(addresses()).not.toContain('reviewer@platform.example')
    for (const address of addresses()) expect(address).toMatch(/@platform\.example$/)
    expect(new Set(addresses()).size).toBe(sent.length)
    expect(sent[0]!.told).toEqual(TOLD)
  })

  it('fail and are tried again one by one', async () => {
    const made = announcements()
    await made.toAllWith('policy:activate', TOLD)
    const payloads = outbox.payloads(ANNOUNCEMENT_TOPIC)
    expect(payloads.length).toBeGreaterThan(0)
    isRefusing = true
    await expect(made.onAnnouncement(payloads[0])).rejects.toThrow('mailbox is full')
    isRefusing = false
    await made.onAnnouncement(payloads[0])
    expect(sent).toHaveLength(1)
  })

  it('are for nobody where no mail server is set', async () => {
    isEnabled = false
    await announcements().toAllWith('policy:activate', TOLD)
    expect(outbox.events).toEqual([])
  })

  it('do not reach who left meanwhile, and refuse what is none', async () => {
    const made = announcements()
    await made.toAllWith('policy:activate', TOLD)
    const owner = await seeded.postgres.owner()
    await owner.query('ALTER TABLE principal DISABLE TRIGGER USER')
    await owner.query('UPDATE principal SET disabled_at = now()')
    await outbox.deliver()
    await owner.query('UPDATE principal SET disabled_at = NULL')
    await owner.query('ALTER TABLE principal ENABLE TRIGGER USER')
    expect(sent).toEqual([])
    await expect(made.onAnnouncement({ told: TOLD })).rejects.toThrow()
  })
})
