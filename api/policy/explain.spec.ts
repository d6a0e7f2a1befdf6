import { Logger } from '@nestjs/common'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { DecisionTraced, PolicyTried, type PolicyTry } from '#contract/api/explain.js'
import { adminFacts } from '../gate/admin-facts.rules.js'
import { denying, ModuleShelf } from '../gate/testing/tenant-modules.js'
import { TenantModules } from '../gate/tenant-modules.js'
import { shippedGate } from '../gate/testing/shipped-gate.js'
import { ReadGateService } from '../gate/read-gate.service.js'
import { refusal } from '../gate/testing/refusal.js'
import { seededPeople, type SeededPeople } from '../identity/testing/seeded-people.js'
import { monotonicClock } from '../killswitch/clock.js'
import type { Caller } from '../platform/http/caller.js'
import type { Drafts } from './drafts.service.js'
import { PastDecisions } from './past-decisions.service.js'
import { policyInstance } from './testing/policy-instance.js'
import { Traces } from './traces.service.js'
import { Tries } from './tries.service.js'
import { Turns } from './turns.js'

Logger.overrideLogger(false)

let seeded: SeededPeople
let drafts: Drafts
let traces: Traces
let tries: Tries
let shipped: string
let shelf: ModuleShelf
let tenants: TenantModules

beforeAll(async () => {
  seeded = await seededPeople()
  const { database } = seeded.postgres
  const { gate } = seeded.shipped
  const node = await policyInstance(seeded, 'node')
  const { blobs, files, policies, tool, checks } = node
  drafts = node.drafts
  shipped = policies.revision!
  const reads = new ReadGateService(gate)
  const past = new PastDecisions(database, reads)
  const turns = new Turns(4)
  traces = new Traces({ database, blobs, past, tool, turns })
  shelf = new ModuleShelf()
  tenants = new TenantModules(shelf, { clock: monotonicClock })
  await tenants.follow([], true)
  tries = new Tries({ past, reads, drafts, checks, files, policies, tenants, tool, turns })
}, 60_000)
afterAll(() => seeded.drop())

const lead = () => seeded.as('reviewer')
/** A decision on record: somebody wants to make an organisation. */
const decided = async (caller: Caller): Promise<string> => {
  const resource = { kind: 'tenant', id: 'new', tenant_id: caller.tenantId, publisher_id: null }
  const about = { correlationId: 'test', ...(caller.tenantId && { tenantId: caller.tenantId }) }
  return (await seeded.shipped.gate.decide('tenant.create', adminFacts(caller, resource), about)).decisionId
}
const ask = async (request: PolicyTry): Promise<PolicyTried> =>
  PolicyTried.parse(await tries.try(await lead(), request))
const draftWith = async (path: string, change: (text: string) => string): Promise<string> => {
  const draft = await drafts.create(await lead(), { name: 'to be tried' })
  const { text, version } = await drafts.read(await lead(), draft.id, path)
  await drafts.write(await lead(), { id: draft.id, path }, { text: change(text), version })
  return draft.id
}
const ADMIN = 'governance/admin/admin.rego'

describe('a trace', () => {
  it('shows rules and facts under the revision that decided, and agrees with the record', async () => {
    const caller = await seeded.as('acme_admin')
    const id = await decided(caller)
    const traced = DecisionTraced.parse(await traces.trace(caller, id))
    expect(traced).toMatchObject({ agrees: true, input_intact: true, revision: shipped, compiles_to: shipped })
    expect(traced.actual_digest).toBe(traced.expected_digest)
    expect(traced.rules.find((rule) => rule.id === 'admin.scope_missing')).toMatchObject({ held: true, file: ADMIN })
    expect(traced.facts.find(({ path }) => path === '/required_scope')).toMatchObject({ value: 'tenants:write' })
  }, 60_000)

  it('disagrees where another answer is on record, and says what each would be', async () => {
    const id = await decided(await lead())
    const forged = Buffer.from('{"outcome":"allow"}')
    const past = {
      find: async () => ({
        summary: { id, gate: 'admin', action: 'tenant.create' },
        evidence: {
          ...{ gate: 'admin', revision: shipped, answer: forged, input: Buffer.from('{"action":"tenant.create"}') },
          input_digest: `sha256:${'0'.repeat(64)}`,
          tenant_module: null,
        },
      }),
    }
    const forging = new Traces({ ...traces['parts'], past: past as never })
    const traced = DecisionTraced.parse(await forging.trace(await lead(), id))
    expect(traced).toMatchObject({ agrees: false, input_intact: false })
    expect(traced.actual_digest).not.toBe(traced.expected_digest)
  }, 60_000)

  it('is not for another organisation, nor without the right to see facts', async () => {
    const id = await decided(await lead())
    expect(await refusal(traces.trace(await seeded.as('globex_admin'), id))).toEqual(['not_found'])
    const caller = await lead()
    const blind = {
      ...caller,
      actor: { ...caller.actor, scopes: caller.actor.scopes.filter((one) => one !== 'decision:explain') },
    }
    expect(await refusal(traces.trace(blind, id))).toContain('admin.scope_missing')
    expect(await refusal(tries.try(blind, { decision: id }))).toContain('admin.scope_missing')
  })
})

