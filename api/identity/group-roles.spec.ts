import { randomUUID } from 'node:crypto'
import { Logger } from '@nestjs/common'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { GroupRulesDocument, RoleDocument } from '#contract/api/documents.js'
import { ENDPOINTS } from '#contract/endpoints.js'
import { PersonCreate } from '#contract/api/identity.js'
import { TenantDocuments } from '../documents/documents.service.js'
import { GroupRulesPreviews } from '../documents/group-rules-previews.service.js'
import { fits } from '../documents/glob.rules.js'
import { refusal } from '../gate/testing/refusal.js'
import type { Caller } from '../platform/http/caller.js'
import { mayBeAsked } from './eligible.rules.js'
import { heldRoles } from './held-roles.js'
import { ApiKeys } from './keys.service.js'
import { Ownership } from './ownership.service.js'
import { listAddressees } from './people.repository.js'
import { People } from './people.service.js'
import { seededPeople, type SeededPeople } from './testing/seeded-people.js'

Logger.overrideLogger(false)

let seeded: SeededPeople
let documents: TenantDocuments
let previews: GroupRulesPreviews
let people: People
let keys: ApiKeys
let admin: Caller
let owner: Caller
let revision = 0

beforeAll(async () => {
  seeded = await seededPeople()
  const { postgres, shipped, callers, pseudonyms } = seeded
  documents = new TenantDocuments(postgres.database, shipped.gate)
  documents.onChange(() => callers.forget())
  previews = new GroupRulesPreviews(postgres.database)
  people = new People(postgres.database, shipped.gate, callers, pseudonyms)
  keys = new ApiKeys(postgres.database, shipped.gate, callers)
  const tables = await postgres.owner()
  for (const table of ['scim_user', 'scim_group', 'scim_group_member'])
    await tables.query(`ALTER TABLE ${table} DISABLE TRIGGER governed`)
  admin = await seeded.as('acme_admin')
  owner = await seeded.as('acme_owner')
}, 60_000)
afterAll(() => seeded.drop())
beforeEach(() => rules())

const rulesOf = (...entries: object[]) =>
  GroupRulesDocument.parse({ title: 'Ours', entries: entries.map((entry) => ({ why: 'as agreed', ...entry })) })
const rules = async (...entries: object[]) => {
  const change = { document: rulesOf(...entries), why: 'as agreed', revision }
  revision = (await documents.set(owner, { kind: 'group_rules', name: 'default' }, change)).revision
}

/** As an identity provider would leave it. */
const lay = async (statement: string, values: unknown[]): Promise<void> => {
  const client = await seeded.postgres.owner()
  await client.query(statement, values)
  seeded.callers.forget()
}
const group = async (display_name: string, external_id: string | null = null, tenant = owner.tenantId) => {
  const id = randomUUID()
  await lay(
    `INSERT INTO scim_group (id, tenant_id, display_name, display_name_key, external_id, attributes, decision_id)
     VALUES ($1, $2, $3, lower($3), $4, '{}', $1)`,
    [id, tenant, display_name, external_id],
  )
  return id
}
const join = (groupId: string, member: string, tenant = owner.tenantId) =>
  lay(`INSERT INTO scim_group_member (group_id, member_id, tenant_id, decision_id) VALUES ($1, $2, $3, $1)`, [
    groupId,
    member,
    tenant,
  ])
const leave = (groupId: string, member: string) =>
  lay('DELETE FROM scim_group_member WHERE group_id = $1 AND member_id = $2', [groupId, member])

/** Somebody with a key that may do all that their roles ever give. */
const somebody = async (part: object = {}) => {
  const asked = { name: 'New', email: `${randomUUID()}@acme.example`, roles: ['member'], ...part }
  const { id } = await people.create(owner, PersonCreate.parse(asked))
  await lay(
    `INSERT INTO scim_user (principal_id, tenant_id, user_name, user_name_key, attributes, decision_id)
     VALUES ($1, $2, $3, $3, '{}', $1)`,
    [id, owner.tenantId, id],
  )
  return { id, may: async () => (await seeded.callers.callerOf((await person(id)).pseudonym, 'test'))!.actor }
}
const person = async (id: string) => (await people.list(owner, { limit: 200 })).items.find((one) => one.id === id)!

