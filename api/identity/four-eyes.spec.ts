import { randomUUID } from 'node:crypto'
import { Logger } from '@nestjs/common'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { PersonCreate } from '#contract/api/identity.js'
import type { Scope } from '#contract/scopes.js'
import { subjectDigest } from '../approvals/approvals.rules.js'
import { Approvals } from '../approvals/approvals.service.js'
import { refusal } from '../gate/testing/refusal.js'
import { killFacts } from '../gate/testing/test-gate.js'
import type { Caller } from '../platform/http/caller.js'
import { RecordingOutbox } from '../platform/outbox/testing/recording-outbox.js'
import { ApiKeys } from './keys.service.js'
import { Organisations } from './organisations.service.js'
import { People } from './people.service.js'
import { seededPeople, type SeededPeople } from './testing/seeded-people.js'

Logger.overrideLogger(false)

const MADE_BY_OPENER = ['admin.vote_made_by_opener']
const ACCEPTED = ['nothing was refused']

let seeded: SeededPeople
let people: People
let keys: ApiKeys
let approvals: Approvals
let owner: Caller
let operator: Caller
let lead: Caller

beforeAll(async () => {
  seeded = await seededPeople()
  const { postgres, shipped, callers, pseudonyms } = seeded
  people = new People(postgres.database, shipped.gate, callers, pseudonyms)
  keys = new ApiKeys(postgres.database, shipped.gate, callers)
  approvals = new Approvals({ database: postgres.database, gate: shipped.gate, outbox: new RecordingOutbox() })
  owner = await seeded.as('acme_owner')
  operator = await seeded.as('operator')
}, 60_000)
afterAll(() => seeded.drop())

/** The caller that a new key makes of a person. */
const keyFor = async (issuer: Caller, principalId: string, scopes?: Scope[]): Promise<Caller> => {
  const body = { name: 'k', principal_id: principalId, ...(scopes && { scopes }) }
  const { secret } = await keys.create(issuer, body)
  return seeded.callers.resolve(`Bearer ${secret}`, 'test')
}

/** An owner of the organisation, made by one and with a key issued by another. */
const newOwner = async (maker: Caller, issuer: Caller): Promise<Caller> => {
  const email = `${randomUUID()}@acme.example`
  const body = PersonCreate.parse({ name: 'New', email, roles: ['owner'], tenant_id: owner.tenantId })
  return keyFor(issuer, (await people.create(maker, body)).id)
}

/** Opens the release of a kill switch, which a second person has to agree to. */
const opened = async (opener: Caller, openedBy = opener.actor.id) => {
  const target = opener.actor.tenant_id!
  const kill = { scope: 'tenant', target, target_tenant_id: target, engaged: true, engaged_by_actor: true } as const
  const outcome = await seeded.shipped.gate.decide('kill.release', killFacts(opener.actor, kill), {
    correlationId: 'test',
    tenantId: target,
  })
  if (outcome.kind !== 'hold') throw new Error(`policy answered ${JSON.stringify(outcome)}`)
  const subject = { order: randomUUID() }
  const request = { title: 'Release it', subject, openedBy }
  return { id: (await approvals.open(outcome, request)).id, subject_digest: subjectDigest(subject) }
}

/** What a vote on something that the opener opened is refused with. */
const voteOf = async (voter: Caller, opener = owner): Promise<string[]> => {
  const { id, subject_digest } = await opened(opener)
  return refusal(approvals.vote(voter, id, { verdict: 'approve', comment: '', subject_digest }))
}

beforeEach(async () => {
  lead = await newOwner(operator, operator)
})

