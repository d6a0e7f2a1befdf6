import { randomUUID } from 'node:crypto'
import { Logger } from '@nestjs/common'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { PersonCreate, TenantUpdate } from '#contract/api/identity.js'
import type { Caller } from '../platform/http/caller.js'
import { ApiKeys } from './keys.service.js'
import { Organisations } from './organisations.service.js'
import { Workspaces } from './workspaces/workspaces.service.js'
import { People } from './people.service.js'
import { refusal } from '../gate/testing/refusal.js'
import { seededPeople, type SeededPeople } from './testing/seeded-people.js'

Logger.overrideLogger(false)

let seeded: SeededPeople
let people: People
let keys: ApiKeys
let organisations: Organisations
let workspaces: Workspaces
let admin: Caller
let operator: Caller

beforeAll(async () => {
  seeded = await seededPeople()
  const { postgres, shipped, callers, pseudonyms } = seeded
  people = new People(postgres.database, shipped.gate, callers, pseudonyms)
  keys = new ApiKeys(postgres.database, shipped.gate, callers)
  organisations = new Organisations(postgres.database, shipped.gate, pseudonyms, callers)
  workspaces = new Workspaces(postgres.database, shipped.gate)
  admin = await seeded.as('acme_admin')
  operator = await seeded.as('operator')
}, 60_000)
afterAll(() => seeded.drop())

const bearer = (secret: string): string => `Bearer ${secret}`
const codeOf = (secret: string): Promise<string[]> => refusal(seeded.callers.resolve(bearer(secret), 'c'))
const newPerson = (part: object = {}): PersonCreate =>
  PersonCreate.parse({ name: 'New', email: `${randomUUID()}@acme.example`, roles: ['member'], ...part })
const everyone = { limit: 200 }

describe('the list of people', () => {
  it('finds by part of a name or address, whatever the case, or by an id, in one organisation', async () => {
    const name = `Zo\u00eb ${randomUUID().slice(0, 8)}`
    const made = await people.create(admin, newPerson({ name, email: `${randomUUID()}@Find.example` }))
    const ids = async (caller: Caller, search: string) =>
      (await people.list(caller, { ...everyone, search })).items.map(({ id }) => id)
    for (const search of [name.toUpperCase(), made.email!.slice(4).toLowerCase(), made.id])
      expect(await ids(admin, search)).toEqual([made.id])
    for (const search of ['%', '_', 'nobody@find.example']) expect(await ids(admin, search)).not.toContain(made.id)
    expect(await ids(await seeded.as('globex_owner'), made.id)).toEqual([])
  })
})

describe('an organisation', () => {
  const update = (caller: Caller, id: string, change: object) =>
    organisations.update(caller, id, TenantUpdate.parse(change))

  it('chooses for itself, by its owner, once for each version that was read', async () => {
    const owner = await seeded.as('globex_owner')
    const id = owner.tenantId!
    const find = async () => (await organisations.list(owner, everyone)).items.find((tenant) => tenant.id === id)!
    const { version } = await find()
    expect(await find()).toMatchObject({ settings: { certification_mode: 'warn' } })
    const settings = { certification_mode: 'block' }
    expect(await update(owner, id, { version, settings })).toMatchObject({ settings, version: version + 1 })
    expect(await refusal(update(owner, id, { version, name: 'Later' }))).toEqual(['conflict'])
    const renamed = await update(owner, id, { version: version + 1, name: 'Globex & Co' })
    expect(renamed).toMatchObject({ name: 'Globex & Co', settings })
    expect(await find()).toEqual(renamed)
  })

  it('lets nobody sign in by passwords until an owner, who may choose providers too, says so', async () => {
    const owner = await seeded.as('globex_owner')
    const id = owner.tenantId!
    const { version, settings } = (await organisations.list(owner, everyone)).items.find((tenant) => tenant.id === id)!
    expect(settings.sign_in).toBe('sso_only')
    const change = { version, settings: { sign_in: 'local_allowed' } }
    const scopes = owner.actor.scopes.filter((scope) => scope !== 'sign_in:write')
    expect(await refusal(update({ ...owner, actor: { ...owner.actor, scopes } }, id, change))).toEqual([
      'admin.local_accounts_beyond',
    ])
    expect(await update(owner, id, change)).toMatchObject({ settings: change.settings })
  })

  it('is changed by nobody without the scope, and not seen by others', async () => {
    const change = { version: 1, settings: { certification_mode: 'block' } }
    expect(await refusal(update(admin, admin.tenantId!, change))).toEqual(['admin.scope_missing'])
    expect(await refusal(update(await seeded.as('globex_owner'), admin.tenantId!, change))).toEqual(['not_found'])
    expect(await update(operator, admin.tenantId!, change)).toMatchObject({ version: 2 })
  })

  it('can choose only what there is to choose, and has to change something', () => {
    expect(TenantUpdate.safeParse({ version: 1 }).success).toBe(false)
    expect(TenantUpdate.safeParse({ version: 1, settings: { certification_mode: 'off' } }).success).toBe(false)
    expect(TenantUpdate.safeParse({ version: 1, settings: { status: 'suspended' } }).success).toBe(false)
  })
})

