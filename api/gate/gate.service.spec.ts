import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Action } from '#contract/actions.js'
import type { Outcome, Permit } from '#contract/decisions/outcome.js'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import { EvaluationError } from '#engine/errors.js'
import type { Database } from '../platform/database/database.service.js'
import { PERMIT_VALID_MS } from './permits.js'
import { allow, deny, hold } from './testing/fake-policy.js'
import { testDatabase, type TestDatabase } from '../testing/test-database.js'
import { about, actorOf, callFacts, factsOf, killFacts, testGate, type TestGate } from './testing/test-gate.js'
import type { GovernedTransaction } from './gate.types.js'

let held: TestDatabase
let database: Database
let made: TestGate

beforeAll(async () => {
  held = await testDatabase()
  database = held.database
}, 60_000)
afterAll(() => held.drop())
beforeEach(async () => {
  made = await testGate(database)
})

interface Row {
  outcome: string
  decided_by: string
  cause: string | null
  rules: string[]
  reasons: string[]
  input: Buffer
  answer: Buffer | null
  leaf_hash: Buffer
}
const rowOf = async (id: string): Promise<Row> => {
  const owner = await held.owner()
  const { rows } = await owner.query<Row>('SELECT * FROM decision JOIN ledger_entry USING (id) WHERE id = $1', [id])
  expect(rows).toHaveLength(1)
  return rows[0]!
}

const allowed = async (action: Action, tenantId: string): Promise<Permit> => {
  const outcome = await made.gate.decide(action as 'tenant.create', factsOf(tenantId), about)
  return made.gate.requireAllow(outcome)
}
const insertTenant = (tx: GovernedTransaction, id = randomUUID()) =>
  tx.query('INSERT INTO tenant (id, slug, name, decision_id) VALUES ($1, $2, $3, $4)', [
    id,
    id,
    'A tenant',
    tx.decisionId,
  ])
const insertPerson = (tx: Pick<GovernedTransaction, 'query'>, tenantId: string, decisionId: string | null) =>
  tx.query(
    `INSERT INTO principal (id, tenant_id, kind, name, pseudonym, decision_id) VALUES ($1::uuid, $2, 'user', 'A person', $1::text, $3)`,
    [randomUUID(), tenantId, decisionId],
  )

