import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { AccessReview, AuditEntry, PersonalData } from '#contract/api/privacy.js'
import { signInWorld, type SignInWorld } from '../sign-in/testing/sign-in-world.js'

let world: SignInWorld
let mia: { readonly id: string; readonly pseudonym: string }
let kept: { readonly id: string }
beforeAll(async () => {
  world = await signInWorld()
  mia = (await ask('acme_member', 'GET', '/v1/whoami')).body as unknown as typeof mia
  const connection = await ask('acme_owner', 'POST', '/v1/scim/connections', { name: 'HR' })
  const path = `/v1/scim/connections/${String(connection.body['id'])}/tokens`
  const token = await ask('acme_owner', 'POST', path, { name: 'nightly' })
  const response = await fetch(`${world.service.url}/scim/v2/Users`, {
    method: 'POST',
    headers: { authorization: `Bearer ${String(token.body['secret'])}`, 'content-type': 'application/scim+json' },
    body: JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'kim@hr.example' }),
  })
  kept = (await response.json()) as typeof kept
  expect((await world.signIn('mia')).session).toBeDefined()
  await ask('acme_owner', 'POST', '/v1/people', { name: '=cmd|calc!A0', roles: ['member'] })
  await ask('acme_member', 'POST', '/v1/people', { name: 'X', roles: ['member'] })
}, 120_000)
afterAll(() => world?.stop())

const ask: SignInWorld['service']['ask'] = (...request) => world.service.ask(...request)
const listed = async (as: string, query = ''): Promise<AuditEntry[]> => {
  const { status, body } = await ask(as, 'GET', `/v1/audit?limit=200${query}`)
  expect(status).toBe(200)
  return body['items'] as AuditEntry[]
}
const raw = (as: string, path: string) =>
  fetch(world.service.url + path, { headers: { authorization: `Bearer ${world.service.keys[as]}` } })
const recorded = async (action: string): Promise<number> =>
  ((await ask('acme_owner', 'GET', `/v1/decisions?action=${action}&limit=200`)).body['items'] as unknown[]).length

describe('who did what', () => {
  it('is one list of administration, sign-in and SCIM, each with its decision and from where', async () => {
    const entries = await listed('acme_owner')
    expect(entries.map(({ id }) => id)).toEqual(
      entries
        .map(({ id }) => id)
        .toSorted()
        .toReversed(),
    )
    const of = (source: string, action: string) =>
      entries.find((entry) => entry.source === source && entry.action === action)
    expect(of('sign_in', 'session.create')).toMatchObject({
      ...{
        actor: mia.pseudonym,
        name: expect.stringContaining('Mia'),
        outcome: 'allow',
        decision_id: expect.any(String),
      },
      from: { kind: 'session', name: expect.stringContaining('browser') },
    })
    expect(of('scim', 'scim.provision')).toMatchObject({
      ...{ name: 'SCIM: HR', did: 'POST /scim/v2/Users', outcome: 'done', decision_id: expect.any(String) },
      ...{ from: { kind: 'scim', name: 'HR, nightly' }, resource: { kind: 'scim_user', id: kept.id } },
    })
    expect(entries.find(({ outcome, action }) => outcome === 'deny' && action === 'person.create')).toMatchObject({
      ...{ source: 'admin', actor: mia.pseudonym, reasons: expect.arrayContaining(['admin.scope_missing']) },
      from: { kind: 'key', name: null },
    })
  })

  it('is searched by person, source, action, outcome and time', async () => {
    const about = await listed('acme_owner', `&person=${kept.id}`)
    expect(about.map(({ did }) => did)).toEqual(['POST /scim/v2/Users'])
    const byHer = await listed('acme_owner', `&person=${mia.id}`)
    expect(new Set(byHer.map(({ action }) => action))).toEqual(new Set(['session.create', 'person.create']))
    expect(await listed('acme_owner', `&person=${mia.pseudonym}`)).toEqual(byHer)
    expect(await listed('acme_owner', '&source=scim&outcome=done')).toHaveLength(1)
    expect(await listed('acme_owner', '&source=scim&action=person.create')).toEqual([])
    expect((await listed('acme_owner', '&source=sign_in')).every(({ source }) => source === 'sign_in')).toBe(true)
    expect(await listed('acme_owner', '&until=2020-01-01T00:00:00Z')).toEqual([])
    expect(await listed('acme_owner', '&since=2100-01-01T00:00:00Z')).toEqual([])
    expect((await ask('acme_owner', 'GET', '/v1/audit?person=mia')).body).toMatchObject({
      errors: [{ pointer: '/query/person' }],
    })
  })

  it('comes in pages that leave nothing out', async () => {
    const all = (await listed('acme_owner', '&until=2100-01-01T00:00:00Z')).map(({ id }) => id)
    const paged: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await ask('acme_owner', 'GET', `/v1/audit?limit=3${cursor && `&cursor=${cursor}`}`)
      paged.push(...(body['items'] as AuditEntry[]).map(({ id }) => id))
      cursor = body['next_cursor'] as string | null
    }
    expect(paged.filter((id) => all.includes(id))).toEqual(all)
  })

  it('is of the own organisation alone', async () => {
    const { body } = await ask('acme_owner', 'GET', '/v1/whoami')
    const tenant = (body['tenant'] as { id: string }).id
    const theirs = await listed('globex_owner', `&tenant_id=${tenant}`)
    expect(theirs).toEqual([])
    expect((await listed('globex_owner')).every((entry) => entry.tenant !== tenant)).toBe(true)
  })

  it('is exported on record, as lines and as CSV that runs nothing', async () => {
    const before = await recorded('audit.export')
    const lines = (await (await raw('acme_owner', '/v1/audit/export')).text()).trimEnd().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as AuditEntry).source)).toEqual(
      expect.arrayContaining(['scim', 'sign_in']),
    )
    const csv = await raw('acme_owner', '/v1/audit/export?format=csv')
    expect(csv.headers.get('content-type')).toContain('text/csv')
    const table = await csv.text()
    expect(table.split('\r\n')[0]).toContain('at,source,actor,name,action')
    expect(table).not.toMatch(/(^|,)=/m)
    expect(await recorded('audit.export')).toBe(before + 2)
    expect((await raw('acme_admin', '/v1/audit/export')).status).toBe(403)
  })
})

