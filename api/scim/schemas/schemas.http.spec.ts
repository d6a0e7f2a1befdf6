import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { bulkBody, scimWorld, userBody, type Answered, type Connection, type ScimWorld } from '../testing/scim-world.js'

const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User'
const URN = 'urn:example:params:scim:schemas:2.0:Badge'

let world: ScimWorld
let acme: Connection
let count = 0
const name = (): string => `badge${++count}@scim.example`

const attributes = [
  { name: 'number', type: 'string', required: true, uniqueness: 'server', description: 'On the badge' },
  { name: 'level', type: 'integer' },
  { name: 'since', type: 'dateTime' },
  { name: 'colour', type: 'string', canonicalValues: ['red', 'green'] },
  { name: 'site', type: 'string', mutability: 'immutable', caseExact: true },
  { name: 'pin', type: 'string', mutability: 'writeOnly', returned: 'never' },
  {
    ...{ name: 'safe', type: 'complex', mutability: 'writeOnly', returned: 'never' },
    subAttributes: [{ name: 'code', type: 'string' }],
  },
  { name: 'note', type: 'string', returned: 'request' },
  { name: 'doors', type: 'string', multiValued: true },
  {
    ...{ name: 'cars', type: 'complex', multiValued: true },
    subAttributes: [
      { name: 'value', type: 'string', required: true },
      { name: 'primary', type: 'boolean' },
      { name: 'seats', type: 'integer' },
    ],
  },
]
const schema = { title: 'Badge', urn: URN, description: 'What opens our doors', attributes }

const written = (path: string, document: object, revision = 0, as = 'acme_owner') =>
  world.service.ask(as, 'PUT', `/v1/scim/schemas/${path}`, { document, why: 'as agreed', revision })

const badge = (number: string, more: object = {}) => ({
  ...{ schemas: [CORE, URN], [URN]: { number, ...more } },
})
const made = (number: string, more: object = {}): Promise<Answered['body']> => acme.user(name(), badge(number, more))
const refusal = ({ status, body }: Answered) => [status, body.scimType]

beforeAll(async () => {
  world = await scimWorld()
  acme = await world.connect('acme_owner')
  expect(await written('badge', schema)).toMatchObject({ status: 200, body: { revision: 1 } })
}, 120_000)
afterAll(() => world?.stop())