describe('decide', () => {
  it.each([
    ['allow', () => allow, []],
    ['deny', () => deny(), ['test.refused']],
    ['hold', () => hold, ['test.refused']],
  ] as const)('records what policy answered before it says %s', async (kind, answer, reasons) => {
    made.policy.answer = answer
    const outcome = await made.gate.decide('tenant.create', factsOf(PLATFORM_TENANT_ID), about)
    expect(outcome).toMatchObject({ kind, decidedBy: 'policy', bundleRevision: made.policy.revision })
    const row = await rowOf(outcome.decisionId)
    expect(row).toMatchObject({ outcome: kind, decided_by: 'policy', cause: null, reasons: [...reasons] })
    expect(JSON.parse(row.answer!.toString())).toEqual(answer())
    const input: unknown = JSON.parse(row.input.toString())
    expect(input).toMatchObject({ action: 'tenant.create', now: made.now, required_scope: 'tenants:write' })
  })

  it.each([
    ['budget_exhausted', () => new EvaluationError('budget', 'out of fuel', 7)],
    ['memory_exhausted', () => new EvaluationError('memory', 'out of memory')],
    ['policy_unavailable', () => new EvaluationError('trap', 'unreachable')],
    ['answer_invalid', () => ({ outcome: 'allow' })],
    ['answer_invalid', () => ({ ...allow, outcome: 'hold' })],
  ] as const)('is unavailable with %s where policy gives no answer', async (cause, answer) => {
    made.policy.answer = answer
    const outcome = await made.gate.decide('tenant.create', factsOf(PLATFORM_TENANT_ID), about)
    expect(outcome).toMatchObject({ kind: 'unavailable', cause })
    expect(await rowOf(outcome.decisionId)).toMatchObject({ outcome: 'unavailable', cause, answer: null })
  })

  it('is unavailable, and on record, where no policy loads', async () => {
    made.policy.isMissing = true
    await made.policies.load()
    const outcome = await made.gate.decide('tenant.create', factsOf(PLATFORM_TENANT_ID), about)
    expect(outcome).toMatchObject({ kind: 'unavailable', cause: 'policy_unavailable', bundleRevision: null })
    expect(made.policies.fault).toBe('the bundle cannot be read')
    await rowOf(outcome.decisionId)
  })

  it('is unavailable where the facts do not have the form that policy reads', async () => {
    const facts = factsOf(PLATFORM_TENANT_ID, 'lone \ud800 surrogate')
    const outcome = await made.gate.decide('tenant.create', facts, about)
    expect(outcome).toMatchObject({ kind: 'unavailable', cause: 'input_invalid' })
    expect((await rowOf(outcome.decisionId)).input.toString()).toBe('null')
  })

  it('refuses a poison row alone while its neighbours in the batch are recorded', async () => {
    const correlations = ['one', 'poison\0', 'three']
    const outcomes = await Promise.all(
      correlations.map((correlationId) =>
        made.gate.decide('tenant.create', factsOf(PLATFORM_TENANT_ID), { correlationId }),
      ),
    )
    expect(outcomes.map(({ kind }) => kind)).toEqual(['allow', 'unavailable', 'allow'])
    expect(outcomes[1]).toMatchObject({ cause: 'ledger_unavailable' })
  })

  it('refuses a row that PostgreSQL alone finds poisonous, and no other of its batch', async () => {
    const facts = factsOf(PLATFORM_TENANT_ID)
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        made.gate.decide('tenant.create', facts, at === 13 ? { ...about, workspaceId: 'not-a-uuid' } : about),
      ),
    )
    const refused = outcomes.flatMap(({ kind }, at) => (kind === 'unavailable' ? [at] : []))
    expect(refused).toEqual([13])
  })

  it('asks the kill switch before policy, and refuses by itself once its lease has lapsed', async () => {
    const install = randomUUID()
    const tenant = randomUUID()
    made.kills.admit({ id: randomUUID(), scope: 'install', target: install, reason: 'it leaks', epoch: null })
    const killed = await made.gate.decide('extension.invoke', callFacts(tenant, install), about)
    expect(killed).toMatchObject({ kind: 'deny', decidedBy: 'kill', reasons: [{ id: 'kill.engaged' }] })
    expect(await rowOf(killed.decisionId)).toMatchObject({ decided_by: 'kill', rules: ['kill.engaged'], answer: null })
    const other = await made.gate.decide('extension.invoke', callFacts(tenant, randomUUID()), about)
    expect(other.kind).toBe('allow')
    await made.clock.advance(60_000)
    const lapsed = await made.gate.decide('extension.invoke', callFacts(tenant, randomUUID()), about)
    expect(lapsed).toMatchObject({ kind: 'unavailable', cause: 'kill_lease_stale' })
    expect((await made.gate.decide('tenant.create', factsOf(PLATFORM_TENANT_ID), about)).kind).toBe('allow')
  })

  it('hides a refusal that would tell a secret', async () => {
    made.policy.answer = () => deny('test.secret')
    const outcome = await made.gate.decide('tenant.create', factsOf(PLATFORM_TENANT_ID), about)
    expect(outcome).toMatchObject({ kind: 'deny', hidden: true })
    expect(() => made.gate.requireAllow(outcome)).toThrow(expect.objectContaining({ code: 'not_found' }))
  })
})

