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
    expect((await token('acme_admin')).status).toBe(201)
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