describe('somebody in a group that a rule gives roles', () => {
  it('has these roles for as long as they are in it, and the rule holds', async () => {
    const { id, may } = await somebody()
    const auditors = await group('Gatehouse Auditors')
    await rules({ display_name: 'gatehouse *', roles: ['auditor'] })
    expect((await may()).roles).toEqual(['member'])
    await join(auditors, id)
    expect((await may()).roles).toEqual(['member', 'auditor'])
    expect((await may()).scopes).toContain('audit:export')
    await rules({ display_name: 'gatehouse *', roles: ['auditor'], until: '2020-01-01T00:00:00Z' })
    expect((await may()).roles).toEqual(['member'])
    await rules({ display_name: 'gatehouse *', roles: ['auditor', 'member'] })
    expect((await may()).roles).toEqual(['member', 'auditor'])
    await leave(auditors, id)
    expect((await may()).roles).toEqual(['member'])
  })

  it("has roles of the organisation's own by it as well, and is told why", async () => {
    const document = RoleDocument.parse({ title: 'x', scopes: ['kill:release'] })
    await documents.set(owner, { kind: 'role', name: 'releasers' }, { document, why: 'x', revision: 0 })
    const { id, may } = await somebody()
    const one = await group('Releases', '00g_releases')
    await join(one, id)
    await rules({ external_id: '00g_*', custom_roles: ['releasers'] })
    expect((await may()).scopes).toContain('kill:release')
    const told = await people.roles(owner, id)
    expect(ENDPOINTS['people.roles'].response.parse(told)).toMatchObject({
      own: { roles: ['member'], custom_roles: [] },
      by_groups: [
        {
          ...{ group: { id: one, display_name: 'Releases' }, rules: 'default', revision },
          rule: { external_id: '00g_*', custom_roles: ['releasers'], why: 'as agreed' },
        },
      ],
    })
  })

  it('is not found by groups that no rule names, nor by the rules of another organisation', async () => {
    const { id, may } = await somebody()
    await join(await group('100% of us', '00G'), id)
    await rules(
      { display_name: '100% of', roles: ['auditor'] },
      { external_id: '00g', roles: ['auditor'] },
      { display_name: '100_ of us', roles: ['auditor'] },
      { display_name: '*', id: randomUUID(), roles: ['auditor'] },
    )
    expect((await may()).roles).toEqual(['member'])
    const globex = await seeded.as('globex_owner')
    const change = { document: rulesOf({ display_name: '*', roles: ['owner'] }), why: 'x', revision: 0 }
    await documents.set(globex, { kind: 'group_rules', name: 'default' }, change)
    expect((await may()).roles).toEqual(['member'])
    expect(await refusal(people.roles(globex, id))).toEqual(['not_found'])
  })

  it('cannot be locked out or changed by somebody who may do less', async () => {
    const { id } = await somebody()
    await join(await group('Owners'), id)
    await rules({ display_name: 'owners', roles: ['owner'] })
    const { version } = await person(id)
    expect(await refusal(people.update(admin, id, { version, disabled: true }))).toEqual(['admin.role_beyond_own'])
    const { id: key } = await keys.create(owner, { principal_id: id, name: 'k' })
    expect(await refusal(keys.revoke(admin, key))).toEqual(['admin.role_beyond_own'])
    expect(await refusal(keys.create(admin, { principal_id: id, name: 'k' }))).toEqual(['admin.role_beyond_own'])
    await rules()
    expect(await people.update(admin, id, { version, disabled: true })).toMatchObject({ id })
  })
})

