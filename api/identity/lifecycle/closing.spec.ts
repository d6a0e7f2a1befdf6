import { randomUUID } from 'node:crypto'
import { Logger } from '@nestjs/common'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { GroupRulesDocument } from '#contract/api/documents.js'
import { PersonCreate, type Person, type Tenant } from '#contract/api/identity.js'
import type { HeldBody } from '#contract/api/problem.js'
import { TenantDocuments } from '../../documents/documents.service.js'
import { Approvals } from '../../approvals/approvals.service.js'
import { refusal } from '../../gate/testing/refusal.js'
import type { Caller } from '../../platform/http/caller.js'
import { Held } from '../../platform/http/held.js'
import { ApiKeys } from '../keys.service.js'
import { Organisations } from '../organisations.service.js'
import { People } from '../people.service.js'
import { Suspension } from '../suspension.service.js'
import { seededPeople, type SeededPeople } from '../testing/seeded-people.js'
import { Closing } from './closing.service.js'
import { Removal } from './removal.service.js'
import { KEPT, LAST, REMOVED } from './removal.tables.js'

Logger.overrideLogger(false)

let seeded: SeededPeople
let people: People
let keys: ApiKeys
let organisations: Organisations
let suspension: Suspension
let approvals: Approvals
let closing: Closing
let operator: Caller
let tenant: Tenant
let owner: Person

const outbox = { subscribe: () => undefined, emit: async () => undefined }
const callerOf = async (person: Person, part: object = {}): Promise<Caller> => {
  const { secret } = await keys.create(operator, { principal_id: person.id, name: 'k' })
  seeded.callers.forget()
  return { ...(await seeded.callers.resolve(`Bearer ${secret}`, 'c')), ...part }
}
const add = (part: object = {}): Promise<Person> =>
  people.create(
    operator,
    PersonCreate.parse({
      ...{ name: 'New', email: `${randomUUID()}@x.example`, roles: ['member'], tenant_id: tenant.id },
      ...part,
    }),
  )
const current = async (): Promise<Tenant> =>
  (await organisations.list(operator, { limit: 200 })).items.find(({ id }) => id === tenant.id)!
const wish = (version = 1) => ({ version, slug: tenant.slug, reason: 'we part' })
const removal = (batch = 5_000) =>
  new Removal({ database: seeded.postgres.database, gate: seeded.shipped.gate, callers: seeded.callers, batch })
/** As if the grace period were over, or the sandbox at its end. */
const passed = async (column: 'closes_at' | 'sandbox_until'): Promise<void> => {
  const client = await seeded.postgres.owner()
  await client.query('ALTER TABLE tenant DISABLE TRIGGER USER')
  await client.query(`UPDATE tenant SET ${column} = now() - interval '1 second' WHERE id = $1`, [tenant.id])
  await client.query('ALTER TABLE tenant ENABLE TRIGGER USER')
}
/** As an identity provider would leave it: somebody in a group. */
const inGroup = async (person: string, name: string): Promise<void> => {
  const client = await seeded.postgres.owner()
  const tables = ['scim_user', 'scim_group', 'scim_group_member']
  for (const table of tables) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER governed`)
  const group = randomUUID()
  await client.query(
    `INSERT INTO scim_user (principal_id, tenant_id, user_name, user_name_key, attributes, decision_id) VALUES ($1, $2, $3, $3, '{}', $1)`,
    [person, tenant.id, person],
  )
  await client.query(
    `INSERT INTO scim_group (id, tenant_id, display_name, display_name_key, attributes, decision_id) VALUES ($1, $2, $3, lower($3), '{}', $1)`,
    [group, tenant.id, name],
  )
  await client.query(
    'INSERT INTO scim_group_member (group_id, member_id, tenant_id, decision_id) VALUES ($1, $2, $3, $1)',
    [...[group, person, tenant.id]],
  )
  for (const table of tables) await client.query(`ALTER TABLE ${table} ENABLE TRIGGER governed`)
  seeded.callers.forget()
}
/** As if that person had asked for the end. */
const askedBy = async (pseudonym: string): Promise<void> => {
  const client = await seeded.postgres.owner()
  await client.query('ALTER TABLE tenant DISABLE TRIGGER USER')
  await client.query('UPDATE tenant SET closing_by = $2 WHERE id = $1', [tenant.id, pseudonym])
  await client.query('ALTER TABLE tenant ENABLE TRIGGER USER')
}
const rowsOf = async (table: string): Promise<number> => {
  const client = await seeded.postgres.owner()
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${table} WHERE tenant_id = $1`,
    [tenant.id],
  )
  return rows[0]!.count
}

