import { Logger } from '@nestjs/common'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { EXPORT_SECTIONS } from '#contract/api/organisation-export.js'
import { TenantDocuments } from '../../documents/documents.service.js'
import { refusal } from '../../gate/testing/refusal.js'
import type { Caller } from '../../platform/http/caller.js'
import { seededPeople, type SeededPeople } from '../testing/seeded-people.js'
import { EXPORTED, NOT_EXPORTED } from './export.sections.js'
import { OrganisationExport } from './export.service.js'

Logger.overrideLogger(false)

let seeded: SeededPeople
let archive: OrganisationExport
let acme: Caller
let globex: Caller

/** Every row of an organisation's archive by section, page by page. */
const rowsOf = async (caller: Caller, limit: number): Promise<Map<string, Record<string, unknown>[]>> => {
  const rows = new Map<string, Record<string, unknown>[]>()
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await archive.page(caller, caller.tenantId!, { limit, ...(cursor && { cursor }) })
    expect(page.rows.length).toBeLessThanOrEqual(limit)
    rows.set(page.section, [...(rows.get(page.section) ?? []), ...page.rows])
    cursor = page.next_cursor
  }
  return rows
}

beforeAll(async () => {
  seeded = await seededPeople()
  archive = new OrganisationExport(seeded.postgres.database)
  acme = await seeded.as('acme_owner')
  globex = await seeded.as('globex_owner')
  const documents = new TenantDocuments(seeded.postgres.database, seeded.shipped.gate)
  for (const [caller, nth] of [acme, globex].flatMap((caller) => [1, 2, 3, 4].map((nth) => [caller, nth] as const))) {
    const document = { title: `List ${nth} of ${caller.tenantId}`, admits: 'all', entries: [] } as const
    const written = { document: { ...document, entries: [] }, why: 'w', revision: 0 }
    await documents.set(caller, { kind: 'list', name: `list-${nth}` }, written)
  }
}, 60_000)
afterAll(() => seeded.drop())

describe("an organisation's archive", () => {
  it('has every section, and every row of it, whatever the size of a page', async () => {
    const owner = await seeded.postgres.owner()
    for (const limit of [1, 3, 1_000]) {
      const rows = await rowsOf(acme, limit)
      expect([...rows.keys()]).toEqual([...EXPORT_SECTIONS])
      for (const section of EXPORT_SECTIONS) {
        const { table } = EXPORTED[section]
        const own = table === 'tenant' ? 'id' : 'tenant_id'
        const counted = await owner.query<{ count: number }>(
          `SELECT count(*)::int AS count FROM ${table} WHERE ${own} = $1`,
          [acme.tenantId],
        )
        expect([section, rows.get(section)!.length]).toEqual([section, counted.rows[0]!.count])
      }
      expect(rows.get('people')!.length).toBeGreaterThan(3)
      expect(rows.get('documents')).toHaveLength(4)
      expect(rows.get('decisions')!.length).toBeGreaterThan(3)
    }
  })

  it("holds nothing of another organisation's, and no secret", async () => {
    const said = JSON.stringify([...(await rowsOf(acme, 50))])
    expect(said).toContain('owner@acme.example')
    for (const foreign of [globex.tenantId!, 'globex.example', globex.actor.id]) expect(said).not.toContain(foreign)
    const owner = await seeded.postgres.owner()
    const { rows } = await owner.query<{ hash: Buffer }>('SELECT hash FROM api_key WHERE tenant_id = $1', [
      acme.tenantId,
    ])
    for (const { hash } of rows)
      for (const form of ['hex', 'base64'] as const) expect(said).not.toContain(hash.toString(form))
  })

  it('holds nothing of what others publish, which everybody may see', async () => {
    expect((await rowsOf(acme, 50)).get('publishers')).toMatchObject([{ slug: 'acme-labs' }])
    const said = JSON.stringify([...(await rowsOf(globex, 50))])
    expect(said).toContain('owner@globex.example')
    for (const foreign of [acme.tenantId!, 'acme', acme.actor.id]) expect(said).not.toContain(foreign)
  })

  it('names no column that keeps a secret', () => {
    for (const section of EXPORT_SECTIONS)
      expect([
        section,
        EXPORTED[section].columns.match(/\b(hash|sealed|client_secret|challenge|spent|refresh_hash)\b/),
      ]).toEqual([section, null])
  })

  it('goes on where it was left', async () => {
    const id = acme.tenantId!
    const first = await archive.page(acme, id, { limit: 1 })
    const again = await archive.page(acme, id, { limit: 1, cursor: first.next_cursor! })
    expect(await archive.page(acme, id, { limit: 1, cursor: first.next_cursor! })).toEqual(again)
  })

  it.each([
    'x',
    Buffer.from('["people",["no id"]]').toString('base64url'),
    Buffer.from('["nothing",null]').toString('base64url'),
    Buffer.from('["kv",["a"]]').toString('base64url'),
  ])('takes no cursor that it did not give: %s', async (cursor) => {
    expect(await refusal(archive.page(acme, acme.tenantId!, { limit: 1, cursor }))).toEqual(['request.invalid'])
  })

  it('is not there for others', async () => {
    expect(await refusal(archive.page(globex, acme.tenantId!, { limit: 1 }))).toEqual(['not_found'])
  })

  it('is said of every table that keeps rows of organisations: in it, or why not', async () => {
    const owner = await seeded.postgres.owner()
    const { rows } = await owner.query<{ name: string }>(
      `SELECT DISTINCT c.table_name AS name FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
       WHERE table_schema = 'public' AND column_name = 'tenant_id' AND table_type = 'BASE TABLE' AND table_name !~ '^decision_'`,
    )
    const named = new Set([...Object.values(EXPORTED).map(({ table }) => table), ...Object.keys(NOT_EXPORTED)])
    expect(rows.map(({ name }) => name).filter((name) => !named.has(name))).toEqual([])
  })
})
