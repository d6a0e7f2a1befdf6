import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Outcome } from '#contract/decisions/outcome.js'
import type { Scope } from '#contract/scopes.js'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import { testDatabase, type TestDatabase } from '../testing/test-database.js'
import { refusal } from '../gate/testing/refusal.js'
import { shippedGate, type ShippedGate } from '../gate/testing/shipped-gate.js'
import { actorOf, killFacts } from '../gate/testing/test-gate.js'
import type { Caller } from '../platform/http/caller.js'
import { Approvals } from './approvals.service.js'
import { subjectDigest } from './approvals.rules.js'
import { RecordingOutbox } from '../platform/outbox/testing/recording-outbox.js'

const ACME = '0198c0de-0000-7000-8000-00000000000a'
const GLOBEX = '0198c0de-0000-7000-8000-00000000000b'
const VOTER: Scope[] = ['approvals:read', 'approvals:vote', 'kill:release', 'kill:engage']

const person = (tenantId: string, id: string, part: Partial<Caller['actor']> = {}): Caller => ({
  principalId: randomUUID(),
  keyId: randomUUID(),
  tenantId,
  tenant: { id: tenantId, status: 'active', standing: {} },
  actor: actorOf(tenantId, { id, scopes: VOTER, ...part }),
  correlationId: randomUUID(),
})

let postgres: TestDatabase
let shipped: ShippedGate
let outbox: RecordingOutbox
let approvals: Approvals

beforeAll(async () => {
  postgres = await testDatabase()
  shipped = await shippedGate(postgres.database)
}, 60_000)
afterAll(() => postgres.drop())
beforeEach(() => {
  outbox = new RecordingOutbox()
  approvals = new Approvals({ database: postgres.database, gate: shipped.gate, outbox })
})

const opener = person(ACME, 'u_opener')
const second = person(ACME, 'u_second')

/** What policy holds: a release of an organisation's own kill switch. */
const held = async (): Promise<Extract<Outcome, { kind: 'hold' }>> => {
  const kill = { scope: 'tenant', target: ACME, target_tenant_id: ACME, engaged: true, engaged_by_actor: true } as const
  const about = { correlationId: 'test', tenantId: ACME }
  const outcome = await shipped.gate.decide('kill.release', killFacts(opener.actor, kill), about)
  if (outcome.kind !== 'hold') throw new Error(`policy answered ${JSON.stringify(outcome)}`)
  return outcome
}
const subject = () => ({ order: randomUUID() })
const opened = async (shown: object = subject(), more: { subjectPublisherId?: string } = {}) => {
  const request = { title: 'Release it', subject: shown, openedBy: opener.actor.id, ...more }
  const { id } = await approvals.open(await held(), request)
  return { id, subject_digest: subjectDigest(shown) }
}
const approve = (subject_digest: string) => ({ verdict: 'approve' as const, comment: 'fine', subject_digest })

describe('opening', () => {
  it('keeps what people are shown, and tells of it', async () => {
    const shown = subject()
    const { id } = await opened(shown)
    expect(await approvals.show(second, id)).toMatchObject({
      state: 'open',
      kind: 'kill_release',
      action: 'kill.release',
      subject: shown,
      subject_digest: subjectDigest(shown),
      waits_for_me: true,
      votes: [],
    })
    expect(outbox.payloads('approval.opened')).toEqual([{ approval_id: id }])
    expect(outbox.events.find(({ topic }) => topic === 'approval.expiry')?.availableAt).toBeInstanceOf(Date)
  })

  it('gives the open one to whoever asks again for the same', async () => {
    const shown = subject()
    expect((await opened(shown)).id).toBe((await opened(shown)).id)
  })

  it('is hidden from other organisations', async () => {
    const { id } = await opened()
    expect(await refusal(approvals.show(person(GLOBEX, 'u_other'), id))).toEqual(['not_found'])
  })
})