describe('floor', () => {
  const operator = actorOf(PLATFORM_TENANT_ID, { platform: true, scopes: ['kill:engage'] })
  const isDown = (): void => {
    made.policy.answer = () => new EvaluationError('budget', 'out of fuel')
  }
  const engage = (tx: GovernedTransaction) =>
    tx.query(
      `INSERT INTO kill_order (id, tenant_id, scope, target, reason, engaged_by, decision_id)
       VALUES ($1, $2, 'global', '*', 'because', 'p', $3)`,
      [randomUUID(), PLATFORM_TENANT_ID, tx.decisionId],
    )

  it('engages by scope alone where policy is unavailable, and its permit engages only', async () => {
    isDown()
    const outcome = await made.gate.floor(killFacts(operator), about)
    expect(outcome).toMatchObject({ kind: 'allow', decidedBy: 'floor', bundleRevision: null })
    expect(await rowOf(outcome.decisionId)).toMatchObject({ decided_by: 'floor', rules: ['killswitch.floor'] })
    await expect(made.gate.write(made.gate.requireAllow(outcome), engage)).resolves.toBeDefined()
    const second = made.gate.requireAllow(await made.gate.floor(killFacts(operator), about))
    await expect(made.gate.write(second, (tx) => insertTenant(tx))).rejects.toMatchObject({ code: 'GH006' })
  })

  it('lets policy have its way where policy can answer', async () => {
    made.policy.answer = () => deny()
    expect(await made.gate.floor(killFacts(operator), about)).toMatchObject({ kind: 'deny', decidedBy: 'policy' })
  })

  it('refuses without the scope, and beyond the own organisation', async () => {
    isDown()
    const tenant = randomUUID()
    const own = actorOf(tenant, { scopes: ['kill:engage'] })
    const kinds = await Promise.all(
      [
        killFacts(actorOf(PLATFORM_TENANT_ID, { platform: true })),
        killFacts(own),
        killFacts(own, { scope: 'tenant', target: 'x', target_tenant_id: randomUUID() }),
        killFacts(own, { scope: 'tenant', target: tenant, target_tenant_id: tenant }),
      ].map(async (facts) => (await made.gate.floor(facts, about)).kind),
    )
    expect(kinds).toEqual(['deny', 'deny', 'deny', 'allow'])
  })
})