describe('an organisation', () => {
  it('asks whoever may vote by a group', async () => {
    const { id } = await somebody()
    await join(await group('Voters'), id)
    const asked = async () => {
      const scope = { platform: true } as const
      const reading = { database: seeded.postgres.database, scope }
      const found = await seeded.postgres.database.read(scope, (tx) => listAddressees(tx, [owner.tenantId!]))
      const them = found.find((one) => one.id === id)!
      const matter = { tenant_id: owner.tenantId!, opened_by: 'u_opener', subject_publisher_id: null }
      return mayBeAsked({ ...matter, scope: 'kill:release' }, { ...them, ...(await heldRoles(reading, them)) })
    }
    expect(await asked()).toBe(false)
    await rules({ display_name: 'voters', roles: ['owner'] })
    expect(await asked()).toBe(true)
  })

  it('keeps an owner of its own, whoever is one by a group', async () => {
    const { id } = await somebody()
    await join(await group('Co-owners'), id)
    await rules({ display_name: 'co-owners', roles: ['owner'] })
    const { version } = await person(owner.principalId!)
    const asThem = (await seeded.callers.callerOf((await person(id)).pseudonym, 'test'))!
    const away = people.update(asThem, owner.principalId!, { version, disabled: true })
    expect(await refusal(away)).toEqual(['admin.last_owner'])
    const ownership = new Ownership(seeded.postgres.database, seeded.shipped.gate, seeded.callers)
    const passed = ownership.transfer(asThem, owner.tenantId!, { to: owner.principalId! })
    expect(await refusal(passed)).toEqual(['conflict'])
  })

  it('is forgotten by every instance where a group that a rule is about changes, and by none where another does', async () => {
    const client = await seeded.postgres.owner()
    let heard = 0
    client.on('notification', () => heard++)
    await client.query('LISTEN gatehouse_callers')
    const notices = async (change: () => Promise<unknown>) => {
      heard = 0
      await change()
      await client.query('SELECT 1')
      return heard > 0
    }
    const { id } = await somebody()
    const [ruled, other] = [await group('Ruled'), await group('Other')]
    expect(await notices(() => rules({ display_name: 'ruled', roles: ['auditor'] }))).toBe(true)
    expect(await notices(() => join(other, id))).toBe(false)
    expect(await notices(() => join(ruled, id))).toBe(true)
    expect(await notices(() => leave(ruled, id))).toBe(true)
    expect(await notices(() => leave(other, id))).toBe(false)
    const renamed = "UPDATE scim_group SET display_name = 'Ruled no more' WHERE id = $1"
    expect(await notices(() => lay(renamed, [ruled]))).toBe(true)
    await client.query('UNLISTEN gatehouse_callers')
  })
})

describe('a preview of rules', () => {
  const preview = (caller: Caller, ...entries: object[]) =>
    previews.preview(caller, { name: 'default' }, rulesOf(...entries))

  it('says who would gain and who would lose what, and changes nothing', async () => {
    const [both, one, has] = [await somebody({ name: 'Both' }), await somebody({ name: 'One' }), await somebody()]
    const [left, right] = [await group('preview left'), await group('preview right')]
    for (const { id } of [both, one, has]) await join(left, id)
    await join(right, both.id)
    await rules({ display_name: 'preview left', roles: ['auditor'] })
    const would = await preview(
      owner,
      { display_name: 'preview right', roles: ['auditor', 'developer'] },
      { display_name: 'preview *', roles: ['member'] },
    )
    expect(ENDPOINTS['grouprules.preview'].response.parse(would)).toEqual(would)
    expect(would.rules).toEqual([
      { rule: 'group display_name preview right', groups: 1, members: 1 },
      { rule: 'group display_name preview *', groups: 2, members: 3 },
    ])
    expect(would.affected).toBe(3)
    expect(would.people).toContainEqual({
      id: both.id,
      name: 'Both',
      gains: ['developer'],
      loses: [],
      in_workspaces: [],
    })
    expect(would.people).toContainEqual({ id: one.id, name: 'One', gains: [], loses: ['auditor'], in_workspaces: [] })
    expect((await one.may()).roles).toEqual(['member', 'auditor'])
  })

  it('says what its reader could not hand out', async () => {
    const asked = { display_name: 'x', roles: ['owner'] }
    expect((await preview(admin, asked)).beyond_own).toContain('kill:release')
    expect((await preview(owner, asked)).beyond_own).toEqual([])
    expect(await refusal(preview(owner, { display_name: 'x', custom_roles: ['unheard-of'] }))).toEqual([
      'request.invalid',
    ])
  })
})

it('fits patterns as the rest of the service does', async () => {
  const client = await seeded.postgres.owner()
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '%', '_', '\\'), maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(letters, letters, async (pattern, name) => {
      const { rows } = await client.query<{ fits: boolean }>('SELECT glob_fits($1, $2) AS fits', [pattern, name])
      expect(rows[0]!.fits).toBe(fits(pattern, name))
    }),
  )
})
