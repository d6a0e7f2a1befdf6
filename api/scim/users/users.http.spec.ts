import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { scimWorld, userBody, searchBody, type Connection, type ScimWorld } from '../testing/scim-world.js'

let world: ScimWorld
let acme: Connection
let globex: Connection
beforeAll(async () => {
  world = await scimWorld()
  acme = await world.connect('acme_owner')
  globex = await world.connect('globex_admin')
}, 120_000)
afterAll(() => world?.stop())

const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error'
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
let count = 0
const name = (): string => `person${++count}@scim.example`

describe('POST /Users (RFC 7644, section 3.3)', () => {
  it('answers 201 with all of it, its address and its version', async () => {
    const userName = name()
    const body = userBody(userName, {
      ...{
        externalId: 'x-1',
        name: { givenName: 'Ana', familyName: 'Bo' },
        emails: [{ value: userName, primary: true }],
      },
      [ENTERPRISE]: { department: 'R&D' },
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', ENTERPRISE],
    })
    const { status, type, headers, body: made } = await acme.ask('POST', '/Users', { body })
    expect([status, type]).toEqual([201, expect.stringMatching(/^application\/scim\+json/)])
    expect(made).toMatchObject({
      userName,
      externalId: 'x-1',
      active: true,
      name: { givenName: 'Ana' },
      [ENTERPRISE]: { department: 'R&D' },
    })
    expect(headers.get('location')).toBe(`${world.service.url}/scim/v2/Users/${made.id}`)
    expect(made.meta).toMatchObject({
      resourceType: 'User',
      location: headers.get('location'),
      version: headers.get('etag'),
    })
    expect((await acme.ask('GET', `/Users/${made.id}`)).body).toEqual(made)
  })

  it('takes application/json as well, and nothing else', async () => {
    const text = JSON.stringify(userBody(name()))
    expect((await acme.ask('POST', '/Users', { text, type: 'application/json' })).status).toBe(201)
    const refused = await acme.ask('POST', '/Users', { text, type: 'text/plain' })
    expect(refused).toMatchObject({ status: 415, body: { schemas: [ERROR], status: '415' } })
  })

  it('is one person with the one that /v1 shows, under the same id', async () => {
    const made = await acme.user(name(), { displayName: 'Cy Dee' })
    const { body } = await world.service.ask('acme_admin', 'GET', '/v1/people?limit=200')
    const person = (body['items'] as { id: string }[]).find(({ id }) => id === made.id)
    expect(person).toMatchObject({ name: 'Cy Dee', email: made.userName, roles: [], disabled_at: null, kind: 'user' })
  })

  it.each([
    ['the userName in another case', (taken: string) => ({ userName: taken.toUpperCase() }), 'userName'],
    ['the externalId', () => ({ userName: name(), externalId: 'taken' }), 'externalId'],
  ])('refuses %s of somebody else', async (_what, parts, field) => {
    const userName = name()
    await acme.user(userName, field === 'externalId' ? { externalId: 'taken' } : {})
    const { status, body } = await acme.ask('POST', '/Users', { body: userBody('x', parts(userName)) })
    expect([status, body]).toEqual([
      409,
      expect.objectContaining({ schemas: [ERROR], status: '409', scimType: 'uniqueness' }),
    ])
    expect(body.detail).toContain(field)
  })

  it('adds one of many who are added under one name at once', async () => {
    const userName = name()
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => acme.ask('POST', '/Users', { body: userBody(userName) })),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, ...Array.from({ length: 7 }, () => 409)])
  })

  it('refuses who is here already by hand, and takes them over where an owner lets it', async () => {
    const body = userBody('member@acme.example', { displayName: 'Mia M.' })
    const refused = await acme.ask('POST', '/Users', { body })
    expect(refused).toMatchObject({ status: 409, body: { scimType: 'uniqueness' } })
    const adopting = await world.connect('acme_owner', { settings: { existing: 'adopt' } })
    const { status, body: taken } = await adopting.ask('POST', '/Users', { body })
    expect(status).toBe(201)
    const whoami = await world.service.ask('acme_member', 'GET', '/v1/whoami')
    expect(whoami.body).toMatchObject({ id: taken.id, name: 'Mia M.', roles: ['member'] })
    await acme.patch(`/Users/${taken.id}`, { op: 'replace', path: 'displayName', value: 'Mia' })
  })

  it('lets no admin allow that', async () => {
    const body = { name: 'Adopts', settings: { existing: 'adopt' } }
    const { status, body: said } = await world.service.ask('acme_admin', 'POST', '/v1/scim/connections', body)
    expect([status, said['reasons']]).toEqual([403, [expect.objectContaining({ id: 'admin.scim_adoption_beyond' })]])
  })

  it.each<[string, object | string, number, string | undefined]>([
    ['no schemas', { userName: 'a' }, 400, 'invalidSyntax'],
    ['no userName', { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'] }, 400, 'invalidValue'],
    ['a name that is no text', userBody(7 as never), 400, 'invalidValue'],
    ['an attribute of nobody', userBody('a', { shoeSize: 44 }), 400, 'invalidSyntax'],
    ['no JSON', '{', 400, 'invalidSyntax'],
    ['a list', '[]', 400, 'invalidValue'],
    [
      'NUL',
      String.raw`{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"a\u0000"}`,
      400,
      'invalidValue',
    ],
    [
      'the prototype',
      '{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"a","__proto__":{"x":1}}',
      400,
      'invalidValue',
    ],
    ['too deep', `{"a":${'['.repeat(60)}${']'.repeat(60)}}`, 400, 'invalidSyntax'],
  ])('refuses %s in the words of SCIM', async (_what, sent, status, scimType) => {
    const answer = await acme.ask('POST', '/Users', typeof sent === 'string' ? { text: sent } : { body: sent })
    expect(answer).toMatchObject({ status, body: { schemas: [ERROR], status: String(status), scimType } })
    expect(answer.body.detail.length).toBeGreaterThan(5)
  })

  it('keeps no password', async () => {
    const made = await acme.user(name(), { password: 'correct horse' })
    expect(JSON.stringify(await acme.ask('GET', `/Users/${made.id}?attributes=password`))).not.toContain(
      'correct horse',
    )
  })
})