describe('a vote of the opener’s making is refused', () => {
  it('by a person and a key that the opener made', async () => {
    expect(await voteOf(await newOwner(owner, owner))).toEqual(MADE_BY_OPENER)
  })

  it('by a person that the opener made, with a key that somebody else issued', async () => {
    expect(await voteOf(await newOwner(owner, operator))).toEqual(MADE_BY_OPENER)
  })

  it('with a key that such a person issued to itself', async () => {
    const puppet = await newOwner(owner, owner)
    expect(await voteOf(await keyFor(puppet, puppet.principalId!))).toEqual(MADE_BY_OPENER)
  })

  it('with a second key that the opener issued for somebody', async () => {
    expect(await voteOf(await keyFor(owner, lead.principalId!))).toEqual(MADE_BY_OPENER)
  })

  it('with a key that was issued to oneself by means of such a second key', async () => {
    const second = await keyFor(owner, lead.principalId!)
    expect(await voteOf(await keyFor(second, lead.principalId!))).toEqual(MADE_BY_OPENER)
  })

  it('by a person whom somebody made by means of such a second key', async () => {
    const second = await keyFor(owner, lead.principalId!)
    expect(await voteOf(await newOwner(second, second))).toEqual(MADE_BY_OPENER)
  })

  it('through a chain of two and of three', async () => {
    const first = await newOwner(owner, owner)
    const second = await newOwner(first, first)
    expect(await voteOf(second)).toEqual(MADE_BY_OPENER)
    expect(await voteOf(await newOwner(second, second))).toEqual(MADE_BY_OPENER)
  })

  it('by a person whom the opener let choose another password', async () => {
    const changed = async (used: boolean) => {
      const somebody = await newOwner(operator, operator)
      const database = await seeded.postgres.owner()
      await database.query('ALTER TABLE password_token DISABLE TRIGGER governed')
      await database.query(
        `INSERT INTO password_token (id, tenant_id, principal_id, prefix, hash, expires_at, used_at, issued_by, decision_id)
         VALUES ($1, $2, $3, $4, '', now() + interval '1 day', $5, $6, $1)`,
        [
          ...[randomUUID(), owner.tenantId, somebody.principalId, randomUUID(), used ? new Date() : null],
          owner.actor.id,
        ],
      )
      await database.query('ALTER TABLE password_token ENABLE TRIGGER governed')
      return somebody
    }
    expect(await voteOf(await changed(true))).toEqual(MADE_BY_OPENER)
    expect(await voteOf(await changed(false))).toEqual(ACCEPTED)
  })

  it('by the first owner of an organisation: who created it is kept', async () => {
    const { postgres, shipped, pseudonyms, callers } = seeded
    const organisations = new Organisations(postgres.database, shipped.gate, pseudonyms, callers)
    const body = { slug: 'hooli', name: 'Hooli', owner: { name: 'Hal', email: 'hal@hooli.example' } }
    const created = await organisations.create(operator, body)
    const { rows } = await (
      await postgres.owner()
    ).query('SELECT made_by, made_with FROM principal WHERE id = $1', [created.owner.id])
    expect(rows).toEqual([{ made_by: operator.actor.id, made_with: operator.keyId }])
  })
})

