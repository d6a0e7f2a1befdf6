import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { bulkBody, scimWorld, userBody, type Connection, type ScimWorld } from '../testing/scim-world.js'

const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User'
const URN = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const OWN = 'urn:example:params:scim:schemas:2.0:Team'

let world: ScimWorld
let acme: Connection
let revision = 0

const ask = (as: string, method: string, path: string, body?: object) => world.service.ask(as, method, path, body)
const set = (fields: object[], as = 'acme_owner') =>
  ask(as, 'PUT', '/v1/scim/mappings/default', { document: { title: 'Ours', fields }, why: 'as agreed', revision })
const written = async (...fields: object[]) => {
  expect(await set(fields)).toMatchObject({ status: 200, body: { revision: ++revision } })
}
const preview = async (fields: object[], more: object = {}) =>
  (await ask('acme_admin', 'POST', '/v1/scim/mappings/default/preview', { document: { title: 'T', fields }, ...more }))
    .body
const person = async (id: string) => (await ask('acme_admin', 'GET', `/v1/scim/people/${id}`)).body

const from = (...attributes: string[]) => attributes.map((attribute) => ({ attribute }))
const NAME = { field: 'name', from: from('name.familyName', 'name.givenName'), take: 'join', separator: ', ' }
const EMAIL = { field: 'email', from: from('emails[type eq "work"].value'), steps: ['lower_case'] }
const DEPARTMENT = { field: 'department', from: [...from(`${URN}:department`), { constant: 'none' }] }
const TEAM = { field: 'team', from: from(`${OWN}:team`), steps: ['trim', 'upper_case'] }
const DOMAIN = { field: 'domain', from: from('userName'), steps: ['domain'] }

const ana = (userName: string, more: object = {}) => ({
  ...{ userName, displayName: 'Ana', name: { givenName: 'Ana', familyName: 'Bo' } },
  emails: [
    { value: `home-${userName}`, type: 'home', primary: true },
    { value: `Work-${userName}`, type: 'work' },
  ],
  ...{ schemas: [CORE, URN, OWN], [URN]: { department: 'R&D' }, [OWN]: { team: ' blue ' } },
  ...more,
})

beforeAll(async () => {
  world = await scimWorld()
  acme = await world.connect('acme_owner')
  const document = { title: 'Team', urn: OWN, attributes: [{ name: 'team', type: 'string' }] }
  expect((await ask('acme_owner', 'PUT', '/v1/scim/schemas/team', { document, why: 'w', revision: 0 })).status).toBe(
    200,
  )
}, 120_000)
afterAll(() => world?.stop())

