import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { callbackify } from 'node:util'
import { Logger } from '@nestjs/common'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'
import { ApprovalMailer } from '../approvals/approval-mailer.js'
import { Approvals } from '../approvals/approvals.service.js'
import { PersonCreate } from '#contract/api/identity.js'
import type { Caller } from '../platform/http/caller.js'
import { RecordingOutbox } from '../platform/outbox/testing/recording-outbox.js'
import { killFacts } from '../gate/testing/test-gate.js'
import { ApprovalNotices, NOTICE_TOPIC } from './approval-notices.service.js'
import { People } from './people.service.js'
import { seededPeople, type SeededPeople } from './testing/seeded-people.js'

Logger.overrideLogger(false)

interface Caught {
  readonly to: string[]
  readonly source: string
}

let seeded: SeededPeople
let server: SMTPServer
let caught: Caught[]
let isRefusing: boolean

/** Takes a mail in; what it throws is the server's answer. */
const take = async (stream: Readable, { envelope }: SMTPServerSession): Promise<void> => {
  const source = await text(stream)
  if (isRefusing) throw new Error('mailbox is full')
  caught.push({ to: envelope.rcptTo.map(({ address }) => address), source })
}

beforeAll(async () => {
  seeded = await seededPeople()
  server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData: callbackify(take),
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
}, 60_000)
afterAll(async () => {
  await new Promise<void>((resolve) => server.close(resolve))
  await seeded.drop()
})
beforeEach(() => {
  caught = []
  isRefusing = false
})

const wired = (mailer: ApprovalMailer) => {
  const { database } = seeded.postgres
  const outbox = new RecordingOutbox()
  const approvals = new Approvals({ database, gate: seeded.shipped.gate, outbox })
  const notices = new ApprovalNotices({ database, outbox, approvals, mailer })
  notices.onModuleInit()
  return { outbox, approvals, notices }
}
const mailer = (): ApprovalMailer => {
  const { port } = server.server.address() as AddressInfo
  return new ApprovalMailer({ url: `smtp://127.0.0.1:${port}?ignoreTLS=true`, from: 'gatehouse@platform.example' })
}

/** A release of Acme's own kill switch that waits for a second person. */
const opened = async (approvals: Approvals, title = 'Release the kill switch') => {
  const { actor, tenantId, correlationId } = await seeded.as('acme_owner')
  const kill = {
    scope: 'tenant',
    target: tenantId!,
    target_tenant_id: tenantId,
    engaged: true,
    engaged_by_actor: true,
  } as const
  const outcome = await seeded.shipped.gate.decide('kill.release', killFacts(actor, kill), {
    correlationId,
    tenantId: tenantId!,
  })
  if (outcome.kind !== 'hold') throw new Error(`policy answered ${JSON.stringify(outcome)}`)
  return approvals.open(outcome, { title, subject: { title, at: Math.random() }, openedBy: actor.id })
}

describe('notices of what waits', () => {
  it('reach everybody who may vote, and nobody else', async () => {
    const { outbox, approvals } = wired(mailer())
    const { id } = await opened(approvals)
    await outbox.deliver()
    await outbox.deliver()
    const staff = ['operator@platform.example', 'security-lead@platform.example', 'reviewer@platform.example']
    expect(new Set(caught.flatMap(({ to }) => to))).toEqual(new Set(staff))
    expect(caught[0]?.source).toContain(`gatehouse approvals show ${id}`)
    expect(caught[0]?.source).toContain('Subject: Waiting for you: Release the kill switch')
  })

  it('pass by whom the opener made, whose vote is refused', async () => {
    const { postgres, shipped, callers, pseudonyms } = seeded
    const people = new People(postgres.database, shipped.gate, callers, pseudonyms)
    const owner = await seeded.as('acme_owner')
    const made = async (maker: Caller, email: string) => {
      const body = PersonCreate.parse({ name: 'New', email, roles: ['owner'], tenant_id: owner.tenantId })
      await people.create(maker, body)
    }
    await made(owner, 'puppet@acme.example')
    await made(await seeded.as('operator'), 'colleague@acme.example')
    const { outbox, approvals } = wired(mailer())
    await opened(approvals)
    await outbox.deliver()
    await outbox.deliver()
    const told = caught.flatMap(({ to }) => to)
    expect(told).toContain('colleague@acme.example')
    expect(told).not.toContain('puppet@acme.example')
  })

  it('fail one by one, and are the same message when sent again', async () => {
    const { outbox, approvals, notices } = wired(mailer())
    await opened(approvals)
    await outbox.deliver()
    const [first] = outbox.payloads(NOTICE_TOPIC)
    isRefusing = true
    await expect(notices.onNotice(first)).rejects.toThrow('mailbox is full')
    isRefusing = false
    await notices.onNotice(first)
    await notices.onNotice(first)
    const ids = caught.map(({ source }) => /^Message-ID:\s*(<.*>)/im.exec(source)?.[1])
    expect(ids).toEqual([ids[0], ids[0]])
    expect(ids[0]).toMatch(/^<.+@gatehouse>/)
  })

  it('cannot smuggle headers in through a title', async () => {
    const { outbox, approvals } = wired(mailer())
    await opened(approvals, 'Release\r\nBcc: eve@evil.example')
    await outbox.deliver()
    await outbox.deliver()
    expect(caught.flatMap(({ to }) => to)).not.toContain('eve@evil.example')
    expect(caught.some(({ source }) => /^Bcc:/im.test(source.split('\r\n\r\n')[0]!))).toBe(false)
  })

  it('are not sent where no mail server is set, nor for what is settled', async () => {
    const without = wired(new ApprovalMailer(null))
    await opened(without.approvals)
    await without.outbox.deliver()
    expect(without.outbox.payloads(NOTICE_TOPIC)).toEqual([])

    const { outbox, approvals } = wired(mailer())
    const { id } = await opened(approvals)
    const { subject_digest } = await approvals.show(await seeded.as('reviewer'), id)
    await outbox.deliver()
    await approvals.vote(await seeded.as('reviewer'), id, { verdict: 'approve', comment: '', subject_digest })
    await outbox.deliver()
    expect(caught).toEqual([])
  })
})
