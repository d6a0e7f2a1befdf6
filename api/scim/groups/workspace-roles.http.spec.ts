import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Asked } from '../../testing/asking.js'
import { published, until } from '../../testing/published-extension.js'
import { scimWorld, type Connection, type ScimWorld } from '../testing/scim-world.js'

const NAME = 'com.acme-labs.placed'
const ECHO = `export function handle() { return { status: 204, headers: [], body: new Uint8Array(0) } }`
const manifest = {
  ...{ id: NAME, version: '1.0.0', permissions: [] },
  api: { endpoints: [{ id: 'run', title: 'Run', method: 'POST', path: '/run' }] },
}

let world: ScimWorld
let acme: Connection
let beside: Awaited<ReturnType<ScimWorld['service']['beside']>>
/** Two workspaces of the organisation. */
const ids = { payments: '', labs: '' }

const ask = (...request: Parameters<ScimWorld['service']['ask']>) => world.service.ask(...request)
const items = ({ body }: Asked) => body['items'] as Record<string, unknown>[]
const reasons = ({ status, body }: Asked) => [
  status,
  ...((body['reasons'] as { id: string }[] | undefined) ?? []).map(({ id }) => id),
]

let revision = 0
const set = async (as: string, ...entries: object[]): Promise<Asked> => {
  const body = { document: { title: 'Ours', entries }, why: 'as agreed', revision }
  const answer = await ask(as, 'PUT', '/v1/group-rules/default', body)
  if (answer.status === 200) revision += 1
  return answer
}
const rules = async (...entries: object[]) => expect(reasons(await set('acme_owner', ...entries))).toEqual([200])
const giving = (display_name: string, workspace: string, ...roles: string[]) => ({
  ...{ display_name, in_workspaces: [{ workspace, roles }], why: 'as agreed' },
})
/** A key of somebody by which tests ask as them, under a name of its own. */
const keyOf = async (name: string, id: string): Promise<string> => {
  const made = await ask('acme_owner', 'POST', '/v1/keys', { principal_id: id, name })
  ;(world.service.keys as Record<string, string>)[name] = String(made.body['secret'])
  return name
}
const call = async (as: string, where: string, url = world.service.url): Promise<string> => {
  const response = await fetch(`${url}/api/ext/${NAME}/run`, {
    ...{ method: 'POST', headers: { authorization: `Bearer ${world.service.keys[as]}`, 'gatehouse-workspace': where } },
  })
  if (response.status === 204) return 'called'
  const said = (await response.json()) as { code: string; reasons?: { id: string }[] }
  return said.reasons?.map(({ id }) => id).join(' ') ?? said.code
}
const everywhere = async (said: string, ...[as, where]: [string, string]) => {
  expect(await call(as, where)).toBe(said)
  await until(
    () => call(as, where, beside.url),
    (other) => other === said,
  )
}
const remove = (id: string) => ({ op: 'remove', path: `members[value eq "${id}"]` })
const add = (id: string) => ({ op: 'add', path: 'members', value: [{ value: id }] })

beforeAll(async () => {
  world = await scimWorld()
  acme = await world.connect('acme_owner')
  beside = await world.service.beside()
  const digest = await published(world.service, { manifest, guest: ECHO, capabilities: [] })
  for (const slug of ['payments', 'labs'] as const) {
    ids[slug] = (await ask('acme_admin', 'POST', '/v1/workspaces', { slug, name: `The ${slug}` })).body['id'] as string
    const install = { extension: NAME, permissions: [], consent: { digest, permissions: [] }, workspace_id: ids[slug] }
    expect((await ask('acme_admin', 'POST', '/v1/installs', install)).status).toBe(201)
  }
}, 120_000)
afterAll(async () => {
  await beside?.stop()
  await world?.stop()
})

