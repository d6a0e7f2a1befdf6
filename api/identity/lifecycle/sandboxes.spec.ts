import { Logger } from '@nestjs/common'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { SandboxCreated } from '#contract/api/identity.js'
import { refusal } from '../../gate/testing/refusal.js'
import type { Caller } from '../../platform/http/caller.js'
import { ApiKeys } from '../keys.service.js'
import { Organisations } from '../organisations.service.js'
import { seededPeople, type SeededPeople } from '../testing/seeded-people.js'
import { Removal } from './removal.service.js'
import { Sandboxes } from './sandboxes.service.js'

Logger.overrideLogger(false)

let seeded: SeededPeople
let sandboxes: Sandboxes
let organisations: Organisations
let operator: Caller

beforeAll(async () => {
  seeded = await seededPeople()
  const { postgres, shipped, pseudonyms, callers } = seeded
  sandboxes = new Sandboxes({ database: postgres.database, gate: shipped.gate, pseudonyms, days: 7 })
  organisations = new Organisations(postgres.database, shipped.gate, pseudonyms, callers)
  operator = await seeded.as('operator')
}, 60_000)
afterAll(() => seeded.drop())

const keyOf = ({ people }: SandboxCreated, role: string) =>
  people.find(({ person }) => person.roles[0] === role)!.key.secret
const as = async (made: SandboxCreated, role: string): Promise<Caller> => {
  seeded.callers.forget()
  return seeded.callers.resolve(`Bearer ${keyOf(made, role)}`, 'c')
}
const withoutTriggers = async (text: string, id: string): Promise<void> => {
  const owner = await seeded.postgres.owner()
  await owner.query('ALTER TABLE tenant DISABLE TRIGGER USER')
  await owner.query(text, [id])
  await owner.query('ALTER TABLE tenant ENABLE TRIGGER USER')
}
const shown = async (id: string) =>
  (await organisations.list(operator, { limit: 200 })).items.find((each) => each.id === id)!

describe('a sandbox', () => {
  it('is an organisation with people, keys and samples, and says when it ends', async () => {
    const made = await sandboxes.make(operator, { name: 'Try' })
    expect(made.people.map(({ person }) => person.roles[0])).toEqual(['owner', 'admin', 'developer', 'member'])
    expect(made.documents.map(({ kind }) => kind)).toEqual(['list', 'limits', 'role'])
    const days = (Date.parse(made.tenant.sandbox_until!) - Date.now()) / 86_400_000
    expect(Math.round(days * 100) / 100).toBe(7)
    const owner = await as(made, 'owner')
    expect(owner).toMatchObject({ tenantId: made.tenant.id, actor: { platform: false } })
    expect((await organisations.list(owner, { limit: 10 })).items).toEqual([await shown(made.tenant.id)])
    const keys = new ApiKeys(seeded.postgres.database, seeded.shipped.gate, seeded.callers)
    expect(await keys.create(owner, { name: 'k' })).toMatchObject({ tenant_id: made.tenant.id })
  })

  it("is made by the platform's operators, for a time, and as many as there may be", async () => {
    const make = (caller: Caller, days = 1) => refusal(sandboxes.make(caller, { name: 'Try', days }))
    expect(await make(await seeded.as('acme_owner'))).toEqual(['not_found'])
    expect(await make(operator, 31)).toEqual(['admin.sandbox_too_long'])
    const taken = refusal(sandboxes.make(operator, { name: 'Try', slug: 'acme' }))
    expect(await taken).toEqual(['already_exists'])
  })

  it('is shut at once when its time is over, and then gone', async () => {
    const made = await sandboxes.make(operator, { name: 'Short', days: 1 })
    const { id } = made.tenant
    await withoutTriggers("UPDATE tenant SET sandbox_until = now() - interval '1 second' WHERE id = $1", id)
    const keys = new ApiKeys(seeded.postgres.database, seeded.shipped.gate, seeded.callers)
    expect(await refusal(keys.create(await as(made, 'owner'), { name: 'k' }))).toEqual(['admin.tenant_closing'])
    await new Removal({ database: seeded.postgres.database, gate: seeded.shipped.gate, callers: seeded.callers }).turn(
      'c',
    )
    expect(await shown(id)).toMatchObject({ status: 'closed', slug: `deleted-${id}` })
    expect(await refusal(as(made, 'owner'))).toEqual(['auth.invalid'])
  })

  it('stays one, whoever writes', async () => {
    const { tenant } = await sandboxes.make(operator, { name: 'Stays', days: 1 })
    const owner = await seeded.postgres.owner()
    await owner.query('ALTER TABLE tenant DISABLE TRIGGER governed')
    try {
      for (const until of ['NULL', "now() + interval '1 year'"])
        await expect(
          owner.query(`UPDATE tenant SET sandbox_until = ${until} WHERE id = $1`, [tenant.id]),
        ).rejects.toMatchObject({ code: 'GH080' })
      const other = "UPDATE tenant SET sandbox_until = now() WHERE slug = 'acme'"
      await expect(owner.query(other)).rejects.toMatchObject({ code: 'GH080' })
    } finally {
      await owner.query('ALTER TABLE tenant ENABLE TRIGGER governed')
    }
  })
})
