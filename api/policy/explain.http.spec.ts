import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { DecisionTraced, PolicyTried } from '#contract/api/explain.js'
import { testService, type TestService } from '../testing/test-service.js'

let service: TestService
beforeAll(async () => {
  service = await testService()
}, 60_000)
afterAll(() => service?.stop())

const ask: TestService['ask'] = (...asked) => service.ask(...asked)
/** Somebody is refused an organisation; the decision about it. */
const refusedDecision = async (as: string): Promise<string> => {
  const refused = await ask(as, 'POST', '/v1/tenants', {
    ...{ slug: 'not-theirs', name: 'Not theirs' },
    owner: { name: 'Nobody', email: 'nobody@example.com' },
  })
  return String(refused.body['decision_id'])
}
const uses = async (path: string): Promise<number> => {
  const { body } = await ask('reviewer', 'GET', '/v1/decisions?action=decision.explain&limit=100')
  return (body['items'] as { resource: { id: string } }[]).filter(({ resource }) => resource.id === path).length
}

it('the running service traces a decision of its own by the sources that ship, and puts on record that facts were shown', async () => {
  const id = await refusedDecision('acme_admin')
  const { status, body } = await ask('reviewer', 'POST', `/v1/decisions/${id}/trace`)
  expect({ status, body }).toMatchObject({ status: 200, body: { agrees: true } })
  const traced = DecisionTraced.parse(body)
  expect(traced.compiles_to).toBe(traced.revision)
  expect(traced.facts.find(({ path }) => path === '/action')).toMatchObject({ value: 'tenant.create' })
  expect(await uses(`/v1/decisions/${id}`)).toBe(1)
}, 60_000)

it('and tries the same with other facts, which changes nothing but that it was asked', async () => {
  const id = await refusedDecision('acme_admin')
  const patch = [{ op: 'add', path: '/actor/scopes/-', value: 'tenants:write' }]
  const before = (await service.rows())['tenant']
  const { status, body } = await ask('reviewer', 'POST', '/v1/policy/try', { decision: id, patch })
  expect(status).toBe(200)
  expect(PolicyTried.parse(body).changed!.reasons.vanished).toContain('admin.scope_missing')
  expect((await service.rows())['tenant']).toEqual(before)
  expect(await uses('/v1/policy/try')).toBeGreaterThan(0)
}, 60_000)

it('names what is wrong with a request by its pointer', async () => {
  const id = await refusedDecision('acme_admin')
  const pointers = async (body: object) => {
    const refused = await ask('reviewer', 'POST', '/v1/policy/try', body)
    expect(refused.status).toBe(400)
    return (refused.body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer)
  }
  expect(await pointers({})).toContain('/gate')
  expect(await pointers({ gate: 'call' })).toEqual(['/input'])
  expect(await pointers({ decision: id, gate: 'call' })).toEqual(['/gate'])
  expect(await pointers({ decision: id, draft: id, revision: `sha256:${'0'.repeat(64)}` })).toEqual(['/revision'])
  expect(await pointers({ decision: id, patch: [{ op: 'move', from: '/a', path: '/b' }] })).toContain('/patch/0/op')
  expect(await pointers({ gate: 'call', input: { action: 'extension.invoke' } })).toContain('/input/actor')
})

it('shows nothing to whoever may not see facts', async () => {
  const id = await refusedDecision('acme_admin')
  for (const [path, body] of [
    [`/v1/decisions/${id}/trace`, undefined],
    ['/v1/policy/try', { decision: id }],
  ] as const) {
    const refused = await ask('acme_member', 'POST', path, body)
    expect(refused).toMatchObject({ status: 403, body: { code: 'policy.denied' } })
  }
})
