import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { bulkBody, scimWorld, type Connection, type ScimWorld } from '../testing/scim-world.js'

let world: ScimWorld
let acme: Connection
beforeAll(async () => {
  world = await scimWorld()
  acme = await world.connect('acme_owner')
}, 120_000)
afterAll(() => world?.stop())

const whoami = async (key: string, url = world.service.url): Promise<number> =>
  (await fetch(`${url}/v1/whoami`, { headers: { authorization: `Bearer ${key}` } })).status

/** Somebody who is kept by the connection, with the rights of an admin and a key. */
const somebody = async (userName: string) => {
  const made = await acme.user(userName)
  const owner = (method: string, path: string, body?: object) => world.service.ask('acme_owner', method, path, body)
  const { body: people } = await owner('GET', '/v1/people?limit=200')
  const { version } = (people['items'] as { id: string; version: number }[]).find(({ id }) => id === made.id)!
  await owner('PATCH', `/v1/people/${made.id}`, { version, roles: ['admin'] })
  const { body: key } = await owner('POST', '/v1/keys', { principal_id: made.id, name: 'own' })
  return { id: String(made.id), key: String(key['secret']) }
}

describe('whoever is let go', () => {
  it('does nothing more, on any instance, and their keys do not come back with them', async () => {
    const { id, key } = await somebody('leaver@scim.example')
    const other = await world.service.beside()
    try {
      expect([await whoami(key), await whoami(key, other.url)]).toEqual([200, 200])
      await acme.patch(`/Users/${id}`, { op: 'replace', path: 'active', value: false })
      expect(await whoami(key)).toBe(401)
      const begun = Date.now()
      while ((await whoami(key, other.url)) !== 401 && Date.now() - begun < 10_000);
      expect(await whoami(key, other.url)).toBe(401)
      await acme.patch(`/Users/${id}`, { op: 'replace', path: 'active', value: true })
      expect(await whoami(key)).toBe(401)
    } finally {
      await other.stop()
    }
  }, 60_000)

  it('takes service accounts of their making with them, and no connection', async () => {
    const { id, key } = await somebody('maker@scim.example')
    const asThem = async (path: string, body: object) => {
      const response = await fetch(world.service.url + path, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      return (await response.json()) as Record<string, string>
    }
    const account = await asThem('/v1/people', { kind: 'service_account', name: 'Robot', roles: ['member'] })
    const robot = await asThem('/v1/keys', { principal_id: account['id'], name: 'robot' })
    const connection = await asThem('/v1/scim/connections', { name: 'Of a leaver' })
    const token = await asThem(`/v1/scim/connections/${connection['id']}/tokens`, { name: 't' })
    expect(await whoami(robot['secret']!)).toBe(200)
    await acme.ask('DELETE', `/Users/${id}`)
    expect(await whoami(robot['secret']!)).toBe(401)
    const headers = { authorization: `Bearer ${token['secret']}` }
    expect((await fetch(`${world.service.url}/scim/v2/Users`, { headers })).status).toBe(200)
  })

  it('is told of in the log with all that ended', async () => {
    const { id } = await somebody('logged@scim.example')
    await acme.patch(`/Users/${id}`, { op: 'replace', path: 'active', value: false })
    const { body } = await world.service.ask('acme_admin', 'GET', `/v1/scim/log?resource_id=${id}`)
    const [latest] = body['items'] as {
      effects: { kind: string }[]
      outcome: string
      method: string
      decision_id: string
    }[]
    expect(latest).toMatchObject({ method: 'PATCH', outcome: 'done', decision_id: expect.anything() })
    expect(latest!.effects.map(({ kind }) => kind)).toEqual(['user.deactivated', 'keys.revoked', 'roles.lost'])
  })
})

describe('the last owner', () => {
  it('stays, however they are to go, and whoever goes with them in a Bulk request goes', async () => {
    const adopting = await world.connect('globex_owner', { settings: { existing: 'adopt' } })
    const { body: owner } = await world.service.ask('globex_owner', 'GET', '/v1/people?limit=200')
    const { email } = (owner['items'] as { email: string; roles: string[] }[]).find(({ roles }) =>
      roles.includes('owner'),
    )!
    const kept = await adopting.user(email)
    const other = await adopting.user('other@globex.example')
    const away = {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', value: { active: false } }],
    }
    for (const [method, sent] of [
      ['PATCH', { body: away }],
      ['DELETE', {}],
    ] as const)
      expect(await adopting.ask(method, `/Users/${kept.id}`, sent)).toMatchObject({
        status: 403,
        body: { status: '403' },
      })
    const { body } = await adopting.ask('POST', '/Bulk', {
      body: bulkBody([kept, other].map(({ id }) => ({ method: 'PATCH', path: `/Users/${id}`, data: away }))),
    })
    expect(body.Operations.map(({ status }: { status: string }) => status)).toEqual(['403', '200'])
    expect((await adopting.ask('GET', `/Users/${kept.id}`)).body.active).toBe(true)
    expect((await world.service.ask('globex_owner', 'GET', '/v1/whoami')).status).toBe(200)
  })
})

describe('the provisioning log', () => {
  it('keeps what was refused, with its reason, and shows it to its organisation alone', async () => {
    await acme.ask('POST', '/Users', {
      body: { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'a', shoeSize: 1 },
    })
    const { body } = await world.service.ask('acme_admin', 'GET', '/v1/scim/log?outcome=refused&limit=1')
    const [entry] = body['items'] as { id: string }[]
    expect(entry).toMatchObject({ status: 400, scim_type: 'invalidSyntax', would: false, effects: [] })
    expect((await world.service.ask('acme_admin', 'GET', `/v1/scim/log/${entry!.id}`)).status).toBe(200)
    expect((await world.service.ask('globex_admin', 'GET', `/v1/scim/log/${entry!.id}`)).status).toBe(404)
    expect((await world.service.ask('acme_member', 'GET', '/v1/scim/log')).status).toBe(403)
  })

  it('says what would be, of a token for previews, and nothing is', async () => {
    const preview = await world.connect('acme_owner', {}, { preview: true })
    const made = await preview.user('would@scim.example')
    expect((await preview.ask('GET', `/Users/${made.id}`)).status).toBe(404)
    const { body } = await world.service.ask('acme_admin', 'GET', '/v1/scim/log?would=true')
    const [entry] = body['items'] as object[]
    expect(entry).toMatchObject({
      would: true,
      status: 201,
      effects: [{ kind: 'user.created', resource: { id: made.id } }],
    })
  })
})
