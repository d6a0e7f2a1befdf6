import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { GroupRulesDocument, ListDocument, RoleDocument } from '#contract/api/documents.js'
import { ENDPOINTS } from '#contract/endpoints.js'
import { ROLES, type Role } from '#contract/scopes.js'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import { refusal } from '../gate/testing/refusal.js'
import { shippedGate } from '../gate/testing/shipped-gate.js'
import { actorOf } from '../gate/testing/test-gate.js'
import type { Caller } from '../platform/http/caller.js'
import { testDatabase, type TestDatabase } from '../testing/test-database.js'
import { TenantDocuments } from './documents.service.js'

let postgres: TestDatabase
let documents: TenantDocuments

beforeAll(async () => {
  postgres = await testDatabase()
  const { gate } = await shippedGate(postgres.database)
  documents = new TenantDocuments(postgres.database, gate)
}, 60_000)
afterAll(() => postgres.drop())

const callerOf = (tenantId: string, role: Role): Caller => ({
  ...{ principalId: randomUUID(), keyId: null, tenantId, correlationId: 'test' },
  tenant: { id: tenantId, status: 'active', standing: {} },
  actor: actorOf(tenantId, {
    ...{ id: `u_${role}`, roles: [role], scopes: [...ROLES[role]] },
    platform: tenantId === PLATFORM_TENANT_ID,
  }),
})
const ACME = randomUUID()
const admin = callerOf(ACME, 'admin')
const owner = callerOf(ACME, 'owner')
const member = callerOf(ACME, 'member')
const other = callerOf(randomUUID(), 'admin')
const operator = callerOf(PLATFORM_TENANT_ID, 'operator')

const NAME = { kind: 'list', name: 'default' } as const
const deny = (extension: string, part: object = {}) => ({ effect: 'deny', extension, why: 'not vetted', ...part })
const listOf = (...entries: object[]): ListDocument => ListDocument.parse({ title: 'Ours', entries })
const set = (caller: Caller, document: ListDocument, revision: number, name: string = NAME.name) =>
  documents.set(caller, { ...NAME, name }, { document, why: 'as agreed', revision })