describe('GET /Users/{id}', () => {
  it.each(['00000000-0000-7000-8000-000000000009', 'x', '%00', '__proto__'])('answers 404 for %s', async (id) => {
    expect(await acme.ask('GET', `/Users/${id}`)).toMatchObject({
      status: 404,
      body: { schemas: [ERROR], status: '404' },
    })
  })

  it('answers what is asked for', async () => {
    const made = await acme.user(name(), { displayName: 'D', nickName: 'N' })
    const { body: some } = await acme.ask('GET', `/Users/${made.id}?attributes=displayName`)
    expect(Object.keys(some).toSorted()).toEqual(['displayName', 'id', 'schemas'])
    const { body: rest } = await acme.ask('GET', `/Users/${made.id}?excludedAttributes=nickName`)
    expect([rest.nickName, rest.displayName]).toEqual([undefined, 'D'])
  })

  it('answers 304 to whoever has this version', async () => {
    const made = await acme.user(name())
    const known = (version: string) => acme.ask('GET', `/Users/${made.id}`, { headers: { 'if-none-match': version } })
    expect(await known(made.meta.version)).toMatchObject({ status: 304, body: undefined })
    expect(await known('W/"0-0"')).toMatchObject({ status: 200 })
  })

  it('shows nobody of another organisation, by whatever way', async () => {
    const made = await acme.user(name())
    for (const method of ['GET', 'DELETE']) expect((await globex.ask(method, `/Users/${made.id}`)).status).toBe(404)
    expect((await globex.ask('PUT', `/Users/${made.id}`, { body: userBody('b') })).status).toBe(404)
    expect((await globex.patch(`/Users/${made.id}`, { op: 'replace', path: 'active', value: false })).status).toBe(404)
    const { body } = await globex.ask('GET', `/Users?filter=${encodeURIComponent(`userName eq "${made.userName}"`)}`)
    expect(body.totalResults).toBe(0)
    expect(
      (
        await globex.ask('POST', '/Groups', {
          body: {
            schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
            displayName: 'g',
            members: [{ value: made.id }],
          },
        })
      ).body,
    ).toMatchObject({ scimType: 'invalidValue' })
    expect((await globex.ask('POST', '/Users', { body: userBody(made.userName) })).status).toBe(201)
  })
})

