import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Client } from 'pg'
import { releaseBefore, type ReleaseBefore } from '../../testing/release-before.js'

const DAY_MS = 86_400_000

let held: ReleaseBefore
let client: Client

/** A UUID of version 7 of a moment, as decisions have. */
const idAt = (milliseconds: number): string => {
  const hex = milliseconds.toString(16).padStart(12, '0') + `7${randomBytes(10).toString('hex').slice(1)}`
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const TENANT = '00000000-0000-7000-8000-000000000001'
const BY_TYPE: Readonly<Record<string, unknown>> = {
  uuid: TENANT,
  bytea: Buffer.from('x'),
  jsonb: '{}',
  ARRAY: [],
  boolean: false,
  'timestamp with time zone': new Date(),
}
const NUMBERS = ['integer', 'bigint', 'smallint']

/** Writes a row into a table as that is now: what is not given and must be there is made up by its type. */
const insert = async (table: string, given: Readonly<Record<string, unknown>>): Promise<void> => {
  const { rows } = await client.query<{ name: string; type: string }>(
    `SELECT column_name AS name, data_type AS type FROM information_schema.columns
     WHERE table_name = $1 AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'`,
    [table],
  )
  const made = Object.fromEntries(
    rows.map(({ name, type }) => [name, NUMBERS.includes(type) ? 1 : (BY_TYPE[type] ?? 'x')]),
  )
  const row = { ...made, ...given }
  const names = Object.keys(row)
  const places = names.map((_, index) => `$${index + 1}`)
  // What was governed then has its decision; here only what migrations make of the row matters.
  await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`)
  await client.query(
    `INSERT INTO ${table} (${names.map((name) => `"${name}"`).join()}) VALUES (${places.join()})`,
    Object.values(row),
  )
  await client.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`)
}

const NOW = Date.now()
const decisions = {
  old: idAt(NOW - 70 * DAY_MS),
  today: idAt(NOW),
  soon: idAt(NOW + 35 * DAY_MS),
  never: idAt(Date.UTC(9_000, 0)),
}
const revision = `sha256:${'1'.repeat(64)}`

beforeAll(async () => {
  held = await releaseBefore()
  client = await held.owner()
  for (const id of Object.values(decisions)) await insert('decision', { id, at: new Date(NOW), outcome: 'allow' })
  await insert('policy_revision', { revision, tree: '{}', files: '{}' })
  await insert('policy_activation', { revision, seq: 1, kind: 'activate', replaces: null })
  await insert('approval', { state: 'voided' })
  await insert('tenant', { id: TENANT })
  await insert('principal', { kind: 'user', tenant_id: TENANT })

  await held.upgrade()
}, 60_000)
afterAll(() => held.drop())

const one = async (statement: string, values: unknown[] = []) => (await client.query(statement, values)).rows[0]

describe('rows of the release before', () => {
  it('are decisions in the partition of their time, found by their ids', async () => {
    const placed = async (id: string) =>
      (await one('SELECT tableoid::regclass::text AS partition FROM decision WHERE id = $1', [id]))?.partition
    expect(await placed(decisions.old)).toBe('decision_first')
    expect(await placed(decisions.today)).toBe('decision_first')
    expect(await placed(decisions.soon)).toMatch(/^decision_(first|\d{6})$/)
    expect(await placed(decisions.never)).toBe('decision_default')
    expect(await one('SELECT count(*)::int AS all, decision_strays()::int AS strays FROM decision')).toEqual({
      all: 4,
      strays: 1,
    })
  })

  it('leave room for what is decided from now on', async () => {
    const id = idAt(NOW + 65 * DAY_MS)
    await insert('decision', { id, at: new Date(NOW), outcome: 'allow' })
    const { partition } = (await one('SELECT tableoid::regclass::text AS partition FROM decision WHERE id = $1', [id]))!
    expect(partition).toMatch(/^decision_\d{6}$/)
  })

  it('are revisions named by module and data, and activations without an end', async () => {
    expect(await one('SELECT revision, bundle_revision FROM policy_revision')).toEqual({
      revision,
      bundle_revision: revision,
    })
    expect(await one('SELECT expires_at FROM policy_activation')).toEqual({ expires_at: null })
    expect(await one('SELECT voided_because FROM approval')).toEqual({ voided_because: null })
    expect(await one('SELECT custom_roles FROM principal')).toEqual({ custom_roles: [] })
  })
})
