import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import {
  bulkBody,
  groupBody,
  patchBody,
  scimWorld,
  userBody,
  type Connection,
  type ScimWorld,
} from '../testing/scim-world.js'

let world: ScimWorld
let acme: Connection
beforeAll(async () => {
  world = await scimWorld({ settings: { SCIM_BULK_OPERATIONS: '300', SCIM_BULK_BYTES: '200000' } })
  acme = await world.connect('acme_owner')
}, 120_000)
afterAll(() => world?.stop())

let count = 0
const post = (bulkId: string, data: object = userBody(`bulk${++count}@scim.example`), path = '/Users') => ({
  method: 'POST',
  path,
  bulkId,
  data,
})
const bulk = async (operations: readonly object[], more: object = {}) =>
  acme.ask('POST', '/Bulk', { body: bulkBody(operations, more) })
const statuses = (body: { Operations: { status: string }[] }): string[] => body.Operations.map(({ status }) => status)
const total = async (filter: string): Promise<number> =>
  (await acme.ask('GET', `/Users?filter=${encodeURIComponent(filter)}&count=0`)).body.totalResults

describe('POST /Bulk (RFC 7644, section 3.7)', () => {
  it('adds many, a hundred under one decision', async () => {
    const operations = Array.from({ length: 250 }, (_, index) =>
      post(`u${index}`, userBody(`many${index}@scim.example`, { title: 'many' })),
    )
    const { status, type, body } = await bulk(operations)
    expect([status, type]).toEqual([200, expect.stringMatching(/^application\/scim\+json/)])
    expect(body.schemas).toEqual(['urn:ietf:params:scim:api:messages:2.0:BulkResponse'])
    expect(new Set(statuses(body))).toEqual(new Set(['201']))
    expect(body.Operations[3]).toMatchObject({ method: 'POST', bulkId: 'u3', version: 'W/"1-1"' })
    expect(
      (await fetch(body.Operations[3].location, { headers: { authorization: `Bearer ${acme.token}` } })).status,
    ).toBe(200)
    expect(await total('title eq "many"')).toBe(250)
    const log = await world.service.ask('acme_admin', 'GET', '/v1/scim/log?limit=3')
    const entries = log.body['items'] as { effect_count: number; decision_id: string }[]
    expect(entries.map(({ effect_count }) => effect_count)).toEqual([50, 100, 100])
    expect(new Set(entries.map(({ decision_id }) => decision_id)).size).toBe(3)
  })

  it('understands references that point forward, and in circles', async () => {
    const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
    const core = 'urn:ietf:params:scim:schemas:core:2.0:User'
    const led = (userName: string, by: string) => ({
      schemas: [core, ENTERPRISE],
      userName,
      [ENTERPRISE]: { manager: { value: `bulkId:${by}` } },
    })
    const { body } = await bulk([
      post('g', groupBody('Forward', ['bulkId:x', 'bulkId:y']), '/Groups'),
      post('x', led('x@circle.example', 'y')),
      post('y', led('y@circle.example', 'x')),
      {
        method: 'PATCH',
        path: '/Groups/bulkId:g',
        data: patchBody([{ op: 'remove', path: 'members[value eq "bulkId:none"]' }]),
      },
    ])
    const came = new Map(body.Operations.map((each: { bulkId: string }) => [each.bulkId, each]))
    expect([...came.keys()].toSorted()).toEqual(['g', 'x', 'y', undefined].toSorted())
    const idOf = (bulkId: string): string =>
      String((came.get(bulkId) as { location: string }).location.split('/').at(-1))
    const group = await acme.ask('GET', `/Groups/${idOf('g')}`)
    expect(new Set(group.body.members.map(({ value }: { value: string }) => value))).toEqual(
      new Set([idOf('x'), idOf('y')]),
    )
    expect((await acme.ask('GET', `/Users/${idOf('x')}`)).body[ENTERPRISE].manager.value).toBe(idOf('y'))
  })

  it('refuses one and does the others, each by itself', async () => {
    const [kept, gone] = [await acme.user('kept@bulk.example'), await acme.user('gone@bulk.example')]
    const { body } = await bulk([
      post('a'),
      post('dup', userBody('kept@bulk.example')),
      {
        method: 'PATCH',
        path: `/Users/${kept.id}`,
        data: patchBody([{ op: 'replace', path: 'displayName', value: 'K' }]),
      },
      { method: 'PATCH', path: `/Users/${kept.id}`, data: patchBody([{ op: 'replace', path: 'id', value: 'x' }]) },
      { method: 'DELETE', path: `/Users/${gone.id}` },
      { method: 'DELETE', path: '/Users/0198c0de-0000-7000-8000-000000000001' },
      { method: 'PUT', path: `/Users/${kept.id}`, version: 'W/"9-9"', data: userBody('kept@bulk.example') },
      { method: 'GET', path: '/Users' },
      { method: 'POST', path: '/Users', data: userBody('nameless@bulk.example') },
      { method: 'POST', path: '/Shoes', bulkId: 's', data: {} },
      post('g', groupBody('Of the refused', ['bulkId:dup']), '/Groups'),
      post('bad', { schemas: [], userName: 'z' }),
    ])
    expect(statuses(body)).toEqual(['201', '409', '200', '400', '204', '404', '412', '400', '400', '400', '400', '400'])
    expect(body.Operations[1].response).toMatchObject({
      status: '409',
      scimType: 'uniqueness',
      detail: expect.any(String),
    })
    expect((await acme.ask('GET', `/Users/${kept.id}`)).body.displayName).toBe('K')
    expect((await acme.ask('GET', `/Users/${gone.id}`)).status).toBe(404)
    const log = await world.service.ask('acme_admin', 'GET', '/v1/scim/log?outcome=refused&limit=50')
    expect((log.body['items'] as { status: number }[]).filter(({ status }) => status === 412)).toHaveLength(1)
  })

  it('stops after as many errors as were asked for', async () => {
    const taken = await acme.user('taken@bulk.example')
    const operations = [
      post('a'),
      post('b', userBody(taken.userName)),
      post('c'),
      post('d', userBody(taken.userName)),
      post('e'),
    ]
    expect(statuses((await bulk(operations, { failOnErrors: 1 })).body)).toEqual(['201', '409'])
    expect(
      statuses(
        (
          await bulk(
            operations.map((each, index) => (index % 2 ? each : post(each.bulkId))),
            { failOnErrors: 2 },
          )
        ).body,
      ),
    ).toEqual(['201', '409', '201', '409'])
  })

  it.each<[string, object, number, string | undefined]>([
    ['no message of Bulk', { Operations: [] }, 400, 'invalidSyntax'],
    ['nothing to do', bulkBody([]), 400, 'invalidSyntax'],
    ['more than is taken', bulkBody(Array.from({ length: 301 }, (_, index) => post(`${index}`))), 413, 'tooMany'],
    [
      'a body that is too large',
      bulkBody([post('a', userBody('a', { displayName: 'x'.repeat(200_000) }))]),
      413,
      'tooMany',
    ],
    ['no number of errors', bulkBody([post('a')], { failOnErrors: 'many' }), 400, 'invalidValue'],
  ])('refuses %s', async (_what, body, status, scimType) => {
    expect(await acme.ask('POST', '/Bulk', { body })).toMatchObject({
      status,
      body: { status: String(status), scimType },
    })
  })

  it('changes nothing of it for a preview', async () => {
    const preview = await world.connect('acme_owner', {}, { preview: true })
    const { body } = await preview.ask('POST', '/Bulk', {
      body: bulkBody([post('p', userBody('preview@bulk.example'))]),
    })
    expect(statuses(body)).toEqual(['201'])
    expect(await total('userName eq "preview@bulk.example"')).toBe(0)
  })
})