describe('an extension of an organisation (RFC 7643, sections 3.3, 6 and 7)', () => {
  it('stands in /Schemas and /ResourceTypes of that organisation alone', async () => {
    const { body } = await acme.ask('GET', `/Schemas/${URN}`)
    expect(body).toMatchObject({ id: URN, name: 'Badge', description: schema.description })
    expect(body.attributes[0]).toEqual({
      ...{ name: 'number', type: 'string', multiValued: false, description: 'On the badge', required: true },
      ...{ caseExact: false, mutability: 'readWrite', returned: 'default', uniqueness: 'server' },
    })
    expect(body.attributes[3].canonicalValues).toEqual(['red', 'green'])
    expect(body.attributes[3]).not.toHaveProperty('closed')
    const { body: type } = await acme.ask('GET', '/ResourceTypes/User')
    expect(type.schemaExtensions).toContainEqual({ schema: URN, required: false })
    const globex = await world.connect('globex_admin')
    expect((await globex.ask('GET', `/Schemas/${URN}`)).status).toBe(404)
    expect(refusal(await globex.ask('POST', '/Users', { body: userBody(name(), badge('9')) }))).toEqual([
      400,
      'invalidValue',
    ])
  })

  it('is taken by POST, PUT, PATCH and Bulk, kept, and answered as its attributes say', async () => {
    const person = await made('b-1', { level: 3, colour: 'RED', pin: '1234', note: 'left-handed', doors: ['a', 'b'] })
    expect(person.schemas).toContain(URN)
    expect(person[URN]).toEqual({ number: 'b-1', level: 3, colour: 'red', doors: ['a', 'b'] })
    const asked = await acme.ask('GET', `/Users/${person.id}?attributes=${URN}:note,${URN}:pin`)
    expect(asked.body[URN]).toEqual({ note: 'left-handed' })
    const without = await acme.ask('GET', `/Users/${person.id}?excludedAttributes=${URN}`)
    expect(without.body).not.toHaveProperty([URN])

    const patched = await acme.patch(
      `/Users/${person.id}`,
      { op: 'replace', path: `${URN}:level`, value: 4 },
      { op: 'add', path: `${URN}:cars`, value: [{ value: 'M-1', seats: 2 }] },
      { op: 'replace', path: `${URN}:cars[value eq "M-1"].seats`, value: 5 },
      { op: 'remove', path: `${URN}:doors`, value: ['a'] },
    )
    expect(patched.body[URN]).toMatchObject({ level: 4, cars: [{ value: 'M-1', seats: 5 }], doors: ['b'] })

    const put = await acme.ask('PUT', `/Users/${person.id}`, {
      body: userBody(person.userName, badge('b-1', { level: 5 })),
    })
    expect(put.body[URN]).toEqual({ number: 'b-1', level: 5 })

    const { body } = await acme.ask('POST', '/Bulk', {
      body: bulkBody([
        { method: 'POST', path: '/Users', bulkId: 'x', data: userBody(name(), badge('b-bulk')) },
        { method: 'POST', path: '/Users', bulkId: 'y', data: userBody(name(), badge('B-BULK')) },
        {
          method: 'PATCH',
          path: `/Users/${person.id}`,
          data: { ...patch([{ op: 'add', value: { [URN]: { level: 6 } } }]) },
        },
      ]),
    })
    expect(body.Operations.map((each: { status: string }) => each.status)).toEqual(['201', '409', '200'])
    expect((await acme.ask('GET', `/Users/${person.id}`)).body[URN]).toMatchObject({ level: 6 })
  })

  it.each<[string, object, string]>([
    ['a missing attribute that is required', { number: undefined, level: 1 }, 'invalidValue'],
    ['another type', { level: 'three' }, 'invalidValue'],
    ['a moment that is none', { since: 'yesterday' }, 'invalidValue'],
    ['a value that is not to be chosen', { colour: 'blue' }, 'invalidValue'],
    ['an attribute that it does not have', { shoe: 43 }, 'invalidSyntax'],
    ['a part that is missing', { cars: [{ seats: 2 }] }, 'invalidValue'],
  ])('refuses %s', async (_what, more, type) => {
    const answer = await acme.ask('POST', '/Users', { body: userBody(name(), badge('b-wrong', more)) })
    expect(refusal(answer)).toEqual([400, type])
  })

  it('keeps what is immutable and what is unique', async () => {
    const [first, second] = [await made('u-1', { site: 'HQ' }), await made('u-2')]
    const path = (person: { id: string }) => `/Users/${person.id}`
    const set = (person: { id: string }, attribute: string, value: unknown) =>
      acme.patch(path(person), { op: 'replace', path: `${URN}:${attribute}`, value })
    expect(refusal(await set(first, 'site', 'LAB'))).toEqual([400, 'mutability'])
    expect(refusal(await set(second, 'number', 'U-1'))).toEqual([409, 'uniqueness'])
    expect(refusal(await acme.ask('POST', '/Users', { body: userBody(name(), badge('u-2')) }))).toEqual([
      409,
      'uniqueness',
    ])
    expect((await set(second, 'number', 'U-2')).status).toBe(200)
    // Ten at once of whom one may have it.
    const bodies = Array.from({ length: 10 }, () => userBody(name(), badge('u-raced')))
    const answers = await Promise.all(bodies.map((body) => acme.ask('POST', '/Users', { body })))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  })

  it('is filtered and sorted by in SQL, but not by what is answered to nobody', async () => {
    const levels = [100, 20, 3]
    for (const [place, level] of levels.entries())
      await made(`f-${place}`, {
        level,
        since: `2026-0${place + 1}-01T00:00:00Z`,
        doors: [`d${place}`],
        pin: '1',
        safe: { code: '1' },
      })
    const found = async (filter: string, sortBy = `${URN}:number`) => {
      const query = new URLSearchParams({ filter, sortBy })
      const { body } = await acme.ask('GET', `/Users?${query}`)
      return body.Resources?.map((each: Record<string, { number: string }>) => each[URN]!.number) ?? body
    }
    expect(await found(`${URN}:number sw "F-"`)).toEqual(['f-0', 'f-1', 'f-2'])
    expect(await found(`${URN}:number sw "f-"`, `${URN}:level`)).toEqual(['f-2', 'f-1', 'f-0'])
    expect(await found(`${URN}:level gt 19 and ${URN}:number sw "f-"`)).toEqual(['f-0', 'f-1'])
    expect(await found(`${URN}:since ge "2026-02-01T00:00:00Z"`)).toEqual(['f-1', 'f-2'])
    expect(await found(`${URN}:doors eq "d1"`)).toEqual(['f-1'])
    expect(await found(`${URN}:pin eq "1"`)).toMatchObject({ status: '403', scimType: 'sensitive' })
    const sensitive = { status: '403', scimType: 'sensitive' }
    expect(await found(`${URN}:level gt 1`, `${URN}:pin`)).toMatchObject(sensitive)
    for (const filter of [`${URN}:safe.code sw "1"`, `${URN}:safe[code sw "1"]`, `${URN}:safe pr`])
      expect(await found(filter)).toMatchObject(sensitive)
    expect(await found(`${URN}:level gt 1`, `${URN}:safe.code`)).toMatchObject(sensitive)
  })

  it('is told of in the provisioning log, previewed, and exported with the person', async () => {
    const person = await made('l-1', { level: 1 })
    const preview = await world.connect('acme_owner', {}, { preview: true })
    const change = { op: 'replace', path: `${URN}:level`, value: 2 }
    expect((await preview.patch(`/Users/${person.id}`, change)).body[URN].level).toBe(2)
    expect((await acme.ask('GET', `/Users/${person.id}`)).body[URN].level).toBe(1)
    await acme.patch(`/Users/${person.id}`, change)
    const log = await world.service.ask(
      'acme_admin',
      'GET',
      `/v1/scim/log?resource_id=${person.id}&effect=user.changed`,
    )
    expect(log.body['items']).toMatchObject([
      { would: false, effects: [{ changed: [`${URN}:level`] }] },
      { would: true, effects: [{ changed: [`${URN}:level`] }] },
    ])
    const data = await world.service.ask('acme_owner', 'GET', `/v1/people/${person.id}/export`)
    expect(JSON.stringify(data.body)).toContain('l-1')
  })
})