describe('people', () => {
  it('are added within what the adder may do', async () => {
    const person = await people.create(admin, newPerson())
    expect(person).toMatchObject({ tenant_id: admin.tenantId, roles: ['member'], disabled_at: null, version: 1 })
    expect(person.pseudonym).toMatch(/^u_[0-9a-f]{32}$/)
    expect(await refusal(people.create(admin, newPerson({ roles: ['owner'] })))).toEqual(['admin.role_beyond_own'])
  })

  it('have addresses of their own', async () => {
    const body = newPerson()
    await people.create(admin, body)
    expect(await refusal(people.create(admin, body))).toEqual(['already_exists'])
  })

  it('work only for a publisher of their own organisation', async () => {
    const { publisher_id } = (await seeded.as('acme_developer')).actor
    const globex = await seeded.as('globex_admin')
    const body = newPerson({ publisher_id })
    expect((await people.create(admin, body)).publisher_id).toBe(publisher_id)
    expect(await refusal(people.create(globex, newPerson({ publisher_id })))).toEqual(['request.invalid'])
  })

  it('of another organisation are neither seen nor changed', async () => {
    const globex = await seeded.as('globex_admin')
    const person = await people.create(admin, newPerson())
    const change = { version: 1, name: 'Mine' }
    expect(await refusal(people.update(globex, person.id, change))).toEqual(['not_found'])
    expect(await refusal(people.create(globex, newPerson({ tenant_id: admin.tenantId! })))).toEqual(['not_found'])
    const seen = (await people.list(globex, everyone)).items.map(({ tenant_id }) => tenant_id)
    expect(new Set(seen)).toEqual(new Set([globex.tenantId]))
  })

  it('change once for each version that was read', async () => {
    const person = await people.create(admin, newPerson())
    expect((await people.update(admin, person.id, { version: 1, name: 'Renamed' })).version).toBe(2)
    expect(await refusal(people.update(admin, person.id, { version: 1, name: 'Again' }))).toEqual(['conflict'])
  })

  it('are not demoted by those who may do less', async () => {
    const owner = (await people.list(admin, everyone)).items.find(({ email }) => email === 'owner@acme.example')!
    const demotion = people.update(admin, owner.id, { version: owner.version, roles: ['member'] })
    expect(await refusal(demotion)).toEqual(['admin.last_owner', 'admin.role_beyond_own'])
  })

  it('lose every key at once when disabled, and are changed by nobody who may do less', async () => {
    const person = await people.create(operator, newPerson({ roles: ['owner'], tenant_id: admin.tenantId! }))
    const { secret } = await keys.create(operator, { principal_id: person.id, name: 'k' })
    expect(await codeOf(secret)).toEqual(['nothing was refused'])
    for (const change of [{ disabled: true }, { email: 'admin@elsewhere.example' }])
      expect(await refusal(people.update(admin, person.id, { version: 1, ...change }))).toEqual([
        'admin.role_beyond_own',
      ])
    await people.update(operator, person.id, { version: 1, disabled: true })
    expect(await codeOf(secret)).toEqual(['auth.invalid'])
    const back = people.update(admin, person.id, { version: 2, disabled: false })
    expect(await refusal(back)).toEqual(['admin.role_beyond_own'])
  })
})

