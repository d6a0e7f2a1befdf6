import { randomUUID } from 'node:crypto'
import { Logger } from '@nestjs/common'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { PersonCreate, type Person } from '#contract/api/identity.js'
import { refusal } from '../gate/testing/refusal.js'
import type { Caller } from '../platform/http/caller.js'
import { ApiKeys } from './keys.service.js'
import { Organisations } from './organisations.service.js'
import { Ownership } from './ownership.service.js'
import { People } from './people.service.js'
import { Suspension } from './suspension.service.js'
import { seededPeople, type SeededPeople } from './testing/seeded-people.js'

Logger.overrideLogger(false)

/** An organisation with two owners, and callers for both. */
interface TwoOwners {
  readonly id: string
  readonly people: readonly [Person, Person]
  readonly callers: readonly [Caller, Caller]
}

let seeded: SeededPeople
let people: People
let keys: ApiKeys
let organisations: Organisations
let ownership: Ownership
let suspension: Suspension
let operator: Caller
let two: TwoOwners

const callerOf = async (person: Person, part: object = {}): Promise<Caller> => {
  const { secret } = await keys.create(operator, { principal_id: person.id, name: 'k' })
  return { ...(await seeded.callers.resolve(`Bearer ${secret}`, 'c')), ...part }
}
const add = (tenant_id: string, part: object = {}): Promise<Person> =>
  people.create(
    operator,
    PersonCreate.parse({ name: 'New', email: `${randomUUID()}@x.example`, roles: ['member'], tenant_id, ...part }),
  )
const person = async (id: string): Promise<Person> =>
  (await people.list(operator, { limit: 200, tenant_id: two.id })).items.find((each) => each.id === id)!

beforeAll(async () => {
  seeded = await seededPeople()
  const { postgres, shipped, callers, pseudonyms } = seeded
  people = new People(postgres.database, shipped.gate, callers, pseudonyms)
  keys = new ApiKeys(postgres.database, shipped.gate, callers)
  organisations = new Organisations(postgres.database, shipped.gate, pseudonyms, callers)
  ownership = new Ownership(postgres.database, shipped.gate, callers)
  suspension = new Suspension(postgres.database, shipped.gate, callers)
  operator = await seeded.as('operator')
}, 60_000)
beforeEach(async () => {
  const slug = `o-${randomUUID().slice(0, 8)}`
  const { tenant, owner } = await organisations.create(operator, {
    ...{ slug, name: 'Two', owner: { name: 'One', email: 'one@x.example' } },
  })
  const second = await add(tenant.id, { roles: ['owner'] })
  two = { id: tenant.id, people: [owner, second], callers: [await callerOf(owner), await callerOf(second)] }
})
afterAll(() => seeded.drop())

describe('the last owner', () => {
  const losses = [{ roles: ['admin' as const] }, { disabled: true }]

  it.each(losses)('stays, by whomever %j is asked for', async (change) => {
    const [first, second] = two.people
    await people.update(two.callers[0], second.id, { version: 1, ...change })
    for (const caller of [two.callers[0], operator])
      expect(await refusal(people.update(caller, first.id, { version: 1, ...change }))).toEqual(['admin.last_owner'])
    expect(await people.update(two.callers[0], first.id, { version: 1, name: 'Renamed' })).toMatchObject({ version: 2 })
  })

  it('is not replaced by a service account, nor by somebody disabled', async () => {
    const [first, second] = two.people
    await add(two.id, { roles: ['owner'], kind: 'service_account' })
    await people.update(operator, second.id, { version: 1, disabled: true })
    const demotion = people.update(operator, first.id, { version: 1, roles: ['admin'] })
    expect(await refusal(demotion)).toEqual(['admin.last_owner'])
  })

  it('stays where two owners demote each other at once', async () => {
    const [first, second] = two.people
    const outcomes = await Promise.all([
      refusal(people.update(two.callers[0], second.id, { version: 1, roles: ['admin'] })),
      refusal(people.update(two.callers[1], first.id, { version: 1, roles: ['admin'] })),
    ])
    const kept = (await Promise.all([first.id, second.id].map(person))).filter(({ roles }) => roles.includes('owner'))
    expect(kept).toHaveLength(1)
    expect(outcomes.flat().filter((said) => said === 'nothing was refused')).toHaveLength(1)
  })

  it('stays where two transactions take both away, each having seen the other one', async () => {
    const owner = await seeded.postgres.owner()
    await owner.query('ALTER TABLE principal DISABLE TRIGGER governed')
    const clients = [owner, await seeded.postgres.owner()]
    try {
      for (const [index, client] of clients.entries()) {
        await client.query('BEGIN')
        await client.query("UPDATE principal SET roles = '{admin}' WHERE id = $1", [two.people[index]!.id])
      }
      const ended = await Promise.allSettled(clients.map((client) => client.query('COMMIT')))
      const refused = ended.flatMap((each) => (each.status === 'rejected' ? [each.reason as { code: string }] : []))
      expect(refused.map(({ code }) => code)).toEqual(['GH060'])
    } finally {
      await owner.query('ALTER TABLE principal ENABLE TRIGGER governed')
    }
  })

  it('is deleted only with the organisation', async () => {
    const owner = await seeded.postgres.owner()
    const tables = ['api_key', 'principal', 'workspace', 'tenant']
    const governed = (how: 'ENABLE' | 'DISABLE') =>
      owner.query(tables.map((table) => `ALTER TABLE ${table} ${how} TRIGGER governed`).join(';'))
    const of = (table: string) => `DELETE FROM ${table} WHERE ${table === 'tenant' ? 'id' : 'tenant_id'} = '${two.id}'`
    await governed('DISABLE')
    try {
      const people = owner.query(`BEGIN; ${of('api_key')}; ${of('principal')}; COMMIT`)
      await expect(people).rejects.toMatchObject({ code: 'GH060' })
      await owner.query('ROLLBACK')
      await owner.query(`BEGIN; ${tables.map(of).join(';')}; COMMIT`)
    } finally {
      await governed('ENABLE')
    }
  })
})

