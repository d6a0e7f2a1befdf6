import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Asked } from '../../testing/asking.js'
import { published, until } from '../../testing/published-extension.js'
import { testService, type TestService } from '../../testing/test-service.js'

const NAME = 'com.acme-labs.placed'
const ECHO = `export function handle() { return { status: 204, headers: [], body: new Uint8Array(0) } }`
const manifest = {
  ...{ id: NAME, version: '1.0.0', permissions: ['kv:read', 'kv:write', 'secrets:read'] },
  api: { endpoints: [{ id: 'run', title: 'Run', method: 'POST', path: '/run' }] },
  secrets: [{ name: 'TOKEN', title: 'Token', required: false }],
}
const PERMISSIONS = ['kv:read', 'kv:write', 'secrets:read']

interface Member {
  readonly id: string
  readonly key: string
}
type Named = 'lead' | 'installer' | 'caller' | 'viewer' | 'nobody' | 'outsider'

let service: TestService
let beside: Awaited<ReturnType<TestService['beside']>>
let digest: string
/** The workspace that is administered, another one, and one of another organisation. */
let team: string
let labs: string
let theirs: string
const people = {} as Record<Named, Member>

const workspace = async (as: string, slug: string): Promise<string> => {
  const made = await service.ask(as, 'POST', '/v1/workspaces', { slug, name: `The ${slug}` })
  expect([made.status, made.body]).toEqual([201, expect.objectContaining({ slug, status: 'active', version: 1 })])
  return made.body['id'] as string
}
const person = async (name: string): Promise<string> => {
  const body = { name, email: `${name}@acme.example`, roles: [] }
  return (await service.ask('acme_owner', 'POST', '/v1/people', body)).body['id'] as string
}
const keyOf = async (id: string): Promise<string> => {
  const made = await service.ask('acme_owner', 'POST', '/v1/keys', { principal_id: id, name: 'k' })
  return made.body['secret'] as string
}
const give = (as: string, id: string, roles: string[], where = team, version?: number) =>
  service.ask(as, 'PUT', `/v1/workspaces/${where}/members/${id}`, { roles, ...(version && { version }) })
const take = (as: string, id: string, where = team) =>
  service.ask(as, 'DELETE', `/v1/workspaces/${where}/members/${id}`)
const put = (as: string, where: string | null, more: object = {}) =>
  service.ask(as, 'POST', '/v1/installs', {
    ...{ extension: NAME, permissions: PERMISSIONS, consent: { digest, permissions: PERMISSIONS } },
    ...(where && { workspace_id: where }),
    ...more,
  })
const reasons = ({ status, body }: Asked): (string | number)[] => [
  status,
  ...((body['reasons'] as { id: string }[] | undefined)?.map(({ id }) => id) ?? [body['code'] as string]),
]
const call = async (as: string, where?: string, url = service.url): Promise<string> => {
  const response = await fetch(`${url}/api/ext/${NAME}/run`, {
    method: 'POST',
    headers: { authorization: `Bearer ${service.keys[as]}`, ...(where && { 'gatehouse-workspace': where }) },
  })
  if (response.status === 204) return 'called'
  const said = (await response.json()) as { code: string; reasons?: { id: string }[] }
  return said.reasons?.map(({ id }) => id).join(' ') ?? said.code
}
const items = ({ body }: Asked) => body['items'] as Record<string, unknown>[]

beforeAll(async () => {
  service = await testService()
  beside = await service.beside()
  digest = await published(service, { manifest, guest: ECHO, capabilities: [] })
  team = await workspace('acme_admin', 'team')
  labs = await workspace('acme_admin', 'labs')
  theirs = await workspace('globex_admin', 'theirs')
  for (const name of ['lead', 'installer', 'caller', 'viewer', 'nobody', 'outsider'] as const)
    people[name] = { id: await person(name), key: '' }
  const roles = { lead: 'workspace_admin', installer: 'installer', caller: 'caller', viewer: 'viewer' } as const
  for (const [name, role] of Object.entries(roles))
    expect((await give('acme_admin', people[name as Named].id, [role])).status).toBe(200)
  expect((await give('acme_admin', people.outsider.id, ['workspace_admin'], labs)).status).toBe(200)
  for (const [name, { id }] of Object.entries(people)) (service.keys as Record<string, string>)[name] = await keyOf(id)
}, 120_000)
afterAll(async () => {
  await beside?.stop()
  await service?.stop()
})