describe('PUT and PATCH', () => {
  it('PUT replaces what it does not name, and leaves access as it is', async () => {
    const made = await acme.user(name(), { displayName: 'D', nickName: 'N', active: false })
    const { status, body } = await acme.ask('PUT', `/Users/${made.id}`, {
      body: userBody(made.userName, { displayName: 'E' }),
    })
    expect([status, body.displayName, body.nickName, body.active]).toEqual([200, 'E', undefined, false])
    expect(body.meta.version).not.toBe(made.meta.version)
  })

  it('writes nothing where nothing changes', async () => {
    const made = await acme.user(name(), { displayName: 'D' })
    const { body } = await acme.patch(`/Users/${made.id}`, { op: 'replace', path: 'displayName', value: 'D' })
    expect(body.meta.version).toBe(made.meta.version)
  })

  it('does all operations or none', async () => {
    const made = await acme.user(name(), { displayName: 'D' })
    const { status, body } = await acme.patch(
      `/Users/${made.id}`,
      { op: 'replace', path: 'displayName', value: 'E' },
      { op: 'replace', path: 'id', value: 'x' },
    )
    expect([status, body.scimType]).toEqual([400, 'mutability'])
    expect((await acme.ask('GET', `/Users/${made.id}`)).body).toEqual(made)
  })

  it('answers 412 where another version was meant, and changes nothing', async () => {
    const made = await acme.user(name())
    const stale = { 'if-match': 'W/"9-9"' }
    const body = {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', path: 'displayName', value: 'x' }],
    }
    for (const [method, sent] of [
      ['PATCH', { body }],
      ['PUT', { body: userBody('z') }],
      ['DELETE', {}],
    ] as const)
      expect(await acme.ask(method, `/Users/${made.id}`, { ...sent, headers: stale })).toMatchObject({
        status: 412,
        body: { status: '412' },
      })
    expect(
      (await acme.ask('PATCH', `/Users/${made.id}`, { body, headers: { 'if-match': made.meta.version } })).status,
    ).toBe(200)
  })

  it('keeps an id through leaving and coming back', async () => {
    const made = await acme.user(name())
    const left = await acme.patch(`/Users/${made.id}`, { op: 'replace', value: { active: false } })
    expect(left.body.active).toBe(false)
    const back = await acme.patch(`/Users/${made.id}`, { op: 'replace', path: 'active', value: true })
    expect([back.body.active, back.body.id]).toEqual([true, made.id])
  })

  it.each([
    { op: 'remove', path: 'active' },
    { op: 'replace', path: 'active', value: null },
  ])('takes nobody out of active and not active: %j', async (operation) => {
    const made = await acme.user(name(), { active: false })
    const { status, body } = await acme.patch(`/Users/${made.id}`, operation)
    expect([status, body.scimType, body.detail]).toEqual([400, 'mutability', expect.stringContaining('true or false')])
    expect((await acme.ask('GET', `/Users/${made.id}`)).body).toEqual(made)
  })

  it('refuses the name of somebody else, and leaves both', async () => {
    const [one, other] = [await acme.user(name()), await acme.user(name())]
    const { status, body } = await acme.patch(`/Users/${one.id}`, {
      op: 'replace',
      path: 'userName',
      value: other.userName,
    })
    expect([status, body.scimType]).toEqual([409, 'uniqueness'])
    expect((await acme.ask('GET', `/Users/${one.id}`)).body.userName).toBe(one.userName)
  })
})

describe('DELETE', () => {
  it('answers 204, then 404; the name can be given again, to somebody with another id', async () => {
    const made = await acme.user(name(), { externalId: 'gone' })
    expect(await acme.ask('DELETE', `/Users/${made.id}`)).toMatchObject({ status: 204, body: undefined })
    for (const method of ['GET', 'DELETE']) expect((await acme.ask(method, `/Users/${made.id}`)).status).toBe(404)
    const again = await acme.user(made.userName, { externalId: 'gone' })
    expect(again.id).not.toBe(made.id)
  })
})