describe('who has what', () => {
  const review = async (as = 'acme_owner', query = '') =>
    (await ask(as, 'GET', `/v1/access/review${query}`)).body as unknown as AccessReview

  it('tells each role with its scopes, since when and by what, and each key', async () => {
    const { people } = await review()
    const made = people.find(({ name }) => name === '=cmd|calc!A0')!
    const { body: owner } = await ask('acme_owner', 'GET', '/v1/whoami')
    expect(made.roles).toEqual([
      expect.objectContaining({
        ...{ role: 'member', kind: 'role', since: expect.any(String), unused: false },
        by: { rule: 'person.create', actor: owner['pseudonym'], decision_id: expect.any(String) },
      }),
    ])
    expect(people.find(({ id }) => id === kept.id)).toMatchObject({ managed: true, roles: [], keys: [] })
    const she = people.find(({ id }) => id === mia.id)!
    expect(she).toMatchObject({ keys: [{ kind: 'api_key', last_used_at: expect.any(String) }], unused: false })
    const admin = people.find(({ id }) => id === owner['id'])!
    expect(admin.roles[0]).toMatchObject({ role: 'owner', last_used_at: expect.any(String) })
  })

  it('tells a role as new that was taken away and given again', async () => {
    const found = async () => (await review()).people.find(({ id }) => id === kept.id)!
    const change = async (roles: string[]) => {
      const { body } = await ask('acme_owner', 'GET', '/v1/people?limit=200')
      const { version } = (body['items'] as { id: string; version: number }[]).find(({ id }) => id === kept.id)!
      expect((await ask('acme_owner', 'PATCH', `/v1/people/${kept.id}`, { version, roles })).status).toBe(200)
    }
    await change(['member'])
    const first = (await found()).roles[0]!
    await change(['member', 'auditor'])
    expect((await found()).roles.find(({ role }) => role === 'member')).toMatchObject({ since: first.since })
    await change(['auditor'])
    await change(['member'])
    const again = (await found()).roles
    expect(again.map(({ role }) => role)).toEqual(['member'])
    expect(again[0]!.by.decision_id).not.toBe(first.by.decision_id)
  })

  it('marks what lay unused for as long as is asked', async () => {
    const { owner: tables } = world.service
    await tables.query(`UPDATE principal_role SET since = now() - interval '100 days' WHERE principal_id = $1`, [
      kept.id,
    ])
    const marked = async (days: number) =>
      (await review('acme_owner', `?unused_days=${days}`)).people.find(({ id }) => id === kept.id)!.roles[0]!.unused
    expect([await marked(90), await marked(200)]).toEqual([true, false])
  })

  it('is CSV as well, on record, and for whoever may export alone', async () => {
    const before = await recorded('access.review')
    const csv = await (await raw('acme_owner', '/v1/access/review.csv')).text()
    expect(csv).toContain(`'=cmd|calc!A0,user`)
    expect(csv).not.toMatch(/(^|,)=/m)
    expect(await recorded('access.review')).toBe(before + 1)
    expect((await raw('acme_admin', '/v1/access/review')).status).toBe(403)
    const { body } = await ask('acme_owner', 'GET', '/v1/whoami')
    const tenant = (body['tenant'] as { id: string }).id
    expect((await raw('globex_owner', `/v1/access/review?tenant_id=${tenant}`)).status).toBe(404)
  })
})

describe('what is kept of a person', () => {
  it('is one document, for administrators on record, and for the person', async () => {
    const before = await recorded('person.export')
    const data = (await ask('acme_admin', 'GET', `/v1/people/${mia.id}/export`)).body as unknown as PersonalData
    expect(data).toMatchObject({
      profile: { id: mia.id, email: 'member@acme.example' },
      identities: [{ subject: 'mia', issuer: world.provider.issuer }],
      sessions: [{ client: 'browser' }],
      ...{ roles: [{ role: 'member' }], keys: [{ name: 'first key' }], scim: null, more: false },
    })
    expect(data.decisions.map(({ action }) => action)).toContain('person.create')
    expect(data.audit.map(({ action }) => action)).toContain('session.create')
    expect(await recorded('person.export')).toBe(before + 1)
    const own = (await ask('acme_member', 'GET', '/v1/whoami/export')).body as unknown as PersonalData
    expect(own.profile).toEqual(data.profile)
    expect(await recorded('person.export_own')).toBe(1)
    expect((await ask('acme_member', 'GET', `/v1/people/${mia.id}/export`)).status).toBe(403)
    expect((await ask('globex_owner', 'GET', `/v1/people/${mia.id}/export`)).status).toBe(404)
  })

  it('says what an identity provider says of them, and what it asked for', async () => {
    const { body } = await ask('acme_admin', 'GET', `/v1/people/${kept.id}/export`)
    expect(body).toMatchObject({ scim: { user_name: 'kim@hr.example' }, provisioning: [{ resource_id: kept.id }] })
  })
})