describe('a workspace', () => {
  it('is made, found and renamed by whoever may in the whole organisation, once for each slug', async () => {
    expect(reasons(await service.ask('acme_admin', 'POST', '/v1/workspaces', { slug: 'team', name: 'x' }))).toEqual([
      409,
      'already_exists',
    ])
    expect(reasons(await service.ask('acme_member', 'POST', '/v1/workspaces', { slug: 'mine', name: 'x' }))).toEqual([
      403,
      'admin.scope_missing',
    ])
    const found = await service.ask('acme_admin', 'GET', '/v1/workspaces?search=EAM')
    expect(items(found).map(({ slug }) => slug)).toEqual(['team'])
    const path = `/v1/workspaces/${labs}`
    expect((await service.ask('acme_admin', 'PATCH', path, { version: 1, name: 'Labs' })).body).toMatchObject({
      ...{ name: 'Labs', slug: 'labs', version: 2 },
    })
    expect((await service.ask('acme_admin', 'PATCH', path, { version: 1, name: 'Late' })).status).toBe(409)
  })

  it('has no slug in the form of an id, which another workspace may have', async () => {
    const refused = await service.ask('acme_admin', 'POST', '/v1/workspaces', { slug: labs, name: 'Labs' })
    expect([refused.status, refused.body['errors']]).toEqual([
      400,
      [{ pointer: '/slug', detail: expect.stringContaining('must not have the form of a UUID') }],
    ])
  })

  it('is not seen by another organisation', async () => {
    for (const [method, path, body] of [
      ['GET', ''],
      ['GET', '/members'],
      ['PATCH', '', { version: 1, name: 'x' }],
      ['POST', '/archive', { version: 1, reason: 'x' }],
      ['PUT', `/members/${people.nobody.id}`, { roles: ['caller'] }],
      ['DELETE', `/members/${people.lead.id}`],
    ] as const)
      expect((await service.ask('globex_owner', method, `/v1/workspaces/${team}${path}`, body)).status).toBe(404)
  })
})