describe('a list', () => {
  it('is written revision by revision, each with its author, its reason and its decision', async () => {
    const first = await set(admin, listOf(deny('com.bad.*')), 0)
    expect(first).toMatchObject({ revision: 1, by: admin.actor.id, why: 'as agreed', tenant_id: admin.tenantId })
    expect(ENDPOINTS['lists.show'].response.parse(first)).toEqual(first)
    const second = await set(owner, listOf(deny('com.bad.*'), deny('com.worse.*')), 1)
    expect(second.revision).toBe(2)
    expect(second.decision_id).not.toBe(first.decision_id)
    expect((await documents.show(admin, NAME)).document).toEqual(second.document)
    expect(await documents.show(admin, NAME, 1)).toEqual(first)
  })

  it('says of each entry who put it in, whatever is sent', async () => {
    const { document } = await set(admin, listOf(deny('com.a.*', { by: 'u_somebody' }), deny('com.b.*')), 0, 'authors')
    expect(document.entries.map(({ by }) => by)).toEqual([admin.actor.id, admin.actor.id])
    const edited = { ...document, entries: [document.entries[0]!, { ...document.entries[1]!, why: 'it is worse' }] }
    const after = await set(owner, edited, 1, 'authors')
    expect(after.document.entries.map(({ by }) => by)).toEqual([admin.actor.id, owner.actor.id])
  })

  it('is written once for each revision that was read, however many write at once', async () => {
    expect(await refusal(set(admin, listOf(), 0))).toEqual(['conflict'])
    const { revision } = await documents.show(admin, NAME)
    const racing = await Promise.allSettled([1, 2, 3].map(() => set(admin, listOf(deny('com.race.*')), revision)))
    expect(racing.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of racing)
      if (one.status === 'rejected') expect(await refusal(Promise.reject(one.reason as Error))).toEqual(['conflict'])
  })

  it('tells what differs between two revisions, and of each how much', async () => {
    const name = 'told'
    await set(admin, listOf(deny('com.a.*'), deny('com.b.*')), 0, name)
    await set(admin, listOf(deny('com.b.*', { why: 'it leaks' }), deny('com.c.*')), 1, name)
    const { from, to, changes } = await documents.diff(admin, { ...NAME, name }, {})
    expect([from, to]).toEqual([1, 2])
    expect(changes).toMatchObject([
      { id: 'deny extension com.a.*', change: 'removed', after: null },
      { id: 'deny extension com.b.*', change: 'changed', before: { why: 'not vetted' }, after: { why: 'it leaks' } },
      { id: 'deny extension com.c.*', change: 'added', before: null },
    ])
    const history = await documents.history(admin, { ...NAME, name }, { limit: 10 })
    expect(history.items).toMatchObject([
      { revision: 2, changes: { added: 1, removed: 1, changed: 1 } },
      { revision: 1, changes: { added: 4, removed: 0, changed: 0 } },
    ])
    const whole = await documents.diff(admin, { ...NAME, name }, { from: 0, to: 1 })
    expect(whole.changes.every(({ change }) => change === 'added')).toBe(true)
  })

  it('tells its history in pages, each change against the revision before', async () => {
    const named = { ...NAME, name: 'told' }
    await documents.revert(owner, named, { to: 1, why: 'too strict', revision: 2 })
    const first = await documents.history(admin, named, { limit: 2 })
    expect(first.items.map(({ revision }) => revision)).toEqual([3, 2])
    expect(first.items[1]!.changes).toEqual({ added: 1, removed: 1, changed: 1 })
    const second = await documents.history(admin, named, { limit: 2, cursor: first.next_cursor! })
    expect(second.items.map(({ revision }) => revision)).toEqual([1])
    expect(second.next_cursor).toBeNull()
  })

  it('tells a long history in one page, and in order', async () => {
    const long = { ...NAME, name: 'long' }
    for (let revision = 0; revision < 23; revision++)
      await set(admin, listOf(deny(`com.a.r${revision}`)), revision, long.name)
    const { items, next_cursor } = await documents.history(admin, long, { limit: 50 })
    expect(items.map(({ revision }) => revision)).toEqual(Array.from({ length: 23 }, (_, at) => 23 - at))
    expect(items.slice(0, 22).every(({ changes }) => changes.added === 1 && changes.removed === 1)).toBe(true)
    expect(next_cursor).toBeNull()
    const part = await documents.history(admin, long, { limit: 12 })
    expect(part.items).toEqual(items.slice(0, 12))
    expect((await documents.history(admin, long, { limit: 12, cursor: part.next_cursor! })).items).toEqual(
      items.slice(12),
    )
  }, 30_000)

  it('has a bound on what is looked through for each install, over all lists', async () => {
    const owned = callerOf(randomUUID(), 'admin')
    const full = listOf(...Array.from({ length: 1_000 }, (_, at) => deny(`com.a.e${at}`)))
    for (let list = 0; list < 5; list++) await set(owned, full, 0, `full-${list}`)
    expect(await refusal(set(owned, listOf(deny('com.b.*')), 0, 'more'))).toEqual(['request.invalid'])
    expect((await set(owned, listOf(), 0, 'more')).revision).toBe(1)
    expect((await set(owned, full, 1, 'full-0')).revision).toBe(2)
  }, 30_000)

  it('goes back to an earlier revision by writing it anew', async () => {
    const named = { ...NAME, name: 'told' }
    const reverted = await documents.show(admin, named)
    expect(reverted).toMatchObject({ revision: 3, reverts_to: 1, by: owner.actor.id, why: 'too strict' })
    expect(reverted.document).toEqual((await documents.show(admin, named, 1)).document)
    const back = (to: number, revision: number) => documents.revert(owner, named, { to, why: 'x', revision })
    expect(await refusal(back(9, 3))).toEqual(['not_found'])
    expect(await refusal(back(2, 2))).toEqual(['conflict'])
  })

  it("is not seen, and not written, in another organisation but by the platform's operators", async () => {
    const acme = { ...NAME, tenant_id: admin.tenantId! }
    expect(await refusal(documents.show(other, acme))).toEqual(['not_found'])
    expect(await refusal(documents.history(other, acme, { limit: 9 }))).toEqual(['not_found'])
    expect((await documents.list(other, 'list', { limit: 9, tenant_id: admin.tenantId! })).items).toEqual([])
    const foreign = documents.set(other, { ...acme, name: 'theirs' }, { document: listOf(), why: 'x', revision: 0 })
    expect(await refusal(foreign)).toEqual(['not_found'])
    const { revision } = await documents.show(operator, acme)
    const written = await documents.set(operator, acme, { document: listOf(), why: 'asked for', revision })
    expect(written.tenant_id).toBe(admin.tenantId)
  })

  it('is written by those with the scope', async () => {
    expect(await refusal(set(member, listOf(), 0, 'mine'))).toEqual(['admin.scope_missing'])
  })

  it('stands among the others, each at its newest revision', async () => {
    const { items } = await documents.list(admin, 'list', { limit: 50 })
    expect(items.map(({ name }) => name).toSorted()).toEqual(['authors', 'default', 'long', 'told'])
    expect(items.find(({ name }) => name === 'told')?.revision).toBe(3)
  })

  it('stays as it was written: the database lets no decision change it', async () => {
    const { decision_id } = await set(admin, listOf(), 0, 'kept')
    const changing = postgres.database.governedTransaction(
      { decisionId: decision_id, scope: { tenant: ACME }, tenantId: ACME },
      (tx) => tx.query(`UPDATE tenant_document SET why = 'another' WHERE name = 'kept'`),
    )
    await expect(changing).rejects.toThrow(/permission denied/)
  })
})