describe('lists (RFC 7644, section 3.4.2, and RFC 9865)', () => {
  let people: { id: string; userName: string }[]
  let lister: Connection
  const query = async (parameters: Record<string, string>) =>
    lister.ask('GET', `/Users?${new URLSearchParams(parameters).toString()}`)
  beforeAll(async () => {
    lister = await world.connect('acme_owner')
    people = []
    for (const each of ['Zoe', 'adam', 'Mia', 'ben', 'Eve'])
      people.push(
        await lister.user(`${each}@list.example`, {
          displayName: each,
          title: 'listed',
          emails: [{ value: `${each}@mail.example`, type: 'work' }],
        }),
      )
  })

  it.each([
    ['userName eq "ADAM@list.example"', ['adam']],
    ['title eq "listed" and displayName sw "e"', ['Eve']],
    ['title eq "listed" and not (displayName co "e")', ['adam', 'Mia']],
    ['emails[type eq "work" and value sw "zoe"]', ['Zoe']],
    ['title eq "listed" and active eq false', []],
    ['title eq "listed" and (displayName eq "mia" or displayName eq "Ben")', ['Mia', 'ben']],
  ])('finds %s', async (filter, found) => {
    const { body } = await query({ filter })
    expect(body.Resources.map(({ displayName }: { displayName: string }) => displayName)).toEqual(found)
    expect(body).toMatchObject({ totalResults: found.length, itemsPerPage: found.length, startIndex: 1 })
  })

  it('sorts without regard to case, either way', async () => {
    const filter = 'title eq "listed"'
    const names = async (sortOrder: string) =>
      (await query({ filter, sortBy: 'displayName', sortOrder })).body.Resources.map(
        (each: { displayName: string }) => each.displayName,
      )
    expect(await names('ascending')).toEqual(['adam', 'ben', 'Eve', 'Mia', 'Zoe'])
    expect(await names('descending')).toEqual(['Zoe', 'Mia', 'Eve', 'ben', 'adam'])
  })

  it('pages by index, and puts numbers out of range into it', async () => {
    const filter = 'title eq "listed"'
    const page = await query({ filter, startIndex: '2', count: '2' })
    expect(page.body).toMatchObject({ totalResults: 5, itemsPerPage: 2, startIndex: 2 })
    expect(page.body.Resources.map(({ id }: { id: string }) => id)).toEqual([people[1]!.id, people[2]!.id])
    expect((await query({ filter, count: '0' })).body).toMatchObject({ totalResults: 5, Resources: [] })
    expect((await query({ filter, count: '-1' })).body).toMatchObject({ totalResults: 5, Resources: [] })
    expect((await query({ filter, startIndex: '-3', count: '1' })).body).toMatchObject({
      startIndex: 1,
      itemsPerPage: 1,
    })
    expect((await query({ filter, startIndex: '99' })).body).toMatchObject({ totalResults: 5, Resources: [] })
  })

  it('walks by cursor through all there were, each once, while others come and go', async () => {
    const seen: string[] = []
    let cursor: string | undefined = ''
    while (cursor !== undefined) {
      const { body } = await query({ filter: 'title eq "listed"', cursor, count: '2' })
      seen.push(...body.Resources.map(({ id }: { id: string }) => id))
      cursor = body.nextCursor
      const passing = await lister.user(name())
      await lister.ask('DELETE', `/Users/${passing.id}`)
    }
    expect(seen).toEqual(people.map(({ id }) => id))
  })

  it.each<[Record<string, string>, string]>([
    [{ cursor: 'bm9uZQ' }, 'invalidCursor'],
    [{ cursor: '', sortBy: 'userName' }, 'invalidValue'],
    [{ filter: 'userName eq' }, 'invalidFilter'],
    [{ filter: 'shoeSize eq 4' }, 'invalidFilter'],
    [{ count: 'many' }, 'invalidValue'],
    [{ sortOrder: 'sideways' }, 'invalidValue'],
    [{ sortBy: 'shoeSize' }, 'invalidPath'],
    [{ attributes: 'id', excludedAttributes: 'name' }, 'invalidValue'],
  ])('refuses %j as %s', async (parameters, scimType) => {
    expect(await query(parameters)).toMatchObject({ status: 400, body: { schemas: [ERROR], status: '400', scimType } })
  })

  it('reads no filter that nests without end', async () => {
    expect(await query({ filter: '('.repeat(4000) })).toMatchObject({
      status: 400,
      body: { scimType: 'invalidFilter' },
    })
  })

  it('is searched by a body, of one kind and of both', async () => {
    const filter = 'displayName eq "zoe"'
    for (const path of ['/Users/.search', '/.search']) {
      const { status, body } = await lister.ask('POST', path, {
        body: searchBody({ filter, attributes: ['displayName'] }),
      })
      expect([status, body.totalResults]).toEqual([200, 1])
      expect(body.Resources).toEqual([{ schemas: expect.anything(), id: people[0]!.id, displayName: 'Zoe' }])
    }
    expect((await lister.ask('POST', '/Users/.search', { body: { filter } })).body.scimType).toBe('invalidSyntax')
  })
})