describe('roles within one workspace', () => {
  it('let their holder install and call there, and nowhere else', async () => {
    expect((await put('acme_admin', null)).status).toBe(201)
    expect((await put('acme_admin', labs)).status).toBe(201)
    expect(reasons(await put('caller', team))).toEqual([403, 'install.scope_missing'])
    expect(reasons(await put('installer', null))).toEqual([403, 'install.scope_missing'])
    const made = await put('installer', team, { secrets: { TOKEN: 'hush' } })
    expect([made.status, made.body['workspace_id']]).toEqual([201, team])
    for (const as of ['installer', 'caller', 'lead']) expect(await call(as, 'team')).toBe('called')
    expect(await call('caller', team)).toBe('called')
    for (const where of [undefined, 'default', 'labs', labs])
      expect(await call('caller', where)).toBe('call.scope_missing')
    expect(await call('viewer', 'team')).toBe('call.scope_missing')
    expect(await call('nobody', 'team')).toBe('call.scope_missing')
    expect(await call('acme_member', 'team')).toBe('called')
    expect(await call('caller', 'theirs')).toBe('not_found')
    expect(await call('caller', theirs)).toBe('not_found')
    expect(await call('caller', 'a b')).toBe('request.invalid')
  }, 60_000)

  it('let their holder read what lies there, and nothing else', async () => {
    const mine = await service.ask('viewer', 'GET', `/v1/installs?workspace_id=${team}`)
    expect([mine.status, items(mine).map(({ workspace_id }) => workspace_id)]).toEqual([200, [team]])
    const executions = () => service.ask('viewer', 'GET', `/v1/executions?workspace_id=${team}`)
    const seen = await until(executions, (answer) => items(answer).length >= 3)
    expect(new Set(items(seen).map(({ workspace_id }) => workspace_id))).toEqual(new Set([team]))
    expect((await service.ask('viewer', 'GET', `/v1/workspaces/${team}`)).status).toBe(200)
    for (const path of [
      '/v1/installs',
      `/v1/installs?workspace_id=${labs}`,
      `/v1/installs?workspace_id=${theirs}`,
      '/v1/executions',
      `/v1/executions?workspace_id=${labs}`,
      `/v1/workspaces/${labs}`,
      `/v1/workspaces/${labs}/members`,
      `/v1/people?workspace_id=${team}`,
      '/v1/people',
      '/v1/keys',
      `/v1/workspaces/${theirs}/members`,
    ])
      expect([path, (await service.ask('viewer', 'GET', path)).status]).toEqual([
        path,
        // The list of people takes no workspace.
        path.includes('people?') ? 400 : 403,
      ])
  }, 60_000)

  it('are told of oneself and of others', async () => {
    const { body: me } = await service.ask('installer', 'GET', '/v1/whoami')
    expect(me).toMatchObject({ scopes: [], in_workspaces: [{ workspace: { slug: 'team' }, roles: ['installer'] }] })
    const { body: roles } = await service.ask('acme_admin', 'GET', `/v1/people/${people.lead.id}/roles`)
    expect(roles['in_workspaces']).toEqual([
      { workspace: expect.objectContaining({ id: team }), roles: ['workspace_admin'] },
    ])
    const { body: review } = await service.ask('acme_owner', 'GET', '/v1/access/review')
    const lead = (review['people'] as { id: string; roles: object[] }[]).find(({ id }) => id === people.lead.id)!
    expect(lead.roles).toEqual([
      expect.objectContaining({
        ...{ role: 'workspace_admin', kind: 'workspace', workspace: { id: team, slug: 'team' } },
        by: expect.objectContaining({ rule: 'workspace.set_member' }),
      }),
    ])
  })

  it('are what access is explained by', async () => {
    const explain = async (who: Named, question: object) =>
      (await service.ask('acme_owner', 'POST', '/v1/access/explain', { person: people[who].id, ...question })).body
    const ask = { action: 'extension.invoke', resource: `${NAME}/run`, method: 'POST' }
    expect(await explain('caller', { ...ask, workspace: 'team' })).toMatchObject({
      outcome: 'allow',
      scope: { held: true, by: [{ role: 'caller', custom: false, workspace: team }] },
    })
    expect(await explain('caller', { ...ask, workspace: 'labs' })).toMatchObject({
      outcome: 'deny',
      scope: { held: false },
    })
    const create = { action: 'install.create', with: { extension: NAME }, workspace: labs }
    expect(await explain('installer', create)).toMatchObject({ outcome: 'deny', scope: { held: false } })
    expect(await explain('installer', { ...create, workspace: team })).toMatchObject({
      ...{ outcome: 'hold', scope: { by: [{ role: 'installer', custom: false, workspace: team }] } },
    })
    expect(
      await explain('viewer', { action: 'install.read', endpoint: 'installs.list', workspace: team }),
    ).toMatchObject({ outcome: 'allow' })
    expect(await explain('viewer', { action: 'install.read', endpoint: 'installs.list' })).toMatchObject({
      outcome: 'deny',
    })
    const who = await service.ask('acme_owner', 'POST', '/v1/access/who-can', {
      ...{ action: 'workspace.set_member', resource: `${team}/${people.nobody.id}`, with: { roles: ['caller'] } },
    })
    const found = items(who).map(({ person: each, by }) => [(each as Member).id, by])
    expect(found).toContainEqual([people.lead.id, [{ role: 'workspace_admin', custom: false, workspace: team }]])
    expect(found.map(([id]) => id)).not.toContain(people.outsider.id)
  }, 60_000)

  it('end at once, on every instance', async () => {
    await until(
      () => call('caller', 'team', beside.url),
      (said) => said === 'called',
    )
    expect((await take('acme_admin', people.caller.id)).status).toBe(200)
    expect(await call('caller', 'team')).toBe('call.scope_missing')
    await until(
      () => call('caller', 'team', beside.url),
      (said) => said === 'call.scope_missing',
    )
    expect((await give('acme_admin', people.caller.id, ['caller'])).status).toBe(200)
    await until(
      () => call('caller', 'team', beside.url),
      (said) => said === 'called',
    )
  }, 60_000)
})