beforeAll(async () => {
  seeded = await seededPeople()
  const { postgres, shipped, callers, pseudonyms } = seeded
  const { database } = postgres
  people = new People(database, shipped.gate, callers, pseudonyms)
  keys = new ApiKeys(database, shipped.gate, callers)
  organisations = new Organisations(database, shipped.gate, pseudonyms, callers)
  suspension = new Suspension(database, shipped.gate, callers)
  approvals = new Approvals({ database, gate: shipped.gate, outbox })
  closing = new Closing({ database, gate: shipped.gate, callers, approvals, outbox, graceDays: 30 })
  operator = await seeded.as('operator')
}, 60_000)
beforeEach(async () => {
  const slug = `o-${randomUUID().slice(0, 8)}`
  const made = await organisations.create(operator, {
    ...{ slug, name: 'Ends', owner: { name: 'One', email: 'one@x.example' } },
  })
  tenant = made.tenant
  owner = made.owner
})
afterAll(() => seeded.drop())

describe('the deletion of an organisation', () => {
  it('begins at once for its only owner, and ends in thirty days', async () => {
    const closed = (await closing.ask(await callerOf(owner), tenant.id, wish())) as Tenant
    expect(closed).toMatchObject({
      ...{ status: 'closing', version: 2 },
      closing: { because: 'we part', by: owner.pseudonym, by_platform: false },
    })
    const days = (Date.parse(closed.closing!.until) - Date.now()) / 86_400_000
    expect(Math.round(days * 100) / 100).toBe(30)
  })

  it('takes another owner where there is one, who is not of the making of whoever asks', async () => {
    const second = await add({ roles: ['owner'] })
    const reply = await closing.ask(await callerOf(owner), tenant.id, wish())
    expect(reply).toBeInstanceOf(Held)
    const { approval, reasons } = (reply as Held).body as HeldBody
    expect(reasons.map(({ id }) => id)).toEqual(['admin.deletion_needs_second_person'])
    expect((await current()).status).toBe('active')
    const shown = await approvals.show(operator, approval.id)
    const { id, subject_digest } = shown
    const vote = { verdict: 'approve', subject_digest, comment: 'agreed' } as const
    expect(await refusal(approvals.vote(await callerOf(owner), id, vote))).toContain('admin.self_vote')
    const voted = await approvals.vote(await callerOf(second), id, vote)
    expect(voted.state).toBe('approved')
    const settled = { approval_id: id, kind: 'organisation', state: 'approved', subject: shown.subject }
    await closing.onSettled(settled)
    expect(await current()).toMatchObject({ status: 'closing', closing: { by: owner.pseudonym } })
    // Told twice, it is closing already.
    await closing.onSettled(settled)
    expect((await current()).version).toBe(2)
  })

  it('is asked for by owners and operators alone, lately proven, with the right name', async () => {
    const admin = await callerOf(await add({ roles: ['admin'] }))
    expect(await refusal(closing.ask(admin, tenant.id, wish()))).toEqual(
      expect.arrayContaining(['admin.owners_only', 'admin.scope_missing']),
    )
    expect(await refusal(closing.ask(await seeded.as('globex_owner'), tenant.id, wish()))).toEqual(['not_found'])
    const mine = await callerOf(owner)
    const session = { acr: null, auth_time: 0, second_factor: true }
    const stale = { ...mine, actor: { ...mine.actor, session } }
    expect(await refusal(closing.ask(stale, tenant.id, wish()))).toEqual(['admin.step_up_required'])
    expect(await refusal(closing.ask(mine, tenant.id, { ...wish(), slug: 'another' }))).toEqual(['request.invalid'])
    expect(await refusal(closing.ask(mine, tenant.id, wish(7)))).toEqual(['conflict'])
    const own = { version: 1, slug: 'platform', reason: 'r' }
    expect(await refusal(closing.ask(operator, operator.tenantId!, own))).toEqual(['admin.platform_stays'])
  })

  it('shuts everybody out but its owners, who look and call it off', async () => {
    const member = await callerOf(await add({ roles: ['admin'] }))
    await closing.ask(await callerOf(owner), tenant.id, wish())
    const [mine, theirs] = [await callerOf(owner), await seeded.callers.callerOf(member.actor.id, 'c')]
    const change = { name: 'K' }
    expect(await refusal(keys.create(mine, change))).toEqual(['admin.tenant_closing'])
    expect(await refusal(keys.create(theirs!, change))).toEqual(['admin.tenant_closing'])
    expect(await refusal(suspension.suspend(operator, tenant.id, { version: 2, reason: 'r' }))).toEqual([
      'admin.organisation_state',
    ])
    expect(await refusal(closing.ask(mine, tenant.id, wish(2)))).toContain('admin.organisation_state')
    expect(await closing.restore(mine, tenant.id, { version: 2 })).toMatchObject({ status: 'active', closing: null })
    expect(await keys.create(await callerOf(owner), change)).toMatchObject({ name: 'K' })
  })

  it('by the operators is called off by operators alone, and a suspension outlasts it', async () => {
    await suspension.suspend(operator, tenant.id, { version: 1, reason: 'unpaid' })
    await closing.ask(operator, tenant.id, wish(2))
    expect(await refusal(closing.restore(await callerOf(owner), tenant.id, { version: 3 }))).toEqual([
      'admin.closed_by_platform',
    ])
    expect(await closing.restore(operator, tenant.id, { version: 3 })).toMatchObject({
      ...{ status: 'suspended', suspended_because: 'unpaid' },
    })
  })
})