describe('roles in a workspace by groups', () => {
  it('count there alone, and come and go with the membership and the rule, on every instance', async () => {
    await rules(giving('payers', 'payments', 'caller'))
    const { id } = await acme.user('payer@scim.example')
    const group = await acme.group('Payers', [id])
    const payer = await keyOf('payer', id)
    await everywhere('called', payer, 'payments')
    await everywhere('call.scope_missing', payer, 'labs')
    await acme.patch(`/Groups/${group.id}`, remove(id))
    await everywhere('call.scope_missing', payer, 'payments')
    await acme.patch(`/Groups/${group.id}`, add(id))
    await everywhere('called', payer, 'payments')
    await rules(giving('payers', ids.labs, 'caller'))
    await everywhere('call.scope_missing', payer, 'payments')
    await everywhere('called', payer, 'labs')
    await rules({ ...giving('payers', 'payments', 'caller'), until: '2020-01-01T00:00:00Z' })
    await everywhere('call.scope_missing', payer, 'labs')
  }, 60_000)

  it('are gone while the workspace is archived, as those that people were given themselves are', async () => {
    await rules(giving('keepers', 'labs', 'caller'))
    const { id } = await acme.user('keeper@scim.example')
    await acme.group('keepers', [id])
    const keeper = await keyOf('keeper', id)
    await everywhere('called', keeper, 'labs')
    const state = async (what: string, body: object) => {
      const { version } = (await ask('acme_admin', 'GET', `/v1/workspaces/${ids.labs}`)).body
      return ask('acme_admin', 'POST', `/v1/workspaces/${ids.labs}/${what}`, { version, ...body })
    }
    expect((await state('archive', { reason: 'over' })).status).toBe(200)
    await until(
      () => call(keeper, 'labs'),
      (said) => said === 'call.workspace_archived',
    )
    expect((await state('restore', {})).status).toBe(200)
    await until(
      () => call(keeper, 'labs'),
      (said) => said === 'called',
    )
  }, 60_000)

  it('are told of oneself, of others with group and rule, in the review of access, and of the group', async () => {
    await rules(giving('told', 'payments', 'viewer', 'installer'))
    const { id } = await acme.user('told@scim.example')
    const group = await acme.group('told', [id])
    await ask('acme_admin', 'PUT', `/v1/workspaces/${ids.labs}/members/${id}`, { roles: ['caller'] })
    const me = (await ask(await keyOf('told', id), 'GET', '/v1/whoami')).body
    expect(me).toMatchObject({
      scopes: [],
      in_workspaces: [
        { workspace: { slug: 'labs' }, roles: ['caller'] },
        { workspace: { slug: 'payments' }, roles: ['installer', 'viewer'] },
      ],
    })
    expect((await ask('acme_admin', 'GET', `/v1/people/${id}/roles`)).body).toMatchObject({
      in_workspaces: [{ workspace: { slug: 'labs' }, roles: ['caller'] }],
      by_groups: [
        {
          ...{ group: { id: group.id, display_name: 'told' }, rules: 'default', revision },
          rule: { roles: [], in_workspaces: [{ workspace: 'payments', roles: ['viewer', 'installer'] }] },
        },
      ],
    })
    const { body: review } = await ask('acme_owner', 'GET', '/v1/access/review')
    const reviewed = (review['people'] as { id: string; roles: object[] }[]).find((each) => each.id === id)!
    expect(reviewed.roles).toContainEqual(
      expect.objectContaining({
        ...{ role: 'viewer', kind: 'group', workspace: { id: ids.payments, slug: 'payments' } },
        scopes: ['workspaces:read', 'installs:read', 'executions:read'],
        by: { rule: 'told', actor: null, decision_id: null },
      }),
    )
    expect((await ask('acme_admin', 'GET', `/v1/scim/groups/${group.id}`)).body).toMatchObject({
      ...{ roles: [], in_workspaces: [{ workspace: { slug: 'payments' }, roles: ['installer', 'viewer'] }] },
      rules: [{ rule: { in_workspaces: [{ workspace: 'payments' }] } }],
    })
  })

  it('are what access is explained by, and who can is answered by', async () => {
    await rules(giving('explained', 'payments', 'workspace_admin'))
    const { id } = await acme.user('explained@scim.example')
    await acme.group('explained', [id])
    const question = { person: id, action: 'extension.invoke', resource: `${NAME}/run`, method: 'POST' }
    const explain = async (workspace: string) =>
      (await ask('acme_owner', 'POST', '/v1/access/explain', { ...question, workspace })).body
    const by = [{ role: 'workspace_admin', custom: false, workspace: ids.payments }]
    expect(await explain('payments')).toMatchObject({ outcome: 'allow', scope: { held: true, by } })
    expect(await explain('labs')).toMatchObject({ outcome: 'deny', scope: { held: false } })
    const who = await ask('acme_owner', 'POST', '/v1/access/who-can', {
      ...{ action: 'workspace.set_member', resource: `${ids.payments}/${id}`, with: { roles: ['caller'] } },
    })
    expect(items(who).map(({ person, by: roles }) => [(person as { id: string }).id, roles])).toContainEqual([id, by])
  }, 60_000)

  it('are lost with what the provider lets go, which a preview tells', async () => {
    await rules(giving('losers', 'payments', 'caller'))
    const { id } = await acme.user('loser@scim.example')
    const group = await acme.group('losers', [id])
    const preview = await world.connect('acme_owner', {}, { preview: true })
    await preview.patch(`/Groups/${group.id}`, remove(id))
    const log = await ask('acme_owner', 'GET', `/v1/scim/log?effect=roles.lost&limit=1`)
    expect(items(log)).toMatchObject([
      { would: true, effects: expect.arrayContaining([expect.objectContaining({ detail: 'caller in payments' })]) },
    ])
  })
})