describe('a role', () => {
  const role = (...scopes: RoleDocument['scopes']): RoleDocument => RoleDocument.parse({ title: 'Releases', scopes })
  const named = { kind: 'role', name: 'release-manager' } as const
  const write = (caller: Caller, document: RoleDocument, revision: number) =>
    documents.set(caller, named, { document, why: 'as agreed', revision })

  it('gives at most what its writer has, of what it gave before as well', async () => {
    expect(await refusal(write(admin, role('kill:release'), 0))).toEqual(['admin.role_beyond_own'])
    expect((await write(owner, role('kill:release', 'installs:read'), 0)).revision).toBe(1)
    expect(await refusal(write(admin, role('installs:read'), 1))).toEqual(['admin.role_beyond_own'])
    expect(await refusal(documents.revert(admin, named, { to: 1, why: 'x', revision: 1 }))).toEqual([
      'admin.role_beyond_own',
    ])
    expect((await write(owner, role('installs:read'), 1)).revision).toBe(2)
    expect(await refusal(documents.revert(admin, named, { to: 1, why: 'x', revision: 2 }))).toEqual([
      'admin.role_beyond_own',
    ])
  })

  it('tells listeners of its instance that it changed', async () => {
    const told: string[] = []
    documents.onChange((kind) => told.push(kind))
    await write(owner, role('installs:read', 'lists:read'), 2)
    expect(told).toEqual(['role'])
  })

  it('does not take the name of one that ships, nor a scope twice', () => {
    const { params } = ENDPOINTS['roles.set']
    expect(params.safeParse({ name: 'owner' }).success).toBe(false)
    expect(params.safeParse({ name: 'release-manager' }).success).toBe(true)
    expect(RoleDocument.safeParse({ title: 'x', scopes: ['lists:read', 'lists:read'] }).success).toBe(false)
  })
})

describe('rules that give roles to groups', () => {
  const named = { kind: 'group_rules', name: 'default' } as const
  const rules = (...entries: object[]) =>
    GroupRulesDocument.parse({ title: 'Ours', entries: entries.map((entry) => ({ why: 'as agreed', ...entry })) })
  const write = (caller: Caller, document: GroupRulesDocument, revision: number) =>
    documents.set(caller, named, { document, why: 'as agreed', revision })

  it('hand out no more than their writer has, nor take away more', async () => {
    const owners = rules({ display_name: 'gatehouse-owners', roles: ['owner'] })
    expect(await refusal(write(admin, owners, 0))).toEqual(['admin.role_beyond_own'])
    expect((await write(owner, owners, 0)).revision).toBe(1)
    const members = rules({ display_name: 'staff *', roles: ['member'] })
    expect(await refusal(write(admin, members, 1))).toEqual(['admin.role_beyond_own'])
    expect(await refusal(write(admin, rules(), 1))).toEqual(['admin.role_beyond_own'])
    expect((await write(owner, members, 1)).revision).toBe(2)
    expect((await write(admin, rules({ display_name: 'staff', roles: ['member'] }), 2)).revision).toBe(3)
    const back = { to: 1, why: 'x', revision: 3 }
    expect(await refusal(documents.revert(admin, named, back))).toEqual(['admin.role_beyond_own'])
  })

  it("weigh the organisation's own roles by what they say, and know no others", async () => {
    const release = RoleDocument.parse({ title: 'x', scopes: ['kill:release'], until: '2020-01-01T00:00:00Z' })
    await documents.set(owner, { kind: 'role', name: 'releasers' }, { document: release, why: 'x', revision: 0 })
    const document = rules({ external_id: '00g1', custom_roles: ['releasers'] })
    expect(await refusal(write(admin, document, 3))).toEqual(['admin.role_beyond_own'])
    expect((await write(owner, document, 3)).document.entries[0]!.by).toBe(owner.actor.id)
    const unknown = rules({ id: randomUUID(), roles: ['member'], custom_roles: ['unheard-of'] })
    expect(await refusal(write(owner, unknown, 4))).toEqual(['request.invalid'])
    expect(await refusal(write(callerOf(randomUUID(), 'owner'), document, 0))).toEqual(['request.invalid'])
  })

  it('tell what a revision changed', async () => {
    const { changes } = await documents.diff(admin, named, { from: 1, to: 2 })
    expect(changes.map(({ id, change }) => [change, id])).toEqual([
      ['removed', 'group display_name gatehouse-owners'],
      ['added', 'group display_name staff *'],
    ])
  })

  it('name a group and give a role', () => {
    const parsed = (entry: object) =>
      GroupRulesDocument.safeParse({ title: 'x', entries: [{ why: 'x', ...entry }] }).success
    expect(parsed({ display_name: 'Finance & Co.', roles: ['member'] })).toBe(true)
    expect(parsed({ roles: ['member'] })).toBe(false)
    expect(parsed({ display_name: 'a' })).toBe(false)
    expect(parsed({ display_name: 'a', roles: ['root'] })).toBe(false)
    expect(parsed({ display_name: 'a', roles: ['member', 'member'] })).toBe(false)
    expect(parsed({ display_name: 'a', custom_roles: ['owner'] })).toBe(false)
  })
})
