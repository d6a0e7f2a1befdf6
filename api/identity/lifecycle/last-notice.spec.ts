import { randomUUID } from 'node:crypto'
import { Logger } from '@nestjs/common'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { PersonCreate, type Tenant } from '#contract/api/identity.js'
import { Approvals } from '../../approvals/approvals.service.js'
import type { Told } from '../../approvals/approval-mailer.js'
import type { Caller } from '../../platform/http/caller.js'
import type { DomainEvent } from '../../platform/outbox/outbox.port.js'
import { RecordingOutbox } from '../../platform/outbox/testing/recording-outbox.js'
import { Announcements } from '../announcements.service.js'
import { Organisations } from '../organisations.service.js'
import { People } from '../people.service.js'
import { seededPeople, type SeededPeople } from '../testing/seeded-people.js'
import { Closing } from './closing.service.js'
import { ENDING_TOPIC, LastNotice } from './last-notice.js'

Logger.overrideLogger(false)
const DAY_MS = 86_400_000

let seeded: SeededPeople
let operator: Caller
let outbox: RecordingOutbox
let sent: { readonly to: string; readonly told: Told }[]
let tenant: Tenant

beforeAll(async () => {
  seeded = await seededPeople()
  operator = await seeded.as('operator')
}, 60_000)
afterAll(() => seeded.drop())

/** What tells owners, and closes after so many days. */
const closingIn = (graceDays: number): Closing => {
  const { postgres, shipped, callers } = seeded
  const { database } = postgres
  const approvals = new Approvals({ database, gate: shipped.gate, outbox })
  return new Closing({ database, gate: shipped.gate, callers, approvals, outbox, graceDays })
}
const close = (closing: Closing) =>
  closing.ask(operator, tenant.id, { version: tenant.version, slug: tenant.slug, reason: 'we part' }) as Promise<Tenant>
const endings = (): DomainEvent[] => outbox.events.filter(({ topic }) => topic === ENDING_TOPIC)
/** The moment of an event has come. */
const come = async (): Promise<void> => {
  const due = outbox.events.splice(0).map(({ availableAt: _, ...event }) => event)
  outbox.events.push(...due)
  await outbox.deliver()
  await outbox.deliver()
}

beforeEach(async () => {
  sent = []
  outbox = new RecordingOutbox()
  const { postgres, shipped, callers, pseudonyms } = seeded
  const { database } = postgres
  const organisations = new Organisations(database, shipped.gate, pseudonyms, callers)
  const slug = `o-${randomUUID().slice(0, 8)}`
  const first = { name: 'One', email: `one@${slug}.example` }
  tenant = (await organisations.create(operator, { slug, name: 'Ends', owner: first })).tenant
  const people = new People(database, shipped.gate, callers, pseudonyms)
  for (const [name, role] of [
    ['two', 'owner'],
    ['three', 'admin'],
  ] as const)
    await people.create(
      operator,
      PersonCreate.parse({ name, email: `${name}@${slug}.example`, roles: [role], tenant_id: tenant.id }),
    )
  const tell = async ({ email }: { email: string }, told: Told) => void sent.push({ to: email, told })
  const announcements = new Announcements({ database, outbox, mailer: { enabled: true, tell } })
  announcements.onModuleInit()
  new LastNotice({ database, outbox, announcements }).onModuleInit()
})

describe('before an organisation ends', () => {
  it('its owners are told, a day ahead, and nobody else', async () => {
    const { closing } = await close(closingIn(30))
    expect(endings().map(({ availableAt }) => availableAt!.getTime())).toEqual([Date.parse(closing!.until) - DAY_MS])
    await outbox.deliver()
    expect(sent).toEqual([])
    await come()
    expect(sent.map(({ to }) => to).toSorted()).toEqual([`one@${tenant.slug}.example`, `two@${tenant.slug}.example`])
    const { subject, text } = sent[0]!.told
    expect(subject).toBe(`Ends is deleted at ${closing!.until}`)
    for (const part of ['we part', `gatehouse organisations export ${tenant.slug}`, 'operators'])
      expect(text).toContain(part)
    await come()
    expect(sent).toHaveLength(2)
  })

  it('they are told at once where the grace period is as short as that', async () => {
    await close(closingIn(1))
    await outbox.deliver()
    await outbox.deliver()
    expect(sent).toHaveLength(2)
  })

  it('nobody is told of an end that was called off, nor twice of one that was put off', async () => {
    const closing = closingIn(30)
    const { version } = await close(closing)
    tenant = await closing.restore(operator, tenant.id, { version })
    const [first] = endings()
    await come()
    expect(sent).toEqual([])
    await close(closing)
    outbox.events.push(first!)
    await come()
    expect(sent).toHaveLength(2)
  })

  it('a mail that is sent twice is recognised as one', async () => {
    await close(closingIn(30))
    const [event] = endings()
    await come()
    outbox.events.push(event!)
    await come()
    expect(new Set(sent.map(({ to, told }) => `${told.id} ${to}`)).size).toBe(2)
  })
})
