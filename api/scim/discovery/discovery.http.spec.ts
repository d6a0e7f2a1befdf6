import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { scimWorld, userBody, type Connection, type ScimWorld } from '../testing/scim-world.js'

let world: ScimWorld
let acme: Connection
beforeAll(async () => {
  world = await scimWorld()
  acme = await world.connect('acme_owner')
}, 120_000)
afterAll(() => world?.stop())

const ERROR = { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], detail: expect.any(String) }
const as = async (token: string | null, path = '/Users', method = 'GET') => {
  const response = await fetch(`${world.service.url}/scim/v2${path}`, {
    method,
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
  })
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    headers: response.headers,
    body: (await response.json()) as object,
  }
}

describe('discovery (RFC 7644, section 4)', () => {
  it('tells what there is', async () => {
    expect((await acme.ask('GET', '/ServiceProviderConfig')).body).toMatchObject({
      patch: { supported: true },
      bulk: { supported: true, maxOperations: 1000 },
      etag: { supported: true },
      pagination: { cursor: true },
    })
    const types = await acme.ask('GET', '/ResourceTypes')
    expect(types.body.Resources.map(({ id }: { id: string }) => id)).toEqual(['User', 'Group'])
    const { body } = await acme.ask('GET', '/Schemas')
    for (const { id } of body.Resources) expect((await acme.ask('GET', `/Schemas/${id}`)).body.id).toBe(id)
    expect(body.totalResults).toBe(3)
    expect((await acme.ask('GET', '/ResourceTypes/User')).body.endpoint).toBe('/Users')
  })

  it.each([
    ['GET', '/Schemas/urn:none', 404],
    ['GET', '/ResourceTypes/Shoe', 404],
    ['GET', '/Schemas?filter=id%20pr', 403],
    ['POST', '/Schemas', 405],
    ['PUT', '/ServiceProviderConfig', 405],
    ['DELETE', '/ResourceTypes', 405],
    ['PATCH', '/Users', 405],
    ['GET', '/Shoes', 404],
    ['GET', '/Bulk', 405],
  ])('%s %s is answered %i as SCIM has it', async (method, path, status) => {
    const answer = await acme.ask(method, path)
    expect(answer).toMatchObject({
      status,
      body: { ...ERROR, status: String(status) },
      type: expect.stringMatching(/^application\/scim\+json/),
    })
    if (status === 405) expect(answer.headers.get('allow')).toMatch(/[A-Z]+/)
  })

  it('answers /Me to a person, and to no connection', async () => {
    expect(await acme.ask('GET', '/Me')).toMatchObject({ status: 404, body: { ...ERROR, status: '404' } })
    const made = await acme.user('me@scim.example')
    const { body: key } = await world.service.ask('acme_owner', 'POST', '/v1/keys', {
      principal_id: made.id,
      name: 'own',
    })
    expect(await as(String(key['secret']), '/Me')).toMatchObject({
      status: 200,
      body: { id: made.id, userName: 'me@scim.example' },
    })
    expect(await as(world.service.keys['acme_owner']!, '/Me')).toMatchObject({ status: 404 })
  })
})

describe('tokens', () => {
  it('are wanted, and no key stands for one', async () => {
    for (const token of [null, 'x', world.service.keys['acme_owner']!, `ghp_aaaaaaaa_${'a'.repeat(43)}`]) {
      const answer = await as(token)
      expect(answer).toMatchObject({ status: 401, body: { ...ERROR, status: '401' } })
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/)
    }
  })

  it('stand for no key', async () => {
    const response = await fetch(`${world.service.url}/v1/whoami`, {
      headers: { authorization: `Bearer ${acme.token}` },
    })
    expect(response.status).toBe(401)
  })

  it('count two at once, until they are revoked or their connection is turned off', async () => {
    const owner = (method: string, path: string, body?: object) => world.service.ask('acme_owner', method, path, body)
    const { id } = await world.connect('acme_owner')
    const path = `/v1/scim/connections/${id}/tokens`
    const second = (await owner('POST', path, { name: 'second' })).body
    expect(await owner('POST', path, { name: 'third' })).toMatchObject({ status: 409 })
    expect((await as(String(second['secret']))).status).toBe(200)
    const { body } = await owner('GET', path)
    const items = body['items'] as { id: string; name: string }[]
    expect(items.map(({ name }) => name)).toEqual(['second', 'first'])
    expect(JSON.stringify(items)).not.toContain(String(second['secret']))
    await owner('DELETE', `/v1/scim/tokens/${items[0]!.id}`)
    expect((await as(String(second['secret']))).status).toBe(401)
    const third = (await owner('POST', path, { name: 'third' })).body
    await owner('PATCH', `/v1/scim/connections/${id}`, { version: 1, enabled: false })
    expect((await as(String(third['secret']))).status).toBe(401)
    expect(await owner('PATCH', `/v1/scim/connections/${id}`, { version: 1, enabled: true })).toMatchObject({
      status: 409,
    })
    await owner('PATCH', `/v1/scim/connections/${id}`, { version: 2, enabled: true })
    expect((await as(String(third['secret']))).status).toBe(200)
  })

  it('belong to their organisation alone', async () => {
    const path = `/v1/scim/connections/${acme.id}`
    for (const [method, at, body] of [
      ['GET', path, undefined],
      ['PATCH', path, { version: 1, name: 'x' }],
      ['GET', `${path}/tokens`, undefined],
      ['POST', `${path}/tokens`, { name: 'x' }],
    ] as const)
      expect((await world.service.ask('globex_admin', method, at, body)).status).toBe(404)
    expect((await world.service.ask('acme_member', 'POST', `${path}/tokens`, { name: 'x' })).status).toBe(403)
  })

  it('name their connection in decisions', async () => {
    const made = await acme.ask('POST', '/Users', { body: userBody('named@scim.example') })
    const connection = await world.service.ask('acme_owner', 'GET', `/v1/scim/connections/${acme.id}`)
    const { body } = await world.service.ask('acme_owner', 'GET', '/v1/decisions?action=scim.provision&limit=1')
    expect([made.status, (body['items'] as { actor: string }[])[0]!.actor]).toEqual([201, connection.body['pseudonym']])
  })
})