describe('keys', () => {
  it('carry at most what was asked for, and work until revoked', async () => {
    const created = await keys.create(admin, { name: 'ci', scopes: ['installs:read', 'kill:release'] })
    expect(created.scopes).toEqual(['installs:read'])
    expect((await seeded.callers.resolve(bearer(created.secret), 'c')).actor.scopes).toEqual(['installs:read'])
    const listed = (await keys.list(admin, everyone)).items.find(({ id }) => id === created.id)
    expect(JSON.stringify(listed)).not.toContain(created.secret)
    expect((await keys.revoke(admin, created.id)).revoked_at).not.toBeNull()
    expect(await codeOf(created.secret)).toEqual(['auth.invalid'])
    expect(await refusal(keys.revoke(admin, created.id))).toEqual(['not_found'])
  })

  it('hand out nothing that the maker lacks', async () => {
    const owner = (await people.list(admin, everyone)).items.find(({ email }) => email === 'owner@acme.example')!
    expect(await refusal(keys.create(admin, { principal_id: owner.id, name: 'k' }))).toEqual(['admin.role_beyond_own'])
    const narrow = { principal_id: owner.id, name: 'k', scopes: ['installs:read' as const] }
    expect((await keys.create(admin, narrow)).scopes).toEqual(['installs:read'])
  })

  it('are revoked by those who may do as much as their owner, and one’s own by oneself', async () => {
    const owner = await seeded.as('acme_owner')
    const scopes = ['installs:read' as const, 'keys:write' as const]
    const held = await keys.create(owner, { name: 'k', scopes })
    expect(await refusal(keys.revoke(admin, held.id))).toEqual(['admin.role_beyond_own'])
    const narrow = await seeded.callers.resolve(bearer(held.secret), 'c')
    expect((await keys.revoke(narrow, held.id)).revoked_at).not.toBeNull()
    const { id } = await keys.create(admin, { name: 'k' })
    expect((await keys.revoke(owner, id)).revoked_at).not.toBeNull()
  })

  it('cannot be made by whoever may not, nor expired from the start', async () => {
    const member = await seeded.as('acme_member')
    expect(await refusal(keys.create(member, { name: 'k' }))).toEqual(['admin.scope_missing'])
    const past = keys.create(admin, { name: 'k', expires_at: '2020-01-01T00:00:00Z' })
    expect(await refusal(past)).toEqual(['request.invalid'])
  })
})

describe('organisations', () => {
  it("are created by the platform's people only, with a workspace and an owner", async () => {
    const body = { slug: 'initech', name: 'Initech', owner: { name: 'Ines', email: 'ines@initech.example' } }
    expect(await refusal(organisations.create(await seeded.as('acme_owner'), body))).toEqual(['not_found'])
    const { tenant, workspace, owner } = await organisations.create(operator, body)
    expect(workspace).toMatchObject({ tenant_id: tenant.id, slug: 'default' })
    expect(owner).toMatchObject({ tenant_id: tenant.id, roles: ['owner'] })
    expect(await refusal(organisations.create(operator, body))).toEqual(['already_exists'])
  })

  it('show a caller its own, and operators all', async () => {
    expect((await organisations.list(admin, everyone)).items.map(({ slug }) => slug)).toEqual(['acme'])
    const all = (await organisations.list(operator, everyone)).items.map(({ slug }) => slug)
    expect(all).toEqual(expect.arrayContaining(['platform', 'acme', 'globex']))
    const own = await workspaces.list(admin, everyone)
    expect(own.items.map(({ slug, tenant_id }) => [slug, tenant_id])).toEqual([['default', admin.tenantId]])
  })

  it('tell callers who they are', async () => {
    expect(await organisations.whoami(admin)).toMatchObject({
      id: admin.principalId,
      tenant: { slug: 'acme' },
      roles: ['admin'],
      pseudonym: admin.actor.id,
      key: { id: admin.keyId, expires_at: null },
    })
  })
})