describe('a rule that gives roles in a workspace', () => {
  it('is previewed with who would gain and lose what where', async () => {
    await rules(giving('previewed', 'payments', 'caller', 'viewer'))
    const { id } = await acme.user('previewed@scim.example')
    await acme.group('previewed', [id])
    await ask('acme_admin', 'PUT', `/v1/workspaces/${ids.labs}/members/${id}`, { roles: ['caller'] })
    const document = {
      title: 'Ours',
      entries: [
        { ...giving('previewed', 'payments', 'installer', 'viewer'), roles: ['auditor'] },
        giving('previewed', 'labs', 'caller'),
      ],
    }
    const { body } = await ask('acme_owner', 'POST', '/v1/group-rules/default/preview', { document })
    const payments = { id: ids.payments, slug: 'payments', name: 'The payments' }
    expect(body).toMatchObject({ affected: 1, beyond_own: [], tokens_beyond: [] })
    expect(body['people']).toEqual([
      {
        ...{ id, name: expect.any(String), gains: ['auditor'], loses: [] },
        in_workspaces: [{ workspace: payments, gains: ['installer'], loses: ['caller'] }],
      },
    ])
  })

  it('names a workspace of the organisation, by slug or id', async () => {
    const theirs = await ask('globex_admin', 'POST', '/v1/workspaces', { slug: 'theirs', name: 'Theirs' })
    for (const workspace of ['paiments', 'theirs', String(theirs.body['id'])]) {
      const refused = await set('acme_owner', giving('x', 'payments', 'caller'), giving('x', workspace, 'caller'))
      expect([refused.status, refused.body['errors']]).toEqual([
        400,
        [
          {
            pointer: '/document/entries/1/in_workspaces/0/workspace',
            detail: expect.stringContaining('is the slug or id of no workspace of this organisation'),
          },
        ],
      ])
    }
    expect((await set('acme_owner', { display_name: 'x', roles: [], why: 'gives nothing' })).status).toBe(400)
    expect((await set('acme_owner', giving('x', 'payments', 'owner'))).status).toBe(400)
  })

  it('is written and taken away by whoever has as much there, and may say who has which role', async () => {
    await rules()
    const role = { document: { title: 'Keeper', scopes: ['people:read', 'people:write'] }, why: 'x', revision: 0 }
    expect((await ask('acme_owner', 'PUT', '/v1/roles/keeper', role)).status).toBe(200)
    const person = { name: 'Keeper', email: 'keeper@acme.example', roles: [], custom_roles: ['keeper'] }
    const { id } = (await ask('acme_owner', 'POST', '/v1/people', person)).body as { id: string }
    const there = (roles: string[], version?: number) =>
      ask('acme_owner', 'PUT', `/v1/workspaces/${ids.payments}/members/${id}`, { roles, ...(version && { version }) })
    const beyond = [403, 'admin.role_beyond_own']
    await there(['installer'])
    expect(reasons(await set(await keyOf('one', id), giving('x', 'payments', 'installer')))).toEqual(beyond)
    await there(['workspace_admin'], 1)
    const keeper = await keyOf('two', id)
    expect(reasons(await set(keeper, giving('x', 'payments', 'installer')))).toEqual([200])
    expect(reasons(await set(keeper, giving('x', 'labs', 'viewer')))).toEqual(beyond)
    const document = { title: 'Ours', entries: [giving('x', 'labs', 'viewer')] }
    const { body } = await ask(keeper, 'POST', '/v1/group-rules/default/preview', { document })
    expect(body['beyond_own']).toEqual(expect.arrayContaining(['workspace_members:write', 'executions:read']))
    await rules(giving('x', 'labs', 'viewer'))
    expect(reasons(await set(keeper))).toEqual(beyond)
    await rules()
  })

  it('gives nothing that makers of tokens lack, and lets nobody make one who has less', async () => {
    await rules()
    const role = { document: { title: 'Syncer', scopes: ['scim:read', 'scim:write'] }, why: 'x', revision: 0 }
    expect((await ask('acme_owner', 'PUT', '/v1/roles/syncer', role)).status).toBe(200)
    const person = { name: 'Syncer', email: 'syncer@acme.example', roles: [], custom_roles: ['syncer'] }
    const { id } = (await ask('acme_owner', 'POST', '/v1/people', person)).body as { id: string }
    const syncer = await keyOf('syncer', id)
    const { body: connection } = await ask(syncer, 'POST', '/v1/scim/connections', { name: 'Theirs' })
    const tokens = `/v1/scim/connections/${String(connection['id'])}/tokens`
    const { body: token } = await ask(syncer, 'POST', tokens, { name: 'first' })
    const entry = giving('x', 'payments', 'viewer')
    expect(reasons(await set('acme_owner', entry))).toEqual([403, 'admin.scim_token_beyond'])
    const preview = { document: { title: 'Ours', entries: [entry] } }
    const { body: would } = await ask('acme_owner', 'POST', '/v1/group-rules/default/preview', preview)
    expect(would['tokens_beyond']).toEqual(['Theirs'])
    // Whoever administers the workspace could give it by hand.
    const member = { roles: ['workspace_admin'] }
    await ask('acme_owner', 'PUT', `/v1/workspaces/${ids.payments}/members/${id}`, member)
    expect(reasons(await set('acme_owner', entry))).toEqual([200])
    expect(reasons(await set('acme_owner', giving('x', 'labs', 'viewer')))).toEqual([403, 'admin.scim_token_beyond'])
    await ask('acme_owner', 'DELETE', `/v1/scim/tokens/${String(token['id'])}`)
    await rules(giving('x', 'labs', 'viewer'))
    expect(reasons(await ask(syncer, 'POST', tokens, { name: 'second' }))).toEqual([403, 'admin.role_beyond_own'])
    await rules()
  })
})