describe('voting', () => {
  it('settles by a second person, and tells the owner once', async () => {
    const { id, subject_digest } = await opened()
    const approval = await approvals.vote(second, id, approve(subject_digest))
    expect(approval).toMatchObject({ state: 'approved', votes: [{ voter: 'u_second', verdict: 'approve' }] })
    expect(approval.settled_at).not.toBeNull()
    expect(outbox.payloads('approval.settled')).toMatchObject([{ approval_id: id, state: 'approved' }])
    expect((await approvals.withVotes(id))?.votes).toEqual([
      { voter: 'u_second', verdict: 'approve', scopes: VOTER, publisher_id: null, made_by_opener: false },
    ])
  })

  it('leaves the decision that was held as the one that it is about', async () => {
    const { id, subject_digest } = await opened()
    const { decision_id } = await approvals.show(second, id)
    expect((await approvals.vote(second, id, approve(subject_digest))).decision_id).toBe(decision_id)
  })

  it('settles by a denial', async () => {
    const { id, subject_digest } = await opened()
    const vote = { verdict: 'deny' as const, comment: 'no', subject_digest }
    expect((await approvals.vote(second, id, vote)).state).toBe('denied')
  })

  it('refuses whoever opened it', async () => {
    const { id, subject_digest } = await opened()
    expect(await refusal(approvals.vote(opener, id, approve(subject_digest)))).toContain('admin.self_vote')
    expect((await approvals.show(opener, id)).waits_for_me).toBe(false)
  })

  it('refuses a vote on anything but what was shown', async () => {
    const { id } = await opened()
    const other = subjectDigest({ order: 'another' })
    expect(await refusal(approvals.vote(second, id, approve(other)))).toEqual(['admin.vote_digest_mismatch'])
  })

  it('refuses without the scope that the matter asks for', async () => {
    const { id, subject_digest } = await opened()
    const member = person(ACME, 'u_member', { scopes: ['approvals:read', 'approvals:vote'] })
    expect(await refusal(approvals.vote(member, id, approve(subject_digest)))).toEqual(['admin.vote_scope_missing'])
    expect((await approvals.show(member, id)).waits_for_me).toBe(false)
  })

  it("refuses people of the subject's publisher", async () => {
    const publisher = randomUUID()
    const { id, subject_digest } = await opened(subject(), { subjectPublisherId: publisher })
    const colleague = person(ACME, 'u_colleague', { publisher_id: publisher })
    expect(await refusal(approvals.vote(colleague, id, approve(subject_digest)))).toEqual(['admin.vote_own_publisher'])
  })

  it('refuses once it is settled', async () => {
    const { id, subject_digest } = await opened()
    await approvals.vote(second, id, approve(subject_digest))
    const third = person(ACME, 'u_third')
    expect(await refusal(approvals.vote(third, id, approve(subject_digest)))).toEqual(['admin.vote_closed'])
  })

  it('lets one of two that vote at the same moment try again', async () => {
    const { id, subject_digest } = await opened()
    const third = person(ACME, 'u_third')
    const votes = [second, third].map((voter) => refusal(approvals.vote(voter, id, approve(subject_digest))))
    expect((await Promise.all(votes)).filter(([first]) => first === 'nothing was refused')).toHaveLength(1)
    expect((await approvals.show(second, id)).votes).toHaveLength(1)
  })
})

describe('time', () => {
  const runOut = async (id: string): Promise<void> => {
    const owner = await postgres.owner()
    await owner.query('ALTER TABLE approval DISABLE TRIGGER governed')
    await owner.query(`UPDATE approval SET expires_at = now() - interval '1 second' WHERE id = $1`, [id])
    await owner.query('ALTER TABLE approval ENABLE TRIGGER governed')
  }

  it('closes what nobody voted on, and tells the owner', async () => {
    const { id, subject_digest } = await opened()
    await runOut(id)
    expect(await refusal(approvals.vote(second, id, approve(subject_digest)))).toEqual(['admin.vote_closed'])
    await approvals.expire(id)
    expect(outbox.payloads('approval.settled')).toMatchObject([{ approval_id: id, state: 'expired' }])
  })

  it('tells nothing of one that is open or settled', async () => {
    const { id, subject_digest } = await opened()
    await approvals.expire(id)
    await approvals.vote(second, id, approve(subject_digest))
    await approvals.expire(id)
    expect(outbox.payloads('approval.settled')).toHaveLength(1)
  })
})

describe('lists', () => {
  it('give what waits for me, page by page', async () => {
    const voter = person(GLOBEX, 'u_staff', {
      tenant_id: PLATFORM_TENANT_ID,
      platform: true,
      scopes: [...VOTER, 'platform:operate'],
    })
    const before = await approvals.list(voter, { limit: 200, waiting: 'true' })
    const ids = [(await opened()).id, (await opened()).id]
    const first = await approvals.list(voter, { limit: 1, waiting: 'true' })
    const second = await approvals.list(voter, { limit: 1, waiting: 'true', cursor: first.next_cursor! })
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids.toReversed())
    expect((await approvals.list(voter, { limit: 200, waiting: 'true' })).items).toHaveLength(before.items.length + 2)
    expect((await approvals.list(opener, { limit: 200, waiting: 'true', state: 'open' })).items).toEqual([])
  })

  it('part everything into what waits for somebody and what does not, as each approval says of itself', async () => {
    const publisher = randomUUID()
    const { id, subject_digest } = await opened(subject(), { subjectPublisherId: publisher })
    await approvals.vote(second, (await opened()).id, approve(subject_digest)).catch(() => {})
    const viewers = [
      opener,
      second,
      person(ACME, 'u_colleague', { publisher_id: publisher }),
      person(ACME, 'u_outsider', { publisher_id: randomUUID() }),
      person(ACME, 'u_member', { scopes: ['approvals:read', 'approvals:vote'] }),
      person(ACME, 'u_reader', { scopes: ['approvals:read', 'kill:release'] }),
    ]
    for (const viewer of viewers) {
      const list = async (waiting?: 'true' | 'false') =>
        (await approvals.list(viewer, { limit: 200, waiting })).items.map((item) => [item.id, item.waits_for_me])
      expect(await list('true')).toEqual((await list()).filter(([, waits]) => waits))
      expect(await list('false')).toEqual((await list()).filter(([, waits]) => !waits))
    }
    const seen = await Promise.all(viewers.map(async (viewer) => (await approvals.show(viewer, id)).waits_for_me))
    expect(seen).toEqual([false, true, false, true, false, false])
  })

  it('refuse a cursor that is not theirs', async () => {
    expect(await refusal(approvals.list(second, { limit: 1, cursor: 'x' }))).toEqual(['request.invalid'])
  })
})
