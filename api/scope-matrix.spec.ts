import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { actionEntry } from '#contract/actions.js'
import type { EndpointEntry } from '#contract/endpoint.js'
import { ENDPOINTS } from '#contract/endpoints.js'
import type { Whoami } from '#contract/api/identity.js'
import { GatehouseClient } from '#sdk/client/client.js'
import { testService, type TestService } from './testing/test-service.js'

/** Everything that is read without naming one thing, and the scope that it takes. */
const READS = Object.entries<EndpointEntry>(ENDPOINTS).flatMap(([id, entry]) => {
  const { method, action, params, response, query } = entry
  const scope = action === null ? null : actionEntry(action).scope
  const plain = method === 'GET' && !params && response instanceof z.ZodType
  const askable = !(query instanceof z.ZodType) || query.safeParse({}).success
  return plain && askable && scope !== null ? [{ id, path: entry.path, scope }] : []
})

let service: TestService
let custom: string
const people = new Map<string, Whoami>()

const ask = (key: string, path: string): Promise<Response> =>
  fetch(`${service.url}${path}`, { headers: { authorization: `Bearer ${key}` } })

beforeAll(async () => {
  service = await testService()
  custom = await keyOfCustomRole()
  for (const [name, key] of Object.entries({ ...service.keys, custom }))
    people.set(name, (await (await ask(key, '/v1/whoami')).json()) as Whoami)
}, 60_000)
afterAll(() => service.stop())

/** Somebody whose rights come from a role of the organisation's own alone. */
const keyOfCustomRole = async (): Promise<string> => {
  const owner = new GatehouseClient({ url: service.url, key: service.keys['acme_owner']! })
  const document = { title: 'Looks at installs and lists', scopes: ['installs:read', 'lists:read'] as const }
  const body = { document: { ...document, scopes: [...document.scopes] }, why: 'for the matrix', revision: 0 }
  await owner.get('roles.set', { params: { name: 'looks' }, query: {}, body })
  const looker = { name: 'Looker', roles: [], custom_roles: ['looks'] }
  const { id } = await owner.get('people.create', { body: looker })
  return (await owner.get('keys.create', { body: { principal_id: id, name: 'matrix' } })).secret
}

describe('who may read what', () => {
  it('is asked of people of every kind', () => {
    const roles = [...people.values()].flatMap((person) => [...person.roles, ...person.custom_roles])
    expect(new Set(roles)).toEqual(
      new Set(['operator', 'security_lead', 'owner', 'admin', 'member', 'developer', 'looks']),
    )
    expect(READS.length).toBeGreaterThan(15)
  })

  it.each(READS)('$id takes $scope, of everybody', async ({ path, scope }) => {
    for (const [name, person] of people) {
      const response = await ask(name === 'custom' ? custom : service.keys[name]!, path)
      const body = (await response.json()) as { reasons?: { id: string }[] }
      const missing = body.reasons?.some(({ id }) => id === 'admin.scope_missing') ?? false
      expect([name, missing]).toEqual([name, !person.scopes.includes(scope)])
      if (missing) expect(response.status).toBe(403)
    }
  })
})
