import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { groupBody, patchBody, scimWorld, type Connection, type ScimWorld } from '../testing/scim-world.js'

let world: ScimWorld
let acme: Connection
let ids: string[]
beforeAll(async () => {
  world = await scimWorld()
  acme = await world.connect('acme_owner')
  ids = []
  for (const each of ['a', 'b', 'c', 'd']) ids.push((await acme.user(`${each}@groups.example`)).id)
}, 120_000)
afterAll(() => world?.stop())

const membersOf = async (id: string): Promise<string[]> =>
  ((await acme.ask('GET', `/Groups/${id}`)).body.members ?? []).map(({ value }: { value: string }) => value)

describe('groups', () => {
  it('are added with their members, and people say which they belong to', async () => {
    const made = await acme.group('Engineers', ids.slice(0, 2))
    expect(made.members).toEqual([
      {
        value: ids[0],
        display: 'a@groups.example',
        type: 'User',
        $ref: `${world.service.url}/scim/v2/Users/${ids[0]}`,
      },
      expect.objectContaining({ value: ids[1] }),
    ])
    const { body } = await acme.ask('GET', `/Users/${ids[0]}`)
    expect(body.groups).toEqual([expect.objectContaining({ value: made.id, display: 'Engineers', type: 'direct' })])
    const named = `/Users?filter=${encodeURIComponent('groups.display eq "engineers"')}&attributes=userName`
    expect((await acme.ask('GET', named)).body.totalResults).toBe(2)
  })

  it('take members one by one, as rows, and have another version then', async () => {
    const made = await acme.group('Rows', [ids[0]!])
    const add = { op: 'add', path: 'members', value: [{ value: ids[1] }, { value: ids[0] }] }
    expect((await acme.patch(`/Groups/${made.id}`, add)).status).toBe(204)
    expect(await membersOf(made.id)).toEqual([ids[0], ids[1]])
    await acme.patch(`/Groups/${made.id}`, { op: 'remove', path: `members[value eq "${ids[0]}"]` })
    expect(await membersOf(made.id)).toEqual([ids[1]])
    const { body } = await acme.ask('GET', `/Groups/${made.id}?excludedAttributes=members`)
    expect([body.members, body.meta.version]).toEqual([undefined, 'W/"3"'])
    expect((await acme.patch(`/Groups/${made.id}`, add)).status).toBe(204)
    const log = await world.service.ask(
      'acme_admin',
      'GET',
      `/v1/scim/log?resource_id=${made.id}&effect=member.removed`,
    )
    expect(log.body['items']).toEqual([
      expect.objectContaining({ effects: [expect.objectContaining({ kind: 'member.removed', member: ids[0] })] }),
    ])
  })

  it('are left whole where one of the members is nobody', async () => {
    const made = await acme.group('Whole', [ids[0]!])
    const nobody = '0198c0de-0000-7000-8000-000000000001'
    for (const value of [nobody, 'x', made.id]) {
      const { status, body } = await acme.patch(
        `/Groups/${made.id}`,
        { op: 'replace', path: 'displayName', value: 'Changed' },
        { op: 'add', path: 'members', value: [{ value: ids[1] }, { value }] },
      )
      expect([status, body.scimType]).toEqual([400, 'invalidValue'])
    }
    expect((await acme.ask('GET', `/Groups/${made.id}`)).body).toEqual(made)
    expect((await acme.ask('POST', '/Groups', { body: groupBody('New', [nobody]) })).status).toBe(400)
    expect((await acme.ask('GET', '/Groups?filter=displayName%20eq%20%22New%22')).body.totalResults).toBe(0)
  })

  it('are replaced whole by PUT, and emptied by a removal without a filter', async () => {
    const made = await acme.group('Put', ids.slice(0, 3))
    const put = await acme.ask('PUT', `/Groups/${made.id}`, { body: groupBody('Put', [ids[3]!, ids[2]!]) })
    expect([put.status, new Set(put.body.members.map(({ value }: { value: string }) => value))]).toEqual([
      200,
      new Set([ids[2], ids[3]]),
    ])
    await acme.patch(`/Groups/${made.id}`, { op: 'remove', path: 'members' })
    expect(await membersOf(made.id)).toEqual([])
  })

  it('lose who is deleted, keep who is let go, and go by DELETE without their people', async () => {
    const leaver = await acme.user('leaver@groups.example')
    const made = await acme.group('Leaving', [ids[0]!, leaver.id])
    await acme.patch(`/Users/${leaver.id}`, { op: 'replace', path: 'active', value: false })
    expect((await membersOf(made.id)).length).toBe(2)
    await acme.ask('DELETE', `/Users/${leaver.id}`)
    expect(await membersOf(made.id)).toEqual([ids[0]])
    expect((await acme.ask('DELETE', `/Groups/${made.id}`)).status).toBe(204)
    expect((await acme.ask('GET', `/Groups/${made.id}`)).status).toBe(404)
    expect((await acme.ask('GET', `/Users/${ids[0]}`)).status).toBe(200)
  })

  it('may share a name, unless Entra keeps them', async () => {
    await acme.group('Twice')
    expect((await acme.ask('POST', '/Groups', { body: groupBody('twice') })).status).toBe(201)
    const entra = await world.connect('globex_admin', { quirks: 'entra' })
    await entra.group('Once')
    expect((await entra.ask('POST', '/Groups', { body: groupBody('ONCE') })).body).toMatchObject({
      status: '409',
      scimType: 'uniqueness',
    })
  })

  it('lose nobody where many are changed at once', async () => {
    const made = await acme.group('Busy')
    const changes = ids.flatMap((value) => [
      { op: 'add', path: 'members', value: [{ value }] },
      { op: 'remove', path: `members[value eq "${value}"]` },
      { op: 'add', path: 'members', value: [{ value }] },
    ])
    const answers = await Promise.all(changes.map((each) => acme.patch(`/Groups/${made.id}`, each)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]))
    await acme.patch(`/Groups/${made.id}`, { op: 'add', path: 'members', value: ids.map((value) => ({ value })) })
    expect((await membersOf(made.id)).toSorted()).toEqual(ids.toSorted())
  })
})

describe('habits of Entra (chosen for the connection)', () => {
  it('are read as they are meant', async () => {
    const entra = await world.connect('acme_owner', { quirks: 'entra' })
    const made = await entra.user('entra@groups.example')
    const { status, body } = await entra.ask('PATCH', `/Users/${made.id}`, {
      body: patchBody([
        { op: 'Replace', path: 'active', value: 'False' },
        { op: 'Add', path: 'emails[type eq "work"].value', value: 'e@mail.example' },
        {
          op: 'Replace',
          value: {
            'name.givenName': 'En',
            'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department': 'X',
          },
        },
      ]),
    })
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({ active: false, emails: [{ type: 'work', value: 'e@mail.example' }] }),
    ])
    const group = await entra.group('Entra', ids.slice(0, 2))
    await entra.patch(`/Groups/${group.id}`, { op: 'Remove', path: 'members', value: [{ value: ids[0] }] })
    expect(await membersOf(group.id)).toEqual([ids[1]])
  })
})