describe('the end of an organisation', () => {
  const begun = async (): Promise<void> => {
    for (let nth = 0; nth < 5; nth++) await callerOf(await add())
    await closing.ask(await callerOf(owner), tenant.id, wish())
  }

  it('comes when its time has come, and not before', async () => {
    await begun()
    expect(await removal().step({ id: tenant.id, by: owner.pseudonym }, 'c')).toBe('refused')
    await removal().turn('c')
    expect((await current()).status).toBe('closing')
    await passed('closes_at')
    await removal().turn('c')
    expect(await current()).toMatchObject({
      ...{ status: 'closed', name: 'Deleted organisation', slug: `deleted-${tenant.id}`, closing: null },
    })
    for (const { table, only } of [...REMOVED, ...LAST])
      if (only === undefined) expect([table, await rowsOf(table)]).toEqual([table, 0])
    expect(await rowsOf('principal')).toBe(0)
    expect(await rowsOf('decision')).toBeGreaterThan(0)
    expect(await seeded.callers.callerOf(owner.pseudonym, 'c')).toBeNull()
  })

  it('goes on where it was left, whoever else is at it', async () => {
    await begun()
    await passed('closes_at')
    const due = { id: tenant.id, by: owner.pseudonym }
    const before = await rowsOf('api_key')
    expect(await removal(3).step(due, 'c')).toBe('more')
    // As after a crash: what went is gone for good, and the rest is there.
    expect(await rowsOf('api_key')).toBe(before - 3)
    expect(await current()).toMatchObject({ status: 'closing' })
    await Promise.all([removal(3).turn('a'), removal(3).turn('b')])
    while ((await current()).status !== 'closed') await removal(3).turn('c')
    expect(await rowsOf('principal')).toBe(0)
    expect(await removal().step(due, 'c')).toBe('elsewhere')
  })

  it('is stopped where whoever asked has lost the right, or is gone', async () => {
    await begun()
    await passed('closes_at')
    const due = { id: tenant.id, by: owner.pseudonym }
    await add({ roles: ['owner'] })
    await people.update(operator, owner.id, { version: 1, roles: ['admin'] })
    expect(await removal().step(due, 'c')).toBe('refused')
    expect(await removal().step({ ...due, by: 'nobody' }, 'c')).toBe('refused')
    expect((await current()).status).toBe('closing')
    expect(await rowsOf('principal')).toBe(7)
  })

  it('comes to its end for an owner who is one by a group alone', async () => {
    const one = await add()
    const document = GroupRulesDocument.parse({
      ...{ title: 'Ours', entries: [{ display_name: 'Founders', roles: ['owner'], why: 'as agreed' }] },
    })
    const documents = new TenantDocuments(seeded.postgres.database, seeded.shipped.gate)
    const rules = { kind: 'group_rules', name: 'default' } as const
    await documents.set(await callerOf(owner), rules, { document, why: 'as agreed', revision: 0 })
    await inGroup(one.id, 'Founders')
    await begun()
    await askedBy(one.pseudonym)
    await passed('closes_at')
    const due = { id: tenant.id, by: one.pseudonym }
    let progress: string
    do {
      seeded.callers.forget()
      progress = await removal(2).step(due, 'c')
    } while (progress === 'more')
    expect(progress).toBe('closed')
    for (const { table } of LAST) expect([table, await rowsOf(table)]).toEqual([table, 0])
    expect(await rowsOf('principal')).toBe(0)
  })

  it('is for good, and frees its name', async () => {
    await begun()
    await passed('closes_at')
    await removal().turn('c')
    const { version } = await current()
    expect(await refusal(closing.restore(operator, tenant.id, { version }))).toEqual(['admin.organisation_state'])
    // Nothing of it changes any more, and nobody comes into it.
    expect(await refusal(organisations.update(operator, tenant.id, { version, name: 'X' }))).toEqual(['conflict'])
    expect(await refusal(add())).toEqual(['conflict'])
    const body = { slug: tenant.slug, name: 'Again', owner: { name: 'One', email: 'one@x.example' } }
    expect((await organisations.create(operator, body)).tenant.slug).toBe(tenant.slug)
  })
})

