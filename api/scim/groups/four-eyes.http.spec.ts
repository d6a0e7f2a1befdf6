import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { groupBody, scimWorld, type Connection, type ScimWorld } from '../testing/scim-world.js'

let world: ScimWorld
let byOpener: Connection
let byLead: Connection
let tenantId: unknown
let count = 0

const ask = (as: string, method: string, path: string, body?: object) => world.service.ask(as, method, path, body)
const post = async (key: string, path: string, body: object) => {
  const answer = await fetch(`${world.service.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

/** A key that the operator of the platform issued: it stems from nobody of the organisation. */
const keyOf = async (principal_id: unknown): Promise<string> =>
  String((await ask('operator', 'POST', '/v1/keys', { principal_id, name: 'own' })).body['secret'])
/** Somebody of Acme's whom one of these made. */
const made = async (maker: string, ...roles: string[]) => {
  const body = { name: 'P', email: `p${++count}@acme.example`, roles, tenant_id: tenantId }
  const { id } = (await ask(maker, 'POST', '/v1/people', body)).body
  return { id: String(id), key: await keyOf(id) }
}

/** A connection whose provider has a token that this key made. */
const connectedBy = async (key: string): Promise<Connection> => {
  const connection = await world.connect('acme_admin')
  const { body } = await post(key, `/v1/scim/connections/${connection.id}/tokens`, { name: 'second' })
  const headers = { authorization: `Bearer ${String(body['secret'])}` }
  return { ...connection, ask: (method, path, sent = {}) => connection.ask(method, path, { ...sent, headers }) }
}
/** Somebody whom a provider keeps in step. */
const somebody = async (): Promise<string> => String((await byLead.user(`voter${++count}@scim.example`)).id)
const group = async (it: Connection, displayName: string, ...ids: string[]): Promise<string> => {
  const { status, body } = await it.ask('POST', '/Groups', { body: groupBody(displayName, ids) })
  expect(status).toBe(201)
  return String(body.id)
}

const MADE = ['admin.vote_made_by_opener']

const get = async (key: string, path: string) => {
  const answer = await fetch(`${world.service.url}${path}`, { headers: { authorization: `Bearer ${key}` } })
  return (await answer.json()) as Record<string, unknown>
}
/** Gives somebody these roles of their own. */
const give = async (id: string, roles: object): Promise<void> => {
  const { body } = await ask('operator', 'GET', `/v1/people?tenant_id=${String(tenantId)}&limit=200`)
  const { version } = (body['items'] as { id: string; version: number }[]).find((person) => person.id === id)!
  expect((await ask('operator', 'PATCH', `/v1/people/${id}`, { version, ...roles })).status).toBe(200)
}
/** A role of the organisation's own. */
const role = async (name: string, ...scopes: string[]): Promise<void> => {
  const body = { document: { title: name, scopes }, why: 'as agreed', revision: 0 }
  expect((await ask('acme_owner', 'PUT', `/v1/roles/${name}`, body)).status).toBe(200)
}

/** What comes of somebody's vote on a request that Acme's owner opened; they are told that it waits for them where it does. */
const vote = async (voter: string, scope = 'people:write'): Promise<unknown> => {
  const key = await keyOf(voter)
  const leaver = await made('operator', 'member')
  const opened = await ask('acme_owner', 'POST', `/v1/people/${leaver.id}/erase`)
  const { id } = opened.body['approval'] as { id: string }
  const { owner } = world.service
  await owner.query('ALTER TABLE approval DISABLE TRIGGER governed')
  await owner.query('UPDATE approval SET scope = $2 WHERE id = $1', [id, scope])
  await owner.query('ALTER TABLE approval ENABLE TRIGGER governed')
  const { body: shown } = await ask('acme_owner', 'GET', `/v1/approvals/${id}`)
  const waiting = async (query: string) => {
    const { items } = (await get(key, `/v1/approvals?limit=200${query}`)) as {
      items?: { id: string; waits_for_me: boolean }[]
    }
    return items?.find((item) => item.id === id)
  }
  const { waits_for_me } = { waits_for_me: false, ...(await waiting('')) }
  expect(Boolean(await waiting('&waiting=true'))).toBe(waits_for_me)
  const said = { verdict: 'approve', subject_digest: shown['subject_digest'] }
  const { status, body } = await post(key, `/v1/approvals/${id}/votes`, said)
  expect(waits_for_me).toBe(status === 201)
  return status === 201 ? 'accepted' : (body['reasons'] as { id: string }[]).map((reason) => reason.id)
}

beforeAll(async () => {
  world = await scimWorld()
  tenantId = (await ask('acme_owner', 'GET', '/v1/people?limit=1')).body['items']
  tenantId = (tenantId as { tenant_id: string }[])[0]!.tenant_id
  byOpener = await world.connect('acme_owner')
  byLead = await connectedBy((await made('operator', 'owner')).key)
  await role('say', 'approvals:vote')
  const entries = [
    { display_name: 'voters *', roles: ['admin'], why: 'by group' },
    { display_name: 'having a say*', roles: [], custom_roles: ['say'], why: 'to vote alone' },
  ]
  const rules = { document: { title: 'Ours', entries }, why: 'as agreed', revision: 0 }
  expect((await ask('acme_owner', 'PUT', '/v1/group-rules/default', rules)).status).toBe(200)
}, 120_000)
afterAll(() => world?.stop())

describe('a vote of somebody who may by a group is', () => {
  it('refused where a token of the opener’s making put them there, also once its connection is gone', async () => {
    const voter = await somebody()
    const it = await world.connect('acme_owner')
    await group(it, 'voters put', voter)
    expect(await vote(voter)).toEqual(MADE)
    const path = `/v1/scim/connections/${it.id}`
    const { version } = (await ask('acme_owner', 'GET', path)).body
    expect((await ask('acme_owner', 'PATCH', path, { version, enabled: false })).status).toBe(200)
    expect((await ask('acme_owner', 'DELETE', path)).status).toBe(200)
    expect(await vote(voter)).toEqual(MADE)
  })

  it('accepted where a token of somebody else’s making did', async () => {
    const voter = await somebody()
    await group(byLead, 'voters of the lead', voter)
    expect(await vote(voter)).toBe('accepted')
  })

  it('refused where a token of the opener’s making put them into a group of somebody else’s, or named it so', async () => {
    const [joined, renamed] = [await somebody(), await somebody()]
    const theirs = await group(byLead, 'voters joined')
    await byOpener.patch(`/Groups/${theirs}`, { op: 'add', path: 'members', value: [{ value: joined }] })
    expect(await vote(joined)).toEqual(MADE)
    const other = await group(byLead, 'nobody in particular', renamed)
    expect(await vote(renamed)).toContain('admin.scope_missing')
    await byOpener.patch(`/Groups/${other}`, { op: 'replace', path: 'displayName', value: 'voters renamed' })
    expect(await vote(renamed)).toEqual(MADE)
  })

  it('accepted where they may by a role of their own as well', async () => {
    const voter = await somebody()
    await group(byOpener, 'voters besides', voter)
    await give(voter, { roles: ['admin'] })
    expect(await vote(voter)).toBe('accepted')
  })

  it('refused where a group gives the right to vote alone, and a role of their own what is voted on', async () => {
    const [byTheirs, byOurs] = [await somebody(), await somebody()]
    for (const id of [byTheirs, byOurs]) await give(id, { roles: ['project_manager'] })
    await group(byLead, 'having a say, by the lead', byTheirs)
    await group(byOpener, 'having a say', byOurs)
    expect(await vote(byTheirs, 'installs:write')).toBe('accepted')
    expect(await vote(byOurs, 'installs:write')).toEqual(MADE)
  })

  it('accepted where a role of the organisation’s own lets them as well', async () => {
    await role('voter', 'people:write', 'approvals:read', 'approvals:vote')
    const voter = await somebody()
    await give(voter, { roles: [], custom_roles: ['voter'] })
    await group(byOpener, 'voters by a role of their own', voter)
    expect(await vote(voter)).toBe('accepted')
  })

  it('refused where somebody of the opener’s making made the token', async () => {
    const puppet = await made('acme_owner', 'owner')
    const voter = await somebody()
    await group(await connectedBy(puppet.key), 'voters of the puppet', voter)
    expect(await vote(voter)).toEqual(MADE)
  })

  it('refused where it is not known by whose token they are there, and the opener made one', async () => {
    const voter = await somebody()
    const id = await group(byLead, 'voters of old', voter)
    const { owner } = world.service
    await owner.query('ALTER TABLE scim_group_member DISABLE TRIGGER governed')
    await owner.query('UPDATE scim_group_member SET said_by = NULL WHERE group_id = $1', [id])
    await owner.query('ALTER TABLE scim_group_member ENABLE TRIGGER governed')
    expect(await vote(voter)).toEqual(MADE)
  })
})
