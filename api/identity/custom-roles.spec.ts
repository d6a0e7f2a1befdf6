import { randomUUID } from 'node:crypto'
import { Logger } from '@nestjs/common'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { RoleDocument } from '#contract/api/documents.js'
import { PersonCreate } from '#contract/api/identity.js'
import type { Scope } from '#contract/scopes.js'
import { TenantDocuments } from '../documents/documents.service.js'
import { refusal } from '../gate/testing/refusal.js'
import type { Caller } from '../platform/http/caller.js'
import { ApiKeys } from './keys.service.js'
import { People } from './people.service.js'
import { seededPeople, type SeededPeople } from './testing/seeded-people.js'

Logger.overrideLogger(false)

let seeded: SeededPeople
let documents: TenantDocuments
let people: People
let keys: ApiKeys
let admin: Caller
let owner: Caller

beforeAll(async () => {
  seeded = await seededPeople()
  const { postgres, shipped, callers, pseudonyms } = seeded
  documents = new TenantDocuments(postgres.database, shipped.gate)
  documents.onChange((kind) => kind === 'role' && callers.forget())
  people = new People(postgres.database, shipped.gate, callers, pseudonyms)
  keys = new ApiKeys(postgres.database, shipped.gate, callers)
  admin = await seeded.as('acme_admin')
  owner = await seeded.as('acme_owner')
}, 60_000)
afterAll(() => seeded.drop())

const role = async (name: string, scopes: Scope[], { revision = 0, until = null as string | null } = {}) => {
  const document = RoleDocument.parse({ title: name, scopes, until })
  await documents.set(owner, { kind: 'role', name }, { document, why: 'as agreed', revision })
}
const person = (caller: Caller, part: object) =>
  people.create(caller, PersonCreate.parse({ name: 'New', email: `${randomUUID()}@acme.example`, roles: [], ...part }))
const scopesOf = async (secret: string): Promise<Scope[]> =>
  (await seeded.callers.resolve(`Bearer ${secret}`, 'test')).actor.scopes

describe("a person with a role of the organisation's own", () => {
  it('may do what the role gives, as it is at the moment', async () => {
    await role('releases', ['installs:read', 'lists:write'])
    const { id, custom_roles } = await person(owner, { custom_roles: ['releases'] })
    expect(custom_roles).toEqual(['releases'])
    const { secret, scopes } = await keys.create(owner, { principal_id: id, name: 'k' })
    expect(scopes).toEqual(['lists:write', 'installs:read'])
    expect(await scopesOf(secret)).toEqual(['lists:write', 'installs:read'])
    await role('releases', ['installs:read', 'kill:engage'], { revision: 1 })
    expect(await scopesOf(secret)).toEqual(['installs:read'])
    await documents.revert(owner, { kind: 'role', name: 'releases' }, { to: 1, why: 'x', revision: 2 })
    expect(await scopesOf(secret)).toEqual(['lists:write', 'installs:read'])
  })

  it('may do nothing by it once it has ended', async () => {
    await role('night-shift', ['kill:engage'])
    const { id } = await person(owner, { roles: ['member'], custom_roles: ['night-shift'] })
    const { secret } = await keys.create(owner, { principal_id: id, name: 'k' })
    expect(await scopesOf(secret)).toContain('kill:engage')
    await role('night-shift', ['kill:engage'], { revision: 1, until: '2020-01-01T00:00:00Z' })
    expect(await scopesOf(secret)).not.toContain('kill:engage')
    expect(await scopesOf(secret)).toContain('extensions:invoke')
  })

  it('gets it from somebody who may do as much, and loses it to such a one', async () => {
    await role('releaser', ['kill:release'])
    expect(await refusal(person(admin, { custom_roles: ['releaser'] }))).toEqual(['admin.role_beyond_own'])
    const { id, version } = await person(owner, { roles: ['member'], custom_roles: ['releaser'] })
    const taking = { version, custom_roles: [] }
    expect(await refusal(people.update(admin, id, taking))).toEqual(['admin.role_beyond_own'])
    const { id: key } = await keys.create(owner, { principal_id: id, name: 'k' })
    expect(await refusal(keys.revoke(admin, key))).toEqual(['admin.role_beyond_own'])
    expect(await people.update(owner, id, taking)).toMatchObject({ custom_roles: [], roles: ['member'] })
    expect(await keys.revoke(admin, key)).toMatchObject({ id: key })
  })

  it('gets one that has ended no easier: it may be let begin again', async () => {
    await role('lapsed', ['kill:release'], { until: '2020-01-01T00:00:00Z' })
    expect(await refusal(person(admin, { custom_roles: ['lapsed'] }))).toEqual(['admin.role_beyond_own'])
  })

  it('cannot get one that the organisation does not have', async () => {
    expect(await refusal(person(owner, { custom_roles: ['unheard-of'] }))).toEqual(['request.invalid'])
    await role('acme-only', ['installs:read'])
    const globex = await seeded.as('globex_owner')
    expect(await refusal(person(globex, { custom_roles: ['acme-only'] }))).toEqual(['request.invalid'])
    const foreign = { tenant_id: owner.tenantId, custom_roles: ['acme-only'] }
    expect(await refusal(person(globex, foreign))).toEqual(['request.invalid'])
    // Somebody with roles in a workspace alone has none here.
    expect(PersonCreate.safeParse({ name: 'New', roles: [], custom_roles: [] }).success).toBe(true)
    expect(PersonCreate.safeParse({ name: 'New', custom_roles: [] }).success).toBe(false)
    expect(PersonCreate.safeParse({ name: 'New', roles: [], custom_roles: ['owner'] }).success).toBe(false)
  })
})
