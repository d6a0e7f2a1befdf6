import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { testService, type TestService } from './testing/test-service.js'

const NOBODYS = '0198c0de-0000-7000-8000-000000000001'

interface Row {
  readonly id: string
  readonly tenant_id: string
  readonly name?: string
  readonly version?: number
}
interface Answered {
  readonly status: number
  readonly body: { readonly code?: string; readonly items?: Row[]; readonly reasons?: { id: string }[] } & Partial<Row>
}

let service: TestService
let before: Record<string, number>
/** One row of each kind that belongs to Acme, as Acme's owner lists them. */
const acme: Record<'people' | 'keys' | 'publishers' | 'workspaces', Row> = {} as never
let owner: Row

const ask = async (as: string, method: string, path: string, body?: object): Promise<Answered> => {
  const response = await fetch(service.url + path, {
    method,
    headers: {
      authorization: `Bearer ${service.keys[as] ?? as}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Answered['body'] }
}
const reasonsOf = ({ status, body }: Answered) => [status, ...(body.reasons ?? []).map(({ id }) => id)]

beforeAll(async () => {
  service = await testService()
  for (const kind of ['people', 'keys', 'publishers', 'workspaces'] as const)
    acme[kind] = (await ask('acme_owner', 'GET', `/v1/${kind}`)).body.items![0]!
  const { id } = (await ask('acme_owner', 'GET', '/v1/whoami')).body
  owner = (await ask('acme_owner', 'GET', '/v1/people?limit=200')).body.items!.find((person) => person.id === id)!
}, 60_000)
afterAll(() => service?.stop())
beforeEach(async () => {
  before = await service.rows()
})
afterEach(async () => {
  expect(await service.rows()).toEqual(before)
})

describe('of another organisation nothing is seen, told or changed', () => {
  // Publishers are the catalogue's: everybody sees who stands behind an extension.
  it.each(['people', 'keys', 'workspaces', 'installs', 'approvals', 'executions', 'tenants', 'kills'])(
    'lists of %s hold the own rows only',
    async (kind) => {
      const { body } = await ask('globex_owner', 'GET', `/v1/${kind}?limit=200`)
      const text = JSON.stringify(body)
      for (const row of Object.values(acme)) expect(text).not.toContain(row.tenant_id)
    },
  )

  it.each(['people', 'keys', 'workspaces'])('a list of %s that names the other one is empty', async (kind) => {
    const { body } = await ask('globex_owner', 'GET', `/v1/${kind}?tenant_id=${acme.people.tenant_id}`)
    expect(body.items).toEqual([])
  })

  it.each<[string, string, () => string, () => object | undefined]>([
    ['a person', 'PATCH', () => `/v1/people/${acme.people.id}`, () => ({ version: 1, roles: ['member'] })],
    ['a key', 'DELETE', () => `/v1/keys/${acme.keys.id}`, () => undefined],
    ['a publisher', 'POST', () => `/v1/publishers/${acme.publishers.id}/verify`, () => undefined],
    [
      'a person to be',
      'POST',
      () => '/v1/people',
      () => ({ name: 'X', roles: ['member'], tenant_id: owner.tenant_id }),
    ],
  ])('%s: %s is answered like something that is not there', async (_what, method, path, body) => {
    const { status, body: answer } = await ask('globex_owner', method, path(), body())
    expect([status, answer.code]).toEqual([404, 'not_found'])
  })

  it('a key for one of its people is refused in the words for nobody', async () => {
    const theirs = await ask('globex_owner', 'POST', '/v1/keys', { name: 'k', principal_id: owner.id })
    const nobodys = await ask('globex_owner', 'POST', '/v1/keys', { name: 'k', principal_id: NOBODYS })
    const { correlation_id: _, ...said } = theirs.body as { correlation_id?: string }
    expect([theirs.status, nobodys.body]).toEqual([400, expect.objectContaining(said)])
  })
})

describe('nobody climbs', () => {
  it.each<[string, string, object]>([
    ['a person with more rights', '/v1/people', { name: 'X', roles: ['owner'] }],
    ['a reviewer', '/v1/people', { name: 'X', roles: ['security_lead'] }],
    ['an operator', '/v1/people', { name: 'X', roles: ['member', 'operator'] }],
  ])('an admin makes no %s', async (_what, path, body) => {
    expect(reasonsOf(await ask('acme_admin', 'POST', path, body))).toEqual([403, 'admin.role_beyond_own'])
  })

  it('an admin gets no key of the owner with the owner’s rights', async () => {
    const answer = await ask('acme_admin', 'POST', '/v1/keys', { name: 'k', principal_id: owner.id })
    expect(reasonsOf(answer)).toEqual([403, 'admin.role_beyond_own'])
  })

  it.each<[string, object]>([
    ['take away roles', { roles: ['member'] }],
    ['lock out', { disabled: true }],
    ['turn the mail', { email: 'admin@elsewhere.example' }],
  ])('an admin cannot %s of who may do more', async (_what, change) => {
    const answer = await ask('acme_admin', 'PATCH', `/v1/people/${owner.id}`, { version: owner.version, ...change })
    expect(reasonsOf(answer)).toEqual([403, 'admin.role_beyond_own'])
  })

  it.each<[string, string, string, object | undefined]>([
    ['acme_member', 'POST', '/v1/people', { name: 'X', roles: ['member'] }],
    ['acme_member', 'POST', '/v1/keys', { name: 'k' }],
    ['acme_member', 'POST', '/v1/kills', { scope: 'tenant', target: 'acme', reason: 'a test' }],
    ['acme_developer', 'POST', '/v1/kills', { scope: 'global', reason: 'a test' }],
    ['acme_service', 'GET', '/v1/people', undefined],
  ])('%s: %s %s asks for a scope that is not there', async (as, method, path, body) => {
    const [status, ...reasons] = reasonsOf(await ask(as, method, path, body))
    expect([status, reasons.some((id) => String(id).endsWith('.scope_missing'))]).toEqual([403, true])
  })

  it('an owner stops neither everything nor another organisation', async () => {
    const all = await ask('acme_owner', 'POST', '/v1/kills', { scope: 'global', reason: 'a test' })
    expect([all.status < 500, all.status >= 400]).toEqual([true, true])
    const other = await ask('acme_owner', 'POST', '/v1/kills', { scope: 'tenant', target: 'globex', reason: 'a test' })
    expect([other.status < 500, other.status >= 400]).toEqual([true, true])
  })
})