describe('the mapping of an organisation', () => {
  it('is tried on everybody and on a user that is sent along, and changes nothing by that', async () => {
    const { id } = await acme.user('tried@map.example', ana('tried@map.example'))
    const { people, affected, changes, resource } = (await preview([NAME, EMAIL, DEPARTMENT, TEAM, DOMAIN], {
      resource: { schemas: [CORE], userName: 'New@map.example', name: { familyName: 'Low' }, active: 'True' },
    })) as { people: number; affected: number; changes: object[]; resource: object }
    expect([people, affected]).toEqual([1, 1])
    expect(changes).toEqual([
      {
        ...{ id, user_name: 'tried@map.example' },
        before: { name: 'Ana', email: 'home-tried@map.example', fields: {} },
        after: {
          ...{ name: 'Bo, Ana', email: 'work-tried@map.example' },
          fields: { department: 'R&D', domain: 'map.example', team: 'BLUE' },
        },
      },
    ])
    expect(resource).toEqual({
      ...{ name: 'Low', email: 'New@map.example', fields: { department: 'none', domain: 'map.example' } },
    })
    expect(await person(id)).toMatchObject({ name: 'Ana', email: 'home-tried@map.example', fields: {} })
  })

  it('holds for everybody from the moment at which it is written, and for whoever is changed or comes after', async () => {
    const { id } = await acme.user('before@map.example', ana('before@map.example'))
    await written(NAME, EMAIL, DEPARTMENT, TEAM)
    const mapped = { name: 'Bo, Ana', fields: { department: 'R&D', team: 'BLUE' } }
    expect(await person(id)).toMatchObject({ ...mapped, email: 'work-before@map.example' })
    expect(await preview([NAME, EMAIL, DEPARTMENT, TEAM])).toMatchObject({ affected: 0, changes: [] })
    // What the provider says stays as it says it.
    expect((await acme.ask('GET', `/Users/${id}`)).body.displayName).toBe('Ana')

    await acme.patch(`/Users/${id}`, { op: 'replace', path: `${URN}:department`, value: 'Sales' })
    expect(await person(id)).toMatchObject({ fields: { department: 'Sales' } })
    await acme.ask('PUT', `/Users/${id}`, { body: userBody('before@map.example', { name: { familyName: 'Dee' } }) })
    expect(await person(id)).toEqual({
      ...{ id, user_name: 'before@map.example', name: 'Dee', email: 'before@map.example' },
      fields: { department: 'none' },
    })
    const { body } = await acme.ask('POST', '/Bulk', {
      body: bulkBody([
        { method: 'POST', path: '/Users', bulkId: 'b', data: userBody('b@map.example', ana('b@map.example')) },
      ]),
    })
    const made = body.Operations[0].location.split('/').at(-1)
    expect(await person(made)).toMatchObject({ ...mapped, email: 'work-b@map.example' })
    const { body: kept } = await ask('acme_owner', 'GET', `/v1/people/${made}/export`)
    expect(kept['scim']).toMatchObject({ mapped: mapped.fields })
  })

  it('has a history, differences, and goes back, and so do people', async () => {
    const { id } = await acme.user('back@map.example', ana('back@map.example'))
    await written(DEPARTMENT)
    expect(await person(id)).toMatchObject({
      name: 'Ana',
      email: 'home-back@map.example',
      fields: { department: 'R&D' },
    })
    const { body } = await ask('acme_admin', 'GET', '/v1/scim/mappings/default/diff')
    expect((body['changes'] as { id: string }[]).map((each) => each.id)).toEqual([
      'field email',
      'field name',
      'field team',
    ])
    const back = { to: 1, why: 'as before', revision }
    expect((await ask('acme_owner', 'POST', '/v1/scim/mappings/default/revert', back)).status).toBe(200)
    revision += 1
    expect(await person(id)).toMatchObject({ name: 'Bo, Ana', fields: { department: 'R&D', team: 'BLUE' } })
    const { body: history } = await ask('acme_admin', 'GET', '/v1/scim/mappings/default/revisions')
    expect(history['items']).toMatchObject([{ revision: 3, reverts_to: 1 }, { revision: 2 }, { revision: 1 }])
  })

  it('gives an address to one person alone, and lets two trade theirs', async () => {
    await written()
    const swap = (userName: string, home: string, work: string) =>
      acme.user(userName, {
        emails: [
          { value: home, type: 'home', primary: true },
          { value: work, type: 'work' },
        ],
      })
    const [one, two] = [
      await swap('one@map.example', 'x@map.example', 'y@map.example'),
      await swap('two@map.example', 'y@map.example', 'x@map.example'),
    ]
    const third = await swap('three@map.example', 'z@map.example', 'y@map.example')
    const emails = async () => [
      (await person(one.id))['email'],
      (await person(two.id))['email'],
      (await person(third.id))['email'],
    ]
    expect(await emails()).toEqual(['x@map.example', 'y@map.example', 'z@map.example'])
    await written(EMAIL)
    expect(await emails()).toEqual(['y@map.example', 'x@map.example', null])
  })

  it('is written with attributes that there are and that anybody may see, by whoever keeps connections', async () => {
    const refused = async (attribute: string) => {
      const { status, body } = await set([DEPARTMENT, { field: 'other', from: from('userName', attribute) }])
      return [status, (body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer)]
    }
    for (const attribute of ['nothing', 'password', 'name', 'groups.display', 'id', 'emails[', `${OWN}:none`, URN])
      expect([attribute, await refused(attribute)]).toEqual([attribute, [400, ['/document/fields/1/from/1/attribute']]])
    expect((await set([DEPARTMENT, DEPARTMENT])).status).toBe(400)
    expect((await set([{ ...DEPARTMENT, field: 'constructor' }])).status).toBe(400)
    expect(await set([DEPARTMENT], 'acme_developer')).toMatchObject({ status: 403, body: { code: 'policy.denied' } })
    expect((await ask('acme_owner', 'PUT', '/v1/scim/mappings/second', {})).status).toBe(400)
  })

  it('is of one organisation alone', async () => {
    const { id } = await acme.user('mine@map.example', ana('mine@map.example'))
    expect((await ask('globex_admin', 'GET', `/v1/scim/people/${id}`)).status).toBe(404)
    const theirs = await (await world.connect('globex_admin')).user('theirs@map.example', { displayName: 'Cy' })
    await written(NAME)
    const { body } = await ask('globex_admin', 'GET', `/v1/scim/people/${theirs.id}`)
    expect(body).toMatchObject({ name: 'Cy', fields: {} })
  })

  it('counts once for each, whoever is changed while it is written', async () => {
    const ids: string[] = []
    for (let n = 0; n < 10; n++) ids.push((await acme.user(`raced${n}@map.example`, { title: 'T0' })).id)
    const changes = ids.map((id, n) => acme.patch(`/Users/${id}`, { op: 'replace', path: 'title', value: `T${n}` }))
    const writing = written({ field: 'job', from: from('title') })
    const more = ids.map((id, n) => acme.patch(`/Users/${id}`, { op: 'replace', path: 'nickName', value: `N${n}` }))
    await Promise.all([...changes, writing, ...more])
    for (const [n, id] of ids.entries()) expect(await person(id)).toMatchObject({ fields: { job: `T${n}` } })
  })
})