describe('ownership', () => {
  it('passes to another person, and leaves an administrator', async () => {
    const heir = await add(two.id, { roles: ['auditor'] })
    const { owner, former } = await ownership.transfer(two.callers[0], two.id, { to: heir.id })
    expect(owner).toMatchObject({ id: heir.id, roles: ['auditor', 'owner'], version: 2 })
    expect(former).toMatchObject({ id: two.people[0].id, roles: ['admin'], version: 2 })
    expect(await person(heir.id)).toEqual(owner)
  })

  it('says so where whoever gets it has nothing to use it by, and how they get that', async () => {
    const heir = await add(two.id, { roles: ['admin'] })
    await callerOf(heir)
    const passed = await ownership.transfer(two.callers[0], two.id, { to: heir.id })
    expect(passed.warnings).toEqual([expect.stringMatching(new RegExp(`no way to act as an owner.*--for ${heir.id}`))])
    const other = await add(two.id)
    await ownership.transfer(await callerOf(await person(heir.id)), two.id, { to: other.id })
    const back = await ownership.transfer(await callerOf(await person(other.id)), two.id, { to: heir.id })
    expect(back.warnings).toEqual([])
  })

  it('is given by owners alone, with all of their rights, and lately proven', async () => {
    const heir = await add(two.id)
    const to = { to: heir.id }
    const admin = await callerOf(await add(two.id, { roles: ['admin'] }))
    expect(await refusal(ownership.transfer(admin, two.id, to))).toContain('admin.not_owner')
    expect(await refusal(ownership.transfer(await seeded.as('globex_owner'), two.id, to))).toEqual(['not_found'])
    const { actor } = two.callers[0]
    const session = { acr: null, auth_time: 0, second_factor: true }
    const stale = { ...two.callers[0], actor: { ...actor, session } }
    expect(await refusal(ownership.transfer(stale, two.id, to))).toEqual(['admin.step_up_required'])
    const narrow = { ...two.callers[0], actor: { ...actor, scopes: ['tenants:write' as const] } }
    expect(await refusal(ownership.transfer(narrow, two.id, to))).toEqual(['admin.role_beyond_own'])
  })

  it('goes to nobody who cannot hold it', async () => {
    const [first, second] = two.people
    const machine = await add(two.id, { kind: 'service_account' })
    await people.update(operator, second.id, { version: 1, disabled: true })
    const other = await seeded.as('globex_owner')
    for (const to of [first.id, second.id, machine.id, other.principalId!, randomUUID()])
      expect(await refusal(ownership.transfer(two.callers[0], two.id, { to }))).toEqual(['request.invalid'])
  })

  it('goes round in a ring of transfers at once, and is never lost', async () => {
    await Promise.allSettled([
      ownership.transfer(two.callers[0], two.id, { to: two.people[1].id }),
      ownership.transfer(two.callers[1], two.id, { to: two.people[0].id }),
    ])
    const kept = await Promise.all(two.people.map(({ id }) => person(id)))
    expect(kept.filter(({ roles }) => roles.includes('owner')).length).toBeGreaterThan(0)
  })
})

describe('a suspended organisation', () => {
  it('changes nothing until it is resumed, and says why', async () => {
    const suspended = await suspension.suspend(operator, two.id, { version: 1, reason: 'unpaid' })
    expect(suspended).toMatchObject({ status: 'suspended', suspended_because: 'unpaid', version: 2 })
    const owner = await callerOf(two.people[0])
    const change = () => people.update(owner, two.people[1].id, { version: 1, name: 'Other' })
    expect(await refusal(change())).toEqual(['admin.tenant_suspended'])
    expect(await refusal(suspension.resume(operator, two.id, { version: 1 }))).toEqual(['conflict'])
    const resumed = await suspension.resume(operator, two.id, { version: 2 })
    expect(resumed).toMatchObject({ status: 'active', suspended_because: null })
    const again = await callerOf(two.people[0])
    expect(await people.update(again, two.people[1].id, { version: 1, name: 'Other' })).toMatchObject({ version: 2 })
  })

  it("is so by the platform's operators alone, and never the platform's own", async () => {
    const said = { version: 1, reason: 'r' }
    expect(await refusal(suspension.suspend(two.callers[0], two.id, said))).toEqual(
      expect.arrayContaining(['admin.scope_missing', 'admin.operators_only']),
    )
    expect(await refusal(suspension.suspend(operator, operator.tenantId!, said))).toEqual(['admin.own_organisation'])
    expect(await refusal(suspension.suspend(operator, randomUUID(), said))).toEqual(['not_found'])
  })
})