describe('a runtime token of an install beside the default workspace', () => {
  it('reaches that install, whoever of its workspace minted it', async () => {
    const listed = await service.ask('installer', 'GET', `/v1/installs?workspace_id=${team}`)
    const { id } = items(listed)[0] as { id: string }
    const minted = await service.ask('installer', 'POST', `/v1/installs/${id}/runtime-tokens`, { name: 'worker' })
    expect(minted.status).toBe(201)
    const of = (key: string) => ({ authorization: `Bearer ${key}`, 'content-type': 'application/octet-stream' })
    const as = minted.body['access_token'] as string
    const kept = await fetch(`${service.url}/ext-api/v1/kv/here`, { method: 'PUT', headers: of(as), body: 'team' })
    expect(kept.status).toBe(200)
    const { rows } = await service.owner.query(
      'SELECT i.workspace_id FROM extension_kv k JOIN tenant_extension_install i ON i.id = k.install_id WHERE k.key = $1',
      ['here'],
    )
    expect(rows).toEqual([{ workspace_id: team }])
    const other = items(await service.ask('acme_admin', 'GET', `/v1/installs?workspace_id=${labs}`))[0] as {
      id: string
    }
    expect(
      reasons(await service.ask('installer', 'POST', `/v1/installs/${other.id}/runtime-tokens`, { name: 'x' })),
    ).toEqual([403, 'admin.scope_missing'])
  })
})

describe('an archived workspace', () => {
  const state = (what: string, version: number, body: object = {}) =>
    service.ask('acme_admin', 'POST', `/v1/workspaces/${labs}/${what}`, { version, ...body })

  it('refuses calls and installs by a reason of its own, until it is restored', async () => {
    expect(await call('acme_member', 'labs')).toBe('called')
    const archived = await state('archive', 2, { reason: 'over' })
    expect(archived.body).toMatchObject({ status: 'archived', archived_because: 'over', version: 3 })
    for (const url of [service.url, beside.url])
      await until(
        () => call('acme_member', 'labs', url),
        (said) => said === 'call.workspace_archived',
      )
    expect(await call('acme_member')).toBe('called')
    expect(reasons(await state('archive', 3, { reason: 'again' }))).toEqual([403, 'admin.workspace_state'])
    const [there] = items(await service.ask('acme_admin', 'GET', `/v1/installs?workspace_id=${labs}`))
    const change = { revision: there!['revision'], permissions: [] }
    expect(reasons(await service.ask('acme_admin', 'PATCH', `/v1/installs/${there!['id'] as string}`, change))).toEqual(
      [403, 'install.workspace_archived'],
    )
    expect(
      items(await service.ask('acme_admin', 'GET', '/v1/workspaces?status=archived')).map(({ slug }) => slug),
    ).toEqual(['labs'])
    expect((await state('restore', 3)).body).toMatchObject({ status: 'active', archived_because: null })
    for (const url of [service.url, beside.url])
      await until(
        () => call('acme_member', 'labs', url),
        (said) => said === 'called',
      )
  }, 60_000)

  it('is never the default one', async () => {
    const found = items(await service.ask('acme_admin', 'GET', '/v1/workspaces?search=default'))[0] as { id: string }
    const archive = { version: 1, reason: 'x' }
    expect(reasons(await service.ask('acme_admin', 'POST', `/v1/workspaces/${found.id}/archive`, archive))).toEqual([
      403,
      'admin.workspace_default',
    ])
  })
})