describe('what goes with an organisation', () => {
  it('is said of every table that keeps rows of organisations', async () => {
    const client = await seeded.postgres.owner()
    const { rows } = await client.query<{ name: string }>(
      `SELECT DISTINCT c.table_name AS name FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
       WHERE table_schema = 'public' AND column_name = 'tenant_id' AND table_type = 'BASE TABLE' AND table_name !~ '^decision_'`,
    )
    const named = new Set([...[...REMOVED, ...LAST].map(({ table }) => table), ...KEPT])
    expect(rows.map(({ name }) => name).filter((name) => !named.has(name))).toEqual([])
  })

  it('goes under the decision to remove it alone', async () => {
    const { database } = seeded.postgres
    const decision = { decisionId: randomUUID(), scope: { tenant: tenant.id }, tenantId: tenant.id }
    const taken = (text: string) => database.governedTransaction(decision, (tx) => tx.query(text, [tenant.id]))
    await expect(taken("SELECT organisation_records_remove('session', $1, 10)")).rejects.toMatchObject({
      code: 'GH001',
    })
    await expect(taken("SELECT organisation_records_remove('decision', $1, 10)")).rejects.toMatchObject({
      code: 'GH006',
    })
    await expect(
      database.records.query("SELECT organisation_records_remove('session', $1, 10)", [tenant.id]),
    ).rejects.toMatchObject({ code: '42501' })
  })
})