const patch = (operations: object[]) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: operations,
})

describe('a schema that is written', () => {
  const wrong = async (path: string, document: object, revision = 0) => {
    const { status, body } = await written(path, document, revision)
    return [status, (body['errors'] as { pointer: string }[] | undefined)?.map(({ pointer }) => pointer)]
  }

  it('cannot be of SCIM itself, nor be taken for another', async () => {
    const pointers = [400, ['/document/urn']]
    for (const urn of [CORE, 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User', URN, `${URN}:more`, 'badge'])
      expect([urn, await wrong('other', { ...schema, urn })]).toEqual([urn, pointers])
    const own = 'urn:ietf:params:scim:schemas:extension:Acme:2.0:User'
    expect(await wrong('entra', { ...schema, urn: own })).toEqual([200, undefined])
  })

  it('keeps its URN and the types under which values are kept', async () => {
    expect(await wrong('badge', { ...schema, urn: `${URN}2` }, 1)).toEqual([400, ['/document/urn']])
    const [number, , ...rest] = attributes
    const level = { name: 'level', type: 'string' }
    expect(await wrong('badge', { ...schema, attributes: [number, level, ...rest] }, 1)).toEqual([
      400,
      ['/document/attributes/1'],
    ])
  })

  it('has attributes that make sense', async () => {
    const with_ = (...list: object[]) => wrong('sense', { ...schema, urn: `${URN}s`, attributes: list })
    expect(await with_({ name: 'constructor', type: 'string' })).toEqual([400, ['/document/attributes/0/name']])
    expect(await with_({ name: '$ref', type: 'string' })).toEqual([400, ['/document/attributes/0/name']])
    expect(await with_({ name: 'a', type: 'string' }, { name: 'A', type: 'string' })).toEqual([
      400,
      ['/document/attributes'],
    ])
    expect(await with_({ name: 'a', type: 'complex' })).toEqual([400, ['/document/attributes/0/subAttributes']])
    expect(await with_({ name: 'a', type: 'string', mutability: 'writeOnly' })).toEqual([
      400,
      ['/document/attributes/0/returned'],
    ])
    expect(await with_({ name: 'a', type: 'boolean', uniqueness: 'server' })).toEqual([
      400,
      ['/document/attributes/0/uniqueness'],
    ])
  })

  it('is written by whoever keeps connections, and by nobody else', async () => {
    const body = { document: { ...schema, urn: `${URN}x` }, why: 'mine', revision: 0 }
    const { status, body: told } = await world.service.ask('acme_developer', 'PUT', '/v1/scim/schemas/mine', body)
    expect([status, told['code']]).toEqual([403, 'policy.denied'])
  })

  it('takes what it has away for as long as it is not in use, with its history', async () => {
    const person = await made('o-1')
    expect(await written('badge', { ...schema, enabled: false }, 1)).toMatchObject({ status: 200 })
    const off = await acme.ask('GET', `/Users/${person.id}`)
    expect(off.body).not.toHaveProperty([URN])
    expect(off.body.schemas).not.toContain(URN)
    const back = { to: 1, why: 'needed after all', revision: 2 }
    await world.service.ask('acme_owner', 'POST', '/v1/scim/schemas/badge/revert', back)
    expect((await acme.ask('GET', `/Users/${person.id}`)).body[URN]).toEqual({ number: 'o-1' })
    const { body } = await world.service.ask('acme_owner', 'GET', '/v1/scim/schemas/badge/diff?from=1&to=2')
    expect(body['changes']).toEqual([{ id: '/enabled', change: 'changed', before: true, after: false }])
  })

  it('lets changes of something else pass for whoever lacks what it came to require', async () => {
    const person = await acme.user(name(), { schemas: [CORE, URN], [URN]: { number: 'r-1' } })
    const [number, level, ...rest] = attributes
    const required = { ...schema, attributes: [number, { ...level, required: true }, ...rest] }
    expect(await written('badge', required, 3)).toMatchObject({ status: 200 })
    const off = await acme.patch(`/Users/${person.id}`, { op: 'replace', path: 'displayName', value: 'Else' })
    expect(off.status).toBe(200)
    const put = await acme.ask('PUT', `/Users/${person.id}`, { body: userBody(person.userName, badge('r-1')) })
    expect(refusal(put)).toEqual([400, 'invalidValue'])
  })
})