describe('whoever administers one workspace', () => {
  it('gives and takes roles there, up to their own', async () => {
    expect((await give('lead', people.nobody.id, ['caller', 'viewer'])).body).toMatchObject({
      roles: ['caller', 'viewer'],
    })
    expect((await give('lead', people.nobody.id, ['installer'], team, 1)).body).toMatchObject({ version: 2 })
    expect((await give('lead', people.nobody.id, ['caller'], team, 1)).status).toBe(409)
    expect((await give('lead', people.nobody.id, ['caller'])).status).toBe(409)
    const members = await service.ask('lead', 'GET', `/v1/workspaces/${team}/members`)
    expect(items(members).map((each) => (each['person'] as { name: string }).name)).toContain('nobody')
    expect((await take('lead', people.nobody.id)).body).toMatchObject({ roles: ['installer'] })
  })

  it.each([
    ['roles in another workspace', () => give('lead', people.nobody.id, ['caller'], labs)],
    ['themselves a role in another workspace', () => give('lead', people.lead.id, ['workspace_admin'], labs)],
    ['roles from a member of another workspace', () => take('lead', people.outsider.id, labs)],
    [
      'the workspace another name',
      () => service.ask('lead', 'PATCH', `/v1/workspaces/${team}`, { version: 1, name: 'x' }),
    ],
    [
      'it to the archive',
      () => service.ask('lead', 'POST', `/v1/workspaces/${team}/archive`, { version: 1, reason: 'x' }),
    ],
    ['themselves a workspace', () => service.ask('lead', 'POST', '/v1/workspaces', { slug: 'mine', name: 'x' })],
    ['a person to the organisation', () => service.ask('lead', 'POST', '/v1/people', { name: 'x', roles: ['member'] })],
    [
      'themselves a role in the organisation',
      () => service.ask('lead', 'PATCH', `/v1/people/${people.lead.id}`, { version: 1, roles: ['admin'] }),
    ],
    ['an extension to the default workspace', () => put('lead', null)],
    [
      'a limit to the organisation',
      () =>
        service.ask('lead', 'PUT', '/v1/limits/all', { document: { title: 'x', entries: [] }, why: 'x', revision: 0 }),
    ],
    ['the archive of the organisation away', () => service.ask('lead', 'GET', '/v1/access/review')],
  ])('does not give %s', async (_what, attempt) => {
    expect((await attempt()).status).toBe(403)
  })

  it('does not install where the body names another workspace', async () => {
    expect(reasons(await put('lead', theirs))).toEqual([404, 'not_found'])
    const there = items(await service.ask('acme_admin', 'GET', `/v1/installs?workspace_id=${labs}`))[0] as {
      id: string
    }
    expect(reasons(await service.ask('lead', 'DELETE', `/v1/installs/${there.id}`))).toEqual([
      403,
      'install.scope_missing',
    ])
    const change = { revision: 1, permissions: [], workspace_id: team }
    expect((await service.ask('lead', 'PATCH', `/v1/installs/${there.id}`, change)).status).toBe(400)
  })

  it('makes no member of somebody from another organisation, nor of nobody', async () => {
    const { body } = await service.ask('globex_admin', 'GET', '/v1/whoami')
    expect((await give('lead', body['id'] as string, ['caller'])).status).toBe(404)
    expect((await give('lead', randomUUID(), ['caller'])).status).toBe(404)
    expect((await give('operator', body['id'] as string, ['caller'])).status).toBe(404)
  })

  it('gives nothing that their own key is not for, nor takes it from those who have it', async () => {
    const scopes = ['workspaces:read', 'workspace_members:write', 'installs:read', 'extensions:invoke']
    const narrow = await service.ask('acme_owner', 'POST', '/v1/keys', {
      principal_id: people.lead.id,
      name: 'narrow',
      scopes,
    })
    ;(service.keys as Record<string, string>)['narrow'] = narrow.body['secret'] as string
    expect(reasons(await give('narrow', people.nobody.id, ['installer']))).toEqual([
      403,
      'admin.workspace_role_beyond_own',
    ])
    expect(reasons(await give('narrow', people.nobody.id, ['workspace_admin']))).toEqual([
      403,
      'admin.workspace_role_beyond_own',
    ])
    expect(reasons(await take('narrow', people.installer.id))).toEqual([403, 'admin.workspace_role_beyond_own'])
    expect((await give('narrow', people.nobody.id, ['caller'])).status).toBe(200)
  })

  it('is let go with their roles', async () => {
    expect(
      (await service.ask('acme_owner', 'PATCH', `/v1/people/${people.lead.id}`, { version: 1, disabled: true })).status,
    ).toBe(200)
    expect((await give('lead', people.viewer.id, ['caller'])).status).toBe(401)
  })
})
