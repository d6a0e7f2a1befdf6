import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { verifyExport } from '#sdk/audit/index.js'
import { byCookie, signInWorld, type SignInWorld } from '../sign-in/testing/sign-in-world.js'
import { everyRow, tablesWith } from './testing/every-row.js'

const NAME = 'Zqferdinand Zqleaver'
const USER_NAME = 'zqleaver.login'
const MAIL = 'zqleaver@acme.example'
const SUBJECT = 'zqsubject-4711'
const WORDS = ['zqferdinand', 'zqleaver', 'zqsubject', 'zqexternal', 'zqphone']

let world: SignInWorld
let scim: { readonly token: string }
beforeAll(async () => {
  world = await signInWorld()
  const made = await owner('POST', '/v1/scim/connections', { name: 'HR' })
  const token = await owner('POST', `/v1/scim/connections/${String(made.body['id'])}/tokens`, { name: 'first' })
  scim = { token: String(token.body['secret']) }
}, 120_000)
afterAll(() => world?.stop())

const owner = (method: string, path: string, body?: object) => world.service.ask('acme_owner', method, path, body)
const admin = (method: string, path: string, body?: object) => world.service.ask('acme_admin', method, path, body)

const asked = async (
  secret: string,
  path: string,
  { method = 'GET', body }: { method?: string; body?: object } = {},
) => {
  const response = await fetch(world.service.url + path, {
    method,
    headers: {
      authorization: `Bearer ${secret}`,
      ...(body && { 'content-type': path.startsWith('/scim') ? 'application/scim+json' : 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> }
}
const provision = (path: string, body: object, method = 'POST') =>
  asked(scim.token, `/scim/v2${path}`, { method, body })
const user = () => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  ...{ userName: USER_NAME, externalId: 'zqexternal-1', displayName: NAME, name: { formatted: NAME } },
  emails: [{ value: MAIL, primary: true }],
  phoneNumbers: [{ value: 'zqphone-1' }],
})

interface Somebody {
  readonly id: string
  readonly pseudonym: string
  readonly key: string
  readonly session: string
}
const personOf = async (id: string) => {
  const { body } = await owner('GET', '/v1/people?limit=200')
  return (body['items'] as { id: string; version: number; pseudonym: string; name: string }[]).find(
    (it) => it.id === id,
  )
}

/** Somebody with everything that can be kept of a person, who has done things. */
const somebody = async (): Promise<Somebody> => {
  const { body: made } = await provision('/Users', user())
  const id = String(made['id'])
  await provision('/Users', user())
  await provision('/Groups', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    ...{ displayName: 'Leavers', members: [{ value: id }] },
  })
  const { version, pseudonym } = (await personOf(id))!
  expect((await owner('PATCH', `/v1/people/${id}`, { version, roles: ['admin'] })).status).toBe(200)
  const key = String((await owner('POST', '/v1/keys', { principal_id: id, name: 'own' })).body['secret'])
  const { session } = await world.signIn(SUBJECT, { email: MAIL, name: NAME, acr: 'two' })
  if (session === undefined) throw new Error('nobody was signed in')
  expect(
    (await asked(key, '/v1/service-accounts', { method: 'POST', body: { name: 'Robot', roles: ['member'] } })).status,
  ).toBe(201)
  expect((await asked(key, '/v1/keys', { method: 'POST', body: { name: 'second' } })).status).toBe(201)
  await asked(key, '/v1/whoami/export')
  return { id, pseudonym, key, session }
}

const erase = async (id: string) => {
  const { status, body } = await admin('POST', `/v1/people/${id}/erase`)
  return { status, body, approval: (body['approval'] as { id: string } | undefined)?.id ?? '' }
}
const agree = async (approval: string) => {
  const { body } = await owner('GET', `/v1/approvals/${approval}`)
  return owner('POST', `/v1/approvals/${approval}/votes`, {
    verdict: 'approve',
    subject_digest: body['subject_digest'],
  })
}
const until = async (done: () => Promise<boolean>): Promise<void> => {
  for (const begun = Date.now(); Date.now() - begun < 20_000; await delay(50)) if (await done()) return
  throw new Error('it did not come about')
}
const exportedLedger = async (): Promise<string[]> => {
  const response = await fetch(`${world.service.url}/v1/ledger/export`, {
    headers: { authorization: `Bearer ${world.service.keys['operator']}` },
  })
  return (await response.text()).split('\n').filter(Boolean)
}
const inOrder = async function* (lines: readonly string[]) {
  yield* lines
}

describe('somebody who is erased', () => {
  it('leaves a pseudonym that leads to nobody, in rows that were whole until then', async () => {
    const { id, pseudonym, key, session } = await somebody()
    const { owner: tables } = world.service
    expect(tablesWith(await everyRow(tables), WORDS)).toEqual(
      expect.arrayContaining(['external_account', 'principal', 'scim_log', 'scim_user', 'session']),
    )
    const decided = await admin('GET', `/v1/decisions?actor=${pseudonym}&limit=200`)
    const before = await world.service.rows()

    const asking = await erase(id)
    expect([asking.status, asking.body]).toEqual([
      202,
      expect.objectContaining({ reasons: [expect.objectContaining({ id: 'admin.erasure_needs_second_person' })] }),
    ])
    const own = await admin('GET', `/v1/approvals/${asking.approval}`)
    const vote = { verdict: 'approve', subject_digest: own.body['subject_digest'] }
    const self = await admin('POST', `/v1/approvals/${asking.approval}/votes`, vote)
    expect((self.body['reasons'] as { id: string }[]).map((it) => it.id)).toContain('admin.self_vote')
    expect(JSON.stringify(own.body)).not.toContain(id)

    // It fails half way, after all but the person's own row was taken away: nothing of it counts.
    await tables.query(`CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'broken'; END $$`)
    await tables.query(`CREATE TRIGGER broken BEFORE UPDATE ON principal FOR EACH ROW WHEN (NEW.erased_at IS NOT NULL)
      EXECUTE FUNCTION broken()`)
    expect((await agree(asking.approval)).status).toBe(201)
    await until(async () => {
      const tried = await tables.query(
        `SELECT FROM outbox WHERE topic = 'approval.settled' AND last_error LIKE '%broken%'`,
      )
      return (tried.rowCount ?? 0) > 0
    })
    const { approval: _a, approval_vote: _v, ...untouched } = before
    expect(await world.service.rows()).toMatchObject(untouched)
    expect([(await asked(key, '/v1/whoami')).status, (await byCookie(world.service.url, session)).status]).toEqual([
      200, 200,
    ])
    await tables.query('DROP FUNCTION broken CASCADE')

    await until(async () => (await personOf(id)) === undefined)
    const rows = await everyRow(tables)
    expect(tablesWith(rows, WORDS)).toEqual([])
    expect([(await asked(key, '/v1/whoami')).status, (await byCookie(world.service.url, session)).status]).toEqual([
      401, 401,
    ])

    // The id by which others know the person, and what decisions call them, stand nowhere together.
    const named = rows.filter(({ text }) => text.includes(id))
    expect(named.filter(({ text }) => text.includes(pseudonym))).toEqual([])
    const theirs = (decided.body['items'] as { id: string }[]).map((it) => it.id)
    expect(theirs.length).toBeGreaterThan(2)
    expect(named.filter(({ text }) => theirs.some((decision) => text.includes(decision)))).toEqual([])
    const { rows: left } = await tables.query(
      'SELECT id, name, email, roles, pseudonym_key, owner_id FROM principal WHERE pseudonym = $1',
      [pseudonym],
    )
    expect(left).toEqual([
      {
        id: expect.not.stringContaining(id),
        name: 'Erased',
        email: null,
        roles: [],
        pseudonym_key: null,
        owner_id: null,
      },
    ])

    // What was decided is still proven, explained and replayed.
    const lines = await exportedLedger()
    expect(await verifyExport(inOrder(lines), {})).toMatchObject({ ok: true, findings: [] })
    expect(WORDS.filter((word) => lines.join('\n').toLowerCase().includes(word))).toEqual([])
    for (const { id: decision } of (decided.body['items'] as { id: string }[]).slice(0, 5)) {
      const replayed = await admin('POST', `/v1/decisions/${decision}/replay`)
      expect(replayed.body).toMatchObject({ equal: true, input_intact: true })
      expect((await admin('GET', `/v1/decisions/${decision}`)).body).toMatchObject({ actor: pseudonym })
    }

    // A provider that sends them again adds somebody new.
    expect((await asked(scim.token, `/scim/v2/Users/${id}`)).status).toBe(404)
    const again = await provision('/Users', user())
    expect([again.status, again.body['id'] === id]).toEqual([201, false])
    expect((await personOf(String(again.body['id'])))!.pseudonym).not.toBe(pseudonym)
    expect((await erase(id)).status).toBe(404)
  }, 120_000)

  it('is never the last owner, nor somebody who may do more than who asks', async () => {
    const { body } = await owner('GET', '/v1/whoami')
    const reasons = ({ body: said }: { body: Record<string, unknown> }) =>
      (said['reasons'] as { id: string }[]).map((it) => it.id)
    expect(reasons(await owner('POST', `/v1/people/${String(body['id'])}/erase`))).toEqual(['admin.last_owner'])
    expect(reasons(await erase(String(body['id'])))).toEqual(['admin.last_owner', 'admin.role_beyond_own'])
  })

  it('is no service account, and nobody of another organisation', async () => {
    const { body } = await world.service.ask('acme_service', 'GET', '/v1/whoami')
    const refused = await admin('POST', `/v1/people/${String(body['id'])}/erase`)
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ pointer: '/params/id' }] } })
    const { body: mia } = await world.service.ask('acme_member', 'GET', '/v1/whoami')
    expect((await world.service.ask('globex_owner', 'POST', `/v1/people/${String(mia['id'])}/erase`)).status).toBe(404)
  })

  it('stays erased', async () => {
    const { owner: tables } = world.service
    await expect(tables.query(`UPDATE principal SET name = 'Back' WHERE erased_at IS NOT NULL`)).rejects.toMatchObject({
      code: 'GH078',
    })
  })

  it('has had a key of their own, as everybody made since has', async () => {
    const { rows } = await world.service.owner.query<{ keyless: number; keys: number }>(
      `SELECT count(*) FILTER (WHERE pseudonym_key IS NULL)::int AS keyless, count(DISTINCT pseudonym_key)::int AS keys
       FROM principal WHERE erased_at IS NULL`,
    )
    expect(rows[0]).toMatchObject({ keyless: 0, keys: expect.any(Number) })
    expect(rows[0]!.keys).toBeGreaterThan(10)
  })
})
