import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { patchBody, scimWorld, type Connection, type ScimWorld } from '../testing/scim-world.js'

interface Effect {
  readonly kind: string
  readonly resource: { readonly id: string }
  readonly by_group?: { readonly id: string; readonly display: string }
  readonly detail?: string
}

let world: ScimWorld
let provider: Connection
let headers: Record<string, string>
let count = 0

const ask = (as: string, method: string, path: string, body?: object) => world.service.ask(as, method, path, body)
const somebody = async (): Promise<string> => String((await provider.user(`r${++count}@lost.example`)).id)
/** What a preview of this request says that people would lose: who, by which group, and which roles. */
const wouldLose = async (method: string, path: string, body?: object): Promise<unknown[]> => {
  const answer = await provider.ask(method, path, { ...(body && { body }), headers })
  expect([200, 204]).toContain(answer.status)
  const log = await ask('acme_admin', 'GET', `/v1/scim/log?connection_id=${provider.id}&would=true&limit=1`)
  const [{ effects }] = log.body['items'] as [{ effects: Effect[] }]
  return effects.flatMap(({ kind, resource, by_group, detail }) =>
    kind === 'roles.lost' ? [[resource.id, by_group?.display ?? 'their own', detail]] : [],
  )
}
const remove = (path: string) => patchBody([{ op: 'remove', path }])

beforeAll(async () => {
  world = await scimWorld()
  provider = await world.connect('acme_owner')
  const role = { document: { title: 'Reader', scopes: ['people:read'] }, why: 'as agreed', revision: 0 }
  expect((await ask('acme_owner', 'PUT', '/v1/roles/reader', role)).status).toBe(200)
  const entries = [
    { display_name: 'Builders', roles: ['member', 'developer'], custom_roles: ['reader'], why: 'they build' },
    { display_name: 'Members *', roles: ['member'], why: 'they call' },
  ]
  const rules = { document: { title: 'Ours', entries }, why: 'as agreed', revision: 0 }
  expect((await ask('acme_owner', 'PUT', '/v1/group-rules/default', rules)).status).toBe(200)
  const { body } = await ask('acme_owner', 'POST', `/v1/scim/connections/${provider.id}/tokens`, {
    ...{ name: 'preview', preview: true },
  })
  headers = { authorization: `Bearer ${String(body['secret'])}` }
}, 120_000)
afterAll(() => world?.stop())

describe('of somebody’s roles a preview names', () => {
  it('those of a group that they would leave and have by nothing else', async () => {
    const [ada, ben] = [await somebody(), await somebody()]
    const builders = await provider.group('Builders', [ada, ben])
    await provider.group('Members of the club', [ben])
    const ordinary = await provider.group('Everybody', [ada])
    expect(await wouldLose('PATCH', `/Groups/${builders.id}`, remove(`members[value eq "${ada}"]`))).toEqual([
      [ada, 'Builders', 'developer, member, reader'],
    ])
    expect(await wouldLose('PATCH', `/Groups/${builders.id}`, remove(`members[value eq "${ben}"]`))).toEqual([
      [ben, 'Builders', 'developer, reader'],
    ])
    expect(await wouldLose('PATCH', `/Groups/${ordinary.id}`, remove('members'))).toEqual([])
    expect(await wouldLose('DELETE', `/Groups/${builders.id}`)).toHaveLength(2)
  })

  it('those of a group that would be called something else', async () => {
    const ada = await somebody()
    const group = await provider.group('Members by name', [ada])
    const rename = (value: string) => patchBody([{ op: 'replace', path: 'displayName', value }])
    expect(await wouldLose('PATCH', `/Groups/${group.id}`, rename('Guests'))).toEqual([
      [ada, 'Members by name', 'member'],
    ])
    expect(await wouldLose('PATCH', `/Groups/${group.id}`, rename('Members by another'))).toEqual([])
  })

  it('all where they would go: their own, and those of each group', async () => {
    const ada = await somebody()
    await provider.group('Builders', [ada])
    await provider.group('Members of staff', [ada])
    const { body } = await ask('acme_owner', 'GET', '/v1/people?limit=200')
    const { version } = (body['items'] as { id: string; version: number }[]).find(({ id }) => id === ada)!
    expect((await ask('acme_owner', 'PATCH', `/v1/people/${ada}`, { version, roles: ['auditor'] })).status).toBe(200)
    const off = patchBody([{ op: 'replace', path: 'active', value: false }])
    const all = [
      [ada, 'their own', 'auditor'],
      [ada, 'Builders', 'developer, member, reader'],
      [ada, 'Members of staff', 'member'],
    ]
    expect(await wouldLose('PATCH', `/Users/${ada}`, off)).toEqual(all)
    expect(await wouldLose('DELETE', `/Users/${ada}`)).toEqual(all)
  })
})
