import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Client } from 'pg'
import { testDatabase, type TestDatabase } from '../../testing/test-database.js'

let test: TestDatabase
let owner: Client

beforeAll(async () => {
  test = await testDatabase()
  owner = await test.owner()
}, 60_000)
afterAll(() => test.drop())

/** Of tables with rows of organisations, the columns that the role may read. */
const READ = `SELECT table_name, array_agg(column_name::text ORDER BY column_name) AS columns FROM information_schema.columns c
  WHERE table_schema = 'public' AND has_column_privilege('gatehouse_records', format('%I', table_name)::regclass, column_name, 'SELECT')
    AND EXISTS (SELECT FROM information_schema.columns o
      WHERE o.table_schema = 'public' AND o.table_name = c.table_name AND o.column_name = 'tenant_id')
  GROUP BY table_name ORDER BY table_name`

describe('the role that records, for all organisations at once', () => {
  it('reads what finds a row again, and nothing that an organisation keeps', async () => {
    const { rows } = await owner.query<{ table_name: string; columns: string[] }>(READ)
    expect(Object.fromEntries(rows.map(({ table_name, columns }) => [table_name, columns.join(' ')]))).toEqual({
      agent_decision: 'agent decision_id tenant_id',
      api_key_use: 'key_id',
      client_credential_use: 'credential_id',
      execution_recording: 'execution_id expires_at',
      extension_event: 'at id',
      extension_event_delivery: 'attempts created_at event_id execution_id id install_id state tenant_id',
      extension_execution_log: 'id',
      extension_quota_usage: 'install_id metric period value',
      kept_call: 'expires_at id key state tenant_id',
      // What everybody has to follow: what is stopped, and the policy in force.
      kill_order: 'epoch id reason released_at scope target',
      local_sign_in:
        'browser_hash challenge created_at expires_at principal_id return_to session_id tenant_id totp_sealed wrong',
      opa_agent: 'agent refused_events seen_at tenant_id',
      // Ids by which the module that is told reads for itself.
      outbox: 'attempts available_at delivered_at id payload topic',
      passkey_use: 'counter passkey_id',
      policy_activation: 'expires_at replaces revision seq',
      policy_canary: 'after base_revision id percent plan revision state unit',
      policy_revision: 'bundle_revision created_at files revision',
      policy_waiver: 'id reason revoked_at subject_id subject_kind until',
      policy_what_if:
        'attempts budget claim claimed_until created_at decision_id decisions draft_id ended_at fault flips follow id limit only_tenant report_digest resume revision since started_by state tenant_id tree until verdict',
      recovery_code_use: 'code_id',
      runtime_token_use: 'token_id',
      scim_log: 'at id',
      scim_token_use: 'token_id',
      service_token: 'expires_at',
      // Whoever signs in is of no organisation yet; of secrets there are hashes alone.
      session:
        'access_until acr auth_time client created_at decision_id ended_at ended_because expires_at hash id idle_until issuer jkt label last_used_at prefix previous_hash principal_id provider_id refresh_hash rotated_at second_factor sid spent subject tenant_id wrong_codes',
      sign_in_attempt:
        'browser_hash code_verifier created_at dpop_key expires_at nonce provider_id return_to session_id state_hash step_up tenant_id',
      tenant_policy_activation: 'created_at module seq tenant_id',
    })
  })

  it.each([
    'SELECT input FROM decision',
    'SELECT message FROM extension_log',
    'SELECT outcome FROM extension_execution_log',
    'SELECT data FROM extension_event',
    'SELECT labels FROM extension_metric',
    'SELECT body FROM kept_call',
    'SELECT sealed FROM execution_recording',
    'SELECT body FROM ledger_entry',
    'SELECT one::text FROM outbox one',
    'UPDATE kept_call SET body = body RETURNING body',
    'INSERT INTO extension_metric DEFAULT VALUES',
  ])('is refused: %s', async (text) => {
    await expect(test.database.records.query(text)).rejects.toMatchObject({ code: '42501' })
  })
})

describe('counts of a canary', () => {
  it('are seen where the canary is', async () => {
    const canary = '00000000-0000-7000-8000-000000000001'
    const mine = '00000000-0000-7000-8000-00000000000a'
    await owner.query('ALTER TABLE policy_canary DISABLE TRIGGER governed')
    await owner.query(
      `INSERT INTO policy_canary (id, tenant_id, after, base_revision, revision, unit, reason, by, plan, decision_id)
       VALUES ($1, $2, 1, 'base', 'candidate', 'tenant', 'a test', 'somebody', '{}', $1)`,
      [canary, mine],
    )
    await test.database.records.query(
      `INSERT INTO policy_canary_report (canary_id, percent, node, counts) VALUES ($1, 1, 'here', '{}')`,
      [canary],
    )
    const seen = (tenant: string) =>
      test.database.inScope({ tenant }, async (tx) => (await tx.query('SELECT FROM policy_canary_report')).rowCount)
    expect([await seen(mine), await seen('00000000-0000-7000-8000-00000000000b')]).toEqual([1, 0])
  })
})
