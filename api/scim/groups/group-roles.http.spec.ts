import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { scimWorld, type Connection, type ScimWorld } from '../testing/scim-world.js'

let world: ScimWorld
let acme: Connection
beforeAll(async () => {
  world = await scimWorld()
  acme = await world.connect('acme_owner')
}, 120_000)
afterAll(() => world?.stop())

let revision = 0
const rules = async (...entries: object[]) => {
  const body = { document: { title: 'Ours', entries }, why: 'as agreed', revision: revision++ }
  expect(await world.service.ask('acme_owner', 'PUT', '/v1/group-rules/default', body)).toMatchObject({ status: 200 })
}
// No role that makes a group privileged: its members leave without the brake.
const auditors = { display_name: 'gatehouse-admins', roles: ['auditor'], why: 'auditors by group' }

/** Whether a key may look at connections, which an auditor may and a member may not. */
const looks = async (key: string, url = world.service.url): Promise<number> =>
  (await fetch(`${url}/v1/scim/connections`, { headers: { authorization: `Bearer ${key}` } })).status
const until = async (wanted: number, ask: () => Promise<number>): Promise<number> => {
  const begun = Date.now()
  while ((await ask()) !== wanted && Date.now() - begun < 10_000);
  return ask()
}

describe('roles by groups', () => {
  it('come and go with the membership that the provider says, on every instance', async () => {
    await rules(auditors)
    const { id } = await acme.user('by-group@scim.example')
    const group = await acme.group('Gatehouse-Admins', [id])
    const { body: key } = await world.service.ask('acme_owner', 'POST', '/v1/keys', { principal_id: id, name: 'own' })
    const secret = String(key['secret'])
    const other = await world.service.beside()
    try {
      expect([await looks(secret), await looks(secret, other.url)]).toEqual([200, 200])
      await acme.patch(`/Groups/${group.id}`, { op: 'remove', path: `members[value eq "${id}"]` })
      expect(await looks(secret)).toBe(403)
      expect(await until(403, () => looks(secret, other.url))).toBe(403)
      await acme.patch(`/Groups/${group.id}`, { op: 'add', path: 'members', value: [{ value: id }] })
      expect(await looks(secret)).toBe(200)
      expect(await until(200, () => looks(secret, other.url))).toBe(200)
      await acme.patch(`/Groups/${group.id}`, { op: 'replace', path: 'displayName', value: 'something else' })
      expect(await looks(secret)).toBe(403)
      expect(await until(403, () => looks(secret, other.url))).toBe(403)
    } finally {
      await other.stop()
    }
  }, 60_000)

  it('are told of with group and rule, and not given by a preview', async () => {
    await rules(auditors)
    const preview = await world.connect('acme_owner', {}, { preview: true })
    const { id } = await acme.user('told@scim.example')
    const group = await acme.group('gatehouse-admins')
    const told = async () => (await world.service.ask('acme_admin', 'GET', `/v1/people/${id}/roles`)).body
    await preview.patch(`/Groups/${group.id}`, { op: 'add', path: 'members', value: [{ value: id }] })
    expect(await told()).toMatchObject({ own: { roles: [] }, by_groups: [] })
    await acme.patch(`/Groups/${group.id}`, { op: 'add', path: 'members', value: [{ value: id }] })
    const { body } = await world.service.ask('acme_admin', 'GET', '/v1/roles-by-groups')
    expect(body['items']).toMatchObject([{ id, by_groups: [{ group: { display_name: 'gatehouse-admins' } }] }])
    expect((await world.service.ask('globex_admin', 'GET', '/v1/roles-by-groups')).body['items']).toEqual([])
    expect(await told()).toMatchObject({
      by_groups: [{ group: { id: group.id }, rules: 'default', revision, rule: { roles: ['auditor'] } }],
    })
  })
})

describe('a group that a rule gives an administrator’s role', () => {
  it('is left only once people have looked, whatever roles its members hold themselves', async () => {
    await rules({ ...auditors, display_name: 'gatehouse-leads', roles: ['admin'] })
    const { id } = await acme.user('led@scim.example')
    const group = await acme.group('gatehouse-leads', [id])
    const leaves = { op: 'remove', path: `members[value eq "${id}"]` }
    expect(await acme.patch(`/Groups/${group.id}`, leaves)).toMatchObject({ status: 429 })
    await rules()
  })
})