describe("a decision in which an organisation's own policy had a say", () => {
  it('is traced by the platform’s part, and tried with its module on top', async () => {
    const acme = await seeded.as('acme_owner')
    const module = await shelf.put(denying('key.create'))
    await tenants.follow([{ tenant: acme.tenantId!, module }], false)
    const { gate } = await shippedGate(seeded.postgres.database, monotonicClock, tenants)
    const resource = { kind: 'api_key', id: 'new', tenant_id: acme.tenantId, publisher_id: null }
    const facts = adminFacts(acme, resource, { role_grant: { roles: [], scopes_beyond_actor: [] } })
    const outcome = await gate.decide('key.create', facts, { correlationId: 'test', tenantId: acme.tenantId! })
    expect(outcome).toMatchObject({ kind: 'deny', reasons: [{ id: 'tenant.frozen' }] })

    const traced = DecisionTraced.parse(await traces.trace(acme, outcome.decisionId))
    expect(traced).toMatchObject({ agrees: true, tenant: { module, restrictions: [{ reason: 'tenant.frozen' }] } })

    const decision = outcome.decisionId
    const same = PolicyTried.parse(await tries.try(acme, { decision }))
    expect(same).toMatchObject({
      ...{ outcome: 'deny', tenant_module: module, reasons: [{ id: 'tenant.frozen', message: 'It is frozen' }] },
      changed: { outcome: false, reasons: { appeared: [], vanished: [] } },
    })
    const patch: PolicyTry['patch'] = [{ op: 'replace', path: '/actor/scopes', value: [] }]
    const refused = PolicyTried.parse(await tries.try(acme, { decision, patch }))
    expect(refused.reasons.map(({ id }) => id)).not.toContain('tenant.frozen')
    shelf.remove(module)
    await tenants.follow([{ tenant: acme.tenantId!, module: null }], false)
  }, 120_000)
})

describe('a try', () => {
  it('of a past decision, edited, says what changes and what would follow from the remedies', async () => {
    const id = await decided(await seeded.as('acme_admin'))
    const same = await ask({ decision: id })
    expect(same).toMatchObject({
      ...{ outcome: 'deny', revision: shipped, draft_id: null, recorded: { decision_id: id, outcome: 'deny' } },
      changed: { outcome: false, reasons: { appeared: [], vanished: [] }, rules: { appeared: [], vanished: [] } },
    })
    expect(same.reasons[0]!.remedy.length).toBeGreaterThan(10)
    const patch: PolicyTry['patch'] = [{ op: 'add', path: '/actor/scopes/-', value: 'tenants:write' }]
    const edited = await ask({ decision: id, patch })
    expect(edited.changed!.reasons.vanished).toContain('admin.scope_missing')
    expect(edited.input_digest).not.toBe(same.input_digest)
  }, 60_000)

  it('names the field that the gate does not take, and the place that a patch does not find', async () => {
    const id = await decided(await lead())
    const wrong = tries.try(await lead(), {
      decision: id,
      patch: [{ op: 'replace', path: '/actor/kind', value: 'cat' }],
    })
    await expect(wrong).rejects.toMatchObject({ details: { errors: [{ pointer: '/input/actor/kind' }] } })
    const lost = tries.try(await lead(), { decision: id, patch: [{ op: 'remove', path: '/nowhere' }] })
    await expect(lost).rejects.toMatchObject({ details: { errors: [{ pointer: '/patch' }] } })
  })

  it('of a draft answers by the draft as it stands, sound or not', async () => {
    const id = await decided(await lead())
    const draft = await draftWith(
      ADMIN,
      (text) =>
        `${text}\n# METADATA\n# title: Odd\n# description: Is odd.\n# custom:\n#   id: admin.odd\n#   remedy: Be even.\ndeny contains "admin.odd" if input.action == "tenant.create"\n`,
    )
    const tried = await ask({ decision: id, draft })
    expect(tried).toMatchObject({ draft_id: draft, outcome: 'deny', changed: { reasons: { appeared: ['admin.odd'] } } })
    expect(tried.reasons).toContainEqual({ id: 'admin.odd', message: 'Is odd.', remedy: 'Be even.' })
    expect(tried.revision).not.toBe(shipped)
    const broken = await draftWith(ADMIN, (text) => `${text}\nodd if nonsense(\n`)
    expect(await refusal(tries.try(await lead(), { decision: id, draft: broken }))).toEqual(['policy.unreadable'])
    expect(await refusal(tries.try(await seeded.as('acme_admin'), { gate: 'admin', input: {}, draft }))).toContain(
      'request.invalid',
    )
  }, 60_000)

  it('of a draft that runs away is ended, while this thread goes on', async () => {
    const id = await decided(await lead())
    const draft = await draftWith(
      ADMIN,
      (text) =>
        `${text}\ndeny contains "admin.odd" if count([1 | some a in numbers.range(1, 30000); some b in numbers.range(1, 30000); a == b + 50000]) == 0\n`,
    )
    let turns = 0
    const beat = setInterval(() => (turns += 1), 5)
    const tried = await ask({ decision: id, draft })
    clearInterval(beat)
    expect(tried).toMatchObject({ outcome: 'unavailable', changed: { outcome: true } })
    expect(tried.reasons[0]!.id).toBe(`unavailable.${tried.cause}`)
    expect(turns).toBeGreaterThan(5)
  }, 60_000)

  it('of drafts and of revisions not in force is the platform’s matter', async () => {
    const owner = await seeded.as('acme_admin')
    const id = await decided(owner)
    expect((await tries.try(owner, { decision: id })).revision).toBe(shipped)
    expect((await tries.try(owner, { decision: id, revision: shipped })).revision).toBe(shipped)
    const other = `sha256:${'0'.repeat(64)}`
    expect(await refusal(tries.try(owner, { decision: id, revision: other }))).toEqual(['not_found'])
    expect(await refusal(tries.try(await lead(), { decision: id, revision: other }))).toEqual(['not_found'])
    const draft = await drafts.create(await lead(), { name: 'not theirs' })
    expect(await refusal(tries.try(owner, { decision: id, draft: draft.id }))).toEqual(['not_found'])
  }, 60_000)
})
