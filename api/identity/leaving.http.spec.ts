import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Asked } from '../testing/asking.js'
import { until } from '../testing/published-extension.js'
import { testService, type TestService } from '../testing/test-service.js'

let service: TestService
let beside: Awaited<ReturnType<TestService['beside']>>
let count = 0

interface Somebody {
  readonly id: string
  readonly key: string
}
const ask = async (key: string, method: string, path: string, body?: object, url = service.url): Promise<Asked> => {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> } as Asked
}
const keyOf = async (id: string, more: object = {}): Promise<string> => {
  const body = { principal_id: id, name: `k${++count}`, ...more }
  return String((await service.ask('acme_owner', 'POST', '/v1/keys', body)).body['secret'])
}
const somebody = async (roles: string[], more: object = {}): Promise<Somebody> => {
  const body = { name: 'Leaves', email: `leaves${++count}@acme.example`, roles, ...more }
  const made = await service.ask('acme_owner', 'POST', '/v1/people', body)
  expect(made.status).toBe(201)
  const id = String(made.body['id'])
  return { id, key: await keyOf(id) }
}
const leave = (key: string, slug = 'acme') => ask(key, 'POST', '/v1/whoami/leave', { slug })
const reasons = ({ status, body }: Asked): unknown[] => [
  status,
  ...((body['reasons'] as { id: string }[] | undefined)?.map(({ id }) => id) ?? [body['code']]),
]

beforeAll(async () => {
  service = await testService()
  beside = await service.beside()
}, 120_000)
afterAll(async () => {
  await beside?.stop()
  await service?.stop()
})

describe('whoever leaves their organisation', () => {
  it('has neither roles nor keys any more, on any instance, and is let in again by an administrator', async () => {
    const { id, key } = await somebody(['member', 'auditor'])
    const second = await keyOf(id)
    const [workspace] = (await service.ask('acme_owner', 'GET', '/v1/workspaces')).body['items'] as { id: string }[]
    const member = `/v1/workspaces/${workspace!.id}/members/${id}`
    expect((await service.ask('acme_owner', 'PUT', member, { roles: ['viewer'] })).status).toBe(200)
    expect((await ask(second, 'GET', '/v1/whoami', undefined, beside.url)).status).toBe(200)
    const left = await leave(key)
    expect(left).toMatchObject({ status: 200, body: { id, ended: { keys: 2, sessions: 0, accounts: [] } } })
    expect((await ask(key, 'GET', '/v1/whoami')).status).toBe(401)
    const gone = await until(
      async () => (await ask(second, 'GET', '/v1/whoami', undefined, beside.url)).status,
      (status) => status === 401,
    )
    expect(gone).toBe(401)
    const { body } = await service.ask('acme_owner', 'GET', '/v1/people?limit=200')
    const row = (body['items'] as { id: string; version: number }[]).find((each) => each.id === id)!
    expect(row).toMatchObject({ roles: [], custom_roles: [], disabled_at: left.body['disabled_at'] })
    const again = { version: row.version, disabled: false, roles: ['member'] }
    expect((await service.ask('acme_owner', 'PATCH', `/v1/people/${id}`, again)).status).toBe(200)
    expect((await service.ask('acme_owner', 'GET', `/v1/people/${id}/roles`)).body).toMatchObject({
      ...{ own: { roles: ['member'] }, in_workspaces: [] },
    })
  })

  it('types its slug, and stays otherwise', async () => {
    const { key } = await somebody(['member'])
    expect(await leave(key, 'globex')).toMatchObject({
      ...{ status: 400, body: { errors: [{ pointer: '/slug', detail: 'is not the slug of Acme' }] } },
    })
    expect((await ask(key, 'POST', '/v1/whoami/leave', {})).status).toBe(400)
    expect((await ask(key, 'GET', '/v1/whoami')).status).toBe(200)
  })

  it('needs a key that carries all that they may do', async () => {
    const { id } = await somebody(['admin'])
    const narrow = await keyOf(id, { scopes: ['people:read'] })
    expect(reasons(await leave(narrow))).toEqual([403, 'admin.role_beyond_own'])
    expect((await ask(narrow, 'GET', '/v1/whoami')).status).toBe(200)
  })

  it('needs one that carries what they may do in workspaces, where that is all', async () => {
    const { id } = await somebody([])
    const [workspace] = (await service.ask('acme_owner', 'GET', '/v1/workspaces')).body['items'] as { id: string }[]
    const member = `/v1/workspaces/${workspace!.id}/members/${id}`
    expect((await service.ask('acme_owner', 'PUT', member, { roles: ['installer'] })).status).toBe(200)
    const narrow = await keyOf(id, { scopes: ['executions:read'] })
    expect(reasons(await leave(narrow))).toEqual([403, 'admin.role_beyond_own'])
    expect(await leave(await keyOf(id))).toMatchObject({ status: 200, body: { id } })
  })

  it('is a person, and not the last owner', async () => {
    const program = await somebody(['member'], { kind: 'service_account', email: undefined })
    expect(reasons(await leave(program.key))).toEqual([403, 'admin.leaves_oneself'])
    const { key } = await somebody(['owner'])
    expect((await leave(key)).status).toBe(200)
    expect(reasons(await leave(service.keys['acme_owner']!))).toEqual([403, 'admin.last_owner'])
    expect((await service.ask('acme_owner', 'GET', '/v1/whoami')).status).toBe(200)
  })
})