describe('a token of a connection', () => {
  it('is made by nobody who has less than the rules give', async () => {
    const { body: connection } = await world.service.ask('acme_admin', 'POST', '/v1/scim/connections', { name: 'Ours' })
    const token = (as: string, more: object = {}) =>
      world.service.ask(as, 'POST', `/v1/scim/connections/${String(connection['id'])}/tokens`, { name: 't', ...more })
    const turned = async (as: string, enabled: boolean) => {
      const path = `/v1/scim/connections/${String(connection['id'])}`
      const { body: now } = await world.service.ask(as, 'GET', path)
      return world.service.ask(as, 'PATCH', path, { version: now['version'], enabled })
    }
    const first = await token('acme_admin')
    expect(first.status).toBe(201)
    await world.service.ask('acme_admin', 'DELETE', `/v1/scim/tokens/${String(first.body['id'])}`)
    await rules({ ...auditors, roles: ['owner'], from: '2090-01-01T00:00:00Z' })
    expect(await token('acme_admin')).toMatchObject({
      status: 403,
      body: { reasons: [{ id: 'admin.role_beyond_own' }] },
    })
    expect((await token('acme_admin', { preview: true })).status).toBe(201)
    expect((await turned('acme_admin', false)).status).toBe(200)
    expect((await turned('acme_admin', true)).status).toBe(403)
    expect((await turned('acme_owner', true)).status).toBe(200)
    expect((await token('acme_owner')).status).toBe(201)
    await rules()
  })
})

describe('a token that was made before a rule', () => {
  const tokens = (id: string) => `/v1/scim/connections/${id}/tokens`
  const members = { display_name: 'gatehouse-people', roles: ['member'], why: 'members by group' }
  const owners = { display_name: 'gatehouse-owners', roles: ['owner'], why: 'owners by group' }
  const put = async (...entries: object[]) => {
    const body = { document: { title: 'Ours', entries }, why: 'as agreed', revision }
    const answer = await world.service.ask('acme_owner', 'PUT', '/v1/group-rules/default', body)
    if (answer.status === 200) revision += 1
    return [answer.status, (answer.body['reasons'] as { id: string }[] | undefined)?.map(({ id }) => id)]
  }
  const refused = [403, ['admin.scim_token_beyond']]

  it('keeps the rule from giving what its maker lacks, be the connection on or off, until it is revoked', async () => {
    await rules()
    const connection = await world.connect('acme_admin')
    // A preview changes nothing, so it may be anybody's.
    await world.service.ask('acme_admin', 'POST', tokens(connection.id), { name: 'preview', preview: true })
    expect(await put(members)).toEqual([200, undefined])
    expect(await put(members, owners)).toEqual(refused)
    const { body } = await world.service.ask('acme_owner', 'POST', '/v1/group-rules/default/preview', {
      document: { title: 'Ours', entries: [members, owners] },
    })
    expect(body['tokens_beyond']).toHaveLength(1)
    const path = `/v1/scim/connections/${connection.id}`
    const { version } = (await world.service.ask('acme_owner', 'GET', path)).body
    await world.service.ask('acme_owner', 'PATCH', path, { version, enabled: false })
    expect(await put(members, owners)).toEqual(refused)
    const { body: listed } = await world.service.ask('acme_owner', 'GET', tokens(connection.id))
    for (const { id, preview } of listed['items'] as { id: string; preview: boolean }[])
      if (!preview) await world.service.ask('acme_owner', 'DELETE', `/v1/scim/tokens/${id}`)
    expect(await put(members, owners)).toEqual([200, undefined])
    // What was given already is given no further by writing it again, nor by taking something away.
    expect(await put(owners)).toEqual([200, undefined])
  })

  it('keeps a role that a rule gives from coming to give what its maker lacks', async () => {
    const role = async (read: number, ...scopes: string[]) => {
      const body = { document: { title: 'Keeper', scopes, until: null }, why: 'as agreed', revision: read }
      const { status, body: told } = await world.service.ask('acme_owner', 'PUT', '/v1/roles/keeper', body)
      return [status, (told['reasons'] as { id: string }[] | undefined)?.map(({ id }) => id)]
    }
    expect(await put()).toEqual([200, undefined])
    expect(await role(0, 'people:read')).toEqual([200, undefined])
    await world.connect('acme_admin')
    expect(await put({ display_name: 'keepers', roles: [], custom_roles: ['keeper'], why: 'keepers' })).toEqual([
      200,
      undefined,
    ])
    expect(await role(1, 'people:read', 'sign_in:write')).toEqual(refused)
    expect(await role(1, 'people:read', 'people:write')).toEqual([200, undefined])
  })
})