describe('write', () => {
  it('changes governed rows under the decision and tells the work which', async () => {
    const permit = await allowed('tenant.create', PLATFORM_TENANT_ID)
    const id = randomUUID()
    await made.gate.write(permit, async (tx) => {
      expect(tx).toMatchObject({ decisionId: permit.decisionId, tenantId: PLATFORM_TENANT_ID })
      await insertTenant(tx, id)
    })
    const seen = await database.inScope({ tenant: id }, (tx) => tx.query('SELECT decision_id FROM tenant'))
    expect(seen.rows).toEqual([{ decision_id: permit.decisionId }])
  })

  it('rolls back what fails', async () => {
    const permit = await allowed('tenant.create', PLATFORM_TENANT_ID)
    const id = randomUUID()
    const failing = made.gate.write(permit, async (tx) => {
      await insertTenant(tx, id)
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    expect((await database.inScope({ tenant: id }, (tx) => tx.query('SELECT FROM tenant'))).rowCount).toBe(0)
  })

  it('refuses a permit that was not minted here, was used, or has expired', async () => {
    const permit = await allowed('tenant.create', PLATFORM_TENANT_ID)
    await expect(made.gate.write({ ...permit }, (tx) => insertTenant(tx))).rejects.toMatchObject({ fault: 'forged' })
    const elsewhere = await testGate(database)
    await expect(elsewhere.gate.write(permit, (tx) => insertTenant(tx))).rejects.toMatchObject({ fault: 'forged' })
    await made.gate.write(permit, (tx) => insertTenant(tx))
    await expect(made.gate.write(permit, (tx) => insertTenant(tx))).rejects.toMatchObject({ fault: 'spent' })
    const late = await allowed('tenant.create', PLATFORM_TENANT_ID)
    made.now += PERMIT_VALID_MS
    await expect(made.gate.write(late, (tx) => insertTenant(tx))).rejects.toMatchObject({ fault: 'expired' })
  })
})

/** What PostgreSQL refuses by itself, whoever has the governed role: the SQLSTATE of each way round the gate. */
describe('PostgreSQL', () => {
  const tenant = randomUUID()
  const under = (decisionId: string, tenantId = tenant) =>
    database.governedTransaction({ decisionId, scope: { tenant: tenantId }, tenantId }, (tx) =>
      insertPerson(tx, tenantId, decisionId),
    )
  const decided = async (
    action: 'person.create' | 'key.create' = 'person.create',
    tenantId = tenant,
  ): Promise<Outcome> => made.gate.decide(action, factsOf(tenantId), about)

  beforeAll(async () => {
    made = await testGate(database)
    await made.gate.write(await allowed('tenant.create', PLATFORM_TENANT_ID), (tx) => insertTenant(tx, tenant))
  })

  it('lets a row in under the decision that allows it', async () => {
    await expect(under((await decided()).decisionId)).resolves.toMatchObject({ rowCount: 1 })
  })

  it('GH001: no decision id', async () => {
    const { decisionId } = await decided()
    const scope = { decisionId, scope: { tenant }, tenantId: tenant }
    await expect(
      database.governedTransaction(scope, (tx) => insertPerson(tx, tenant, randomUUID())),
    ).rejects.toMatchObject({
      code: 'GH001',
    })
    const none = database.governedTransaction(scope, async (tx) => {
      await tx.query(`SELECT set_config('gatehouse.decision', '', true)`)
      await insertPerson(tx, tenant, decisionId)
    })
    await expect(none).rejects.toMatchObject({ code: 'GH001' })
  })

  it('GH002: an invented decision', async () => {
    await expect(under(randomUUID())).rejects.toMatchObject({ code: 'GH002' })
  })

  it('GH003: the decision is a denial, or a hold', async () => {
    made.policy.answer = () => deny()
    await expect(under((await decided()).decisionId)).rejects.toMatchObject({ code: 'GH003' })
    made.policy.answer = () => hold
    await expect(under((await decided()).decisionId)).rejects.toMatchObject({ code: 'GH003' })
  })

  it('GH004: the decision is spent, also while two spend it at once', async () => {
    const { decisionId } = await decided()
    const both = await Promise.allSettled([under(decisionId), under(decisionId)])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    await expect(under(decisionId)).rejects.toMatchObject({ code: 'GH004' })
  })

  it("GH005: another tenant's decision", async () => {
    const { decisionId } = await decided('person.create', randomUUID())
    await expect(under(decisionId)).rejects.toMatchObject({ code: 'GH005' })
  })

  it("GH006: another action's decision", async () => {
    const { decisionId } = await decided('key.create')
    await expect(under(decisionId)).rejects.toMatchObject({ code: 'GH006' })
  })

  it('GH007: an expired decision', async () => {
    made.now -= PERMIT_VALID_MS + 1_000
    const { decisionId } = await decided()
    await expect(under(decisionId)).rejects.toMatchObject({ code: 'GH007' })
  })

  it('GH008: no allowed invocation of this install', async () => {
    const install = randomUUID()
    const keep = (executionId: string) =>
      database.extensionData(tenant, (tx) =>
        tx.query(
          `INSERT INTO extension_kv (tenant_id, install_id, key, value, checksum, execution_id) VALUES ($1, $2, $3, '', '', $4)`,
          [tenant, install, randomUUID(), executionId],
        ),
      )
    const invoked = await made.gate.decide('extension.invoke', callFacts(tenant, install), about)
    await expect(keep(invoked.decisionId)).resolves.toMatchObject({ rowCount: 1 })
    await expect(keep((await decided()).decisionId)).rejects.toMatchObject({ code: 'GH008' })
    made.policy.answer = () => deny()
    const refused = await made.gate.decide('extension.invoke', callFacts(tenant, install), about)
    await expect(keep(refused.decisionId)).rejects.toMatchObject({ code: 'GH008' })
  })

  it('lets nobody change or delete a decision', async () => {
    const { decisionId } = await decided()
    for (const text of [
      'UPDATE decision SET outcome = $2 WHERE id = $1',
      'DELETE FROM decision WHERE id = $1 AND outcome = $2',
    ]) {
      await expect(database.records.query(text, [decisionId, 'deny'])).rejects.toMatchObject({ code: '42501' })
    }
  })
})