describe('what a service account opened, a vote is refused', () => {
  /** A service account that one made and another answers for. */
  const account = async (maker: Caller, answers = maker) => {
    const body = { name: randomUUID(), kind: 'service_account', roles: ['owner'], tenant_id: owner.tenantId }
    const { id } = await people.create(maker, PersonCreate.parse(body))
    await unguarded('principal', 'UPDATE principal SET owner_id = $2 WHERE id = $1', [id, answers.principalId])
    const database = await seeded.postgres.owner()
    const { rows } = await database.query<{ pseudonym: string }>('SELECT pseudonym FROM principal WHERE id = $1', [id])
    return { id, pseudonym: rows[0]!.pseudonym }
  }
  /** Lays down what would be made elsewhere. */
  const unguarded = async (table: string, text: string, values: unknown[]) => {
    const database = await seeded.postgres.owner()
    await database.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`)
    await database.query(text, values)
    await database.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`)
  }
  const voteOn = async (voter: Caller, pseudonym: string) => {
    const { id, subject_digest } = await opened(owner, pseudonym)
    const waits = (await approvals.show(voter, id)).waits_for_me
    const { items } = await approvals.list(voter, { limit: 100, waiting: 'true' })
    const said = await refusal(approvals.vote(voter, id, { verdict: 'approve', comment: '', subject_digest }))
    // Nobody is asked whose vote would be refused, and whoever is not is told.
    const isAccepted = said.join() === ACCEPTED.join()
    expect([waits, items.some((item) => item.id === id)]).toEqual([isAccepted, isAccepted])
    return said
  }

  it('of whoever made it', async () => {
    const { pseudonym } = await account(lead, owner)
    expect(await voteOn(lead, pseudonym)).toEqual(MADE_BY_OPENER)
  })

  it('of whoever answers for it', async () => {
    const { pseudonym } = await account(owner, lead)
    expect(await voteOn(lead, pseudonym)).toEqual(MADE_BY_OPENER)
  })

  it('of whoever issued a key or a secret of it, although that is revoked', async () => {
    const [first, second] = [await account(owner), await account(owner)]
    await keyFor(lead, first.id)
    expect(await voteOn(lead, first.pseudonym)).toEqual(MADE_BY_OPENER)
    const secret = [randomUUID(), owner.tenantId, second.id, lead.actor.id]
    await unguarded(
      'client_credential',
      `INSERT INTO client_credential (id, tenant_id, principal_id, kind, name, prefix, hash, revoked_at, issued_by, decision_id)
       VALUES ($1, $2, $3, 'secret', 's', 'four-eyes', '', now(), $4, $1)`,
      secret,
    )
    expect(await voteOn(lead, second.pseudonym)).toEqual(MADE_BY_OPENER)
  })

  it('of whoever made the service account that made it', async () => {
    const first = await account(lead)
    const second = await account(owner)
    await unguarded('principal', 'UPDATE principal SET made_by = $2 WHERE id = $1', [second.id, first.pseudonym])
    expect(await voteOn(lead, second.pseudonym)).toEqual(MADE_BY_OPENER)
  })

  it('of people and of service accounts whom those made', async () => {
    const { pseudonym } = await account(lead)
    expect(await voteOn(await newOwner(lead, operator), pseudonym)).toEqual(MADE_BY_OPENER)
    const { id } = await account(lead)
    expect(await voteOn(await keyFor(operator, id), pseudonym)).toEqual(MADE_BY_OPENER)
  })

  it('and does not count once it is settled; of anybody else it is accepted', async () => {
    const { id, pseudonym } = await account(owner)
    const matter = await opened(owner, pseudonym)
    const { subject_digest } = matter
    await approvals.vote(lead, matter.id, { verdict: 'approve', comment: '', subject_digest })
    const votes = async () => (await approvals.withVotes(matter.id))?.votes
    expect(await votes()).toMatchObject([{ voter: lead.actor.id, made_by_opener: false }])
    await keyFor(lead, id)
    expect(await votes()).toMatchObject([{ voter: lead.actor.id, made_by_opener: true }])
  })
})

it('is one’s own vote, with whatever key of one’s own', async () => {
  expect(await voteOf(await keyFor(owner, owner.principalId!))).toEqual(['admin.self_vote'])
})

describe('a vote is accepted', () => {
  it('with the key that the platform issued at the start', async () => {
    expect(await voteOf(await seeded.as('reviewer'))).toEqual(ACCEPTED)
  })

  it('with a key that somebody else issued, though the opener issued another one for the same person', async () => {
    await keyFor(owner, lead.principalId!)
    expect(await voteOf(lead)).toEqual(ACCEPTED)
  })

  it('with a key that one issued to oneself', async () => {
    expect(await voteOf(await keyFor(lead, lead.principalId!))).toEqual(ACCEPTED)
  })
})

describe('once settled, votes are weighed again', () => {
  it('by the key that they came with', async () => {
    const { id, subject_digest } = await opened(owner)
    await approvals.vote(lead, id, { verdict: 'approve', comment: '', subject_digest })
    const votes = async () => (await approvals.withVotes(id))?.votes
    expect(await votes()).toMatchObject([{ voter: lead.actor.id, made_by_opener: false }])
    const database = await seeded.postgres.owner()
    await database.query('ALTER TABLE api_key DISABLE TRIGGER governed')
    await database.query('UPDATE api_key SET issued_by = $2 WHERE id = $1', [lead.keyId, owner.actor.id])
    await database.query('ALTER TABLE api_key ENABLE TRIGGER governed')
    expect(await votes()).toMatchObject([{ voter: lead.actor.id, made_by_opener: true }])
  })
})
