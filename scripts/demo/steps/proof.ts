import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { gatehouse } from '../command.js'
import { SqlError, type Postgres } from '../postgres.js'
import { Service } from '../service.js'
import { shown, type Step } from '../step.js'
import type { Person, World } from '../world.js'
import { AUDITOR, CLASSIFIER, MISBEHAVER } from './publish.js'

/** A key for the organisation, written straight into the table under the decision given; the SQLSTATE of the refusal. */
const attempt = async (database: Postgres, tenant: string, decision: string | null): Promise<string> => {
  const id = randomUUID()
  const row = [id, tenant, randomUUID(), 'stolen', id.slice(0, 8)].map((value) => `'${value}'`).join(', ')
  const statements = [
    'BEGIN',
    `SELECT set_config('gatehouse.tenant', '${tenant}', true), set_config('gatehouse.decision', '${decision ?? ''}', true)`,
    `INSERT INTO api_key (id, tenant_id, principal_id, name, prefix, hash, scopes, decision_id) VALUES (${row}, '', '{}', ${decision ? `'${decision}'` : 'NULL'})`,
    'COMMIT',
  ]
  try {
    await database.query(statements.join('; '))
    return 'written'
  } catch (error) {
    await database.query('ROLLBACK')
    if (error instanceof SqlError) return error.code
    throw error
  }
}

const tenantOf = async (world: World, person: Person): Promise<string> =>
  ((await world.request(person, '/v1/whoami')).body['tenant'] as { id: string }).id

/** Decisions made just now: one that allowed a key to be made and was used for it, a denial, and one of another action. */
const freshDecisions = async (world: World) => {
  await world.cli('acme_admin', 'keys', 'create', 'for-the-demo')
  const made = await world.request('acme_admin', '/v1/decisions?action=key.create&outcome=allow&limit=1')
  await world.cli('operator', 'kill', 'extension', CLASSIFIER, '--reason', 'its calls are to be denied')
  const denied = await world.request('acme_member', `/api/ext/${CLASSIFIER}/classify`, { method: 'POST', body: {} })
  const called = await world.cli('acme_member', 'call', MISBEHAVER, '/fine', '--body', '{}')
  return {
    spent: (made.body['items'] as { id: string }[])[0]?.id ?? '',
    denial: String(denied.body['decision_id']),
    otherAction: String(called.answer['decision_id']),
  }
}

const writeWithoutPermitRefused: Step = {
  name: 'write_without_permit_refused',
  async show(world) {
    const acme = await tenantOf(world, 'acme_admin')
    const globex = await tenantOf(world, 'globex_admin')
    const { spent, denial, otherAction } = await freshDecisions(world)
    const database = await world.postgres('api', 'gatehouse_governed')
    const seen = {
      no_decision: await attempt(database, acme, null),
      invented: await attempt(database, acme, randomUUID()),
      of_a_denial: await attempt(database, acme, denial),
      spent: await attempt(database, acme, spent),
      another_tenants: await attempt(database, globex, spent),
      another_actions: await attempt(database, acme, otherAction),
    }
    database.close()
    const expected = {
      no_decision: 'GH001',
      invented: 'GH002',
      of_a_denial: 'GH003',
      spent: 'GH004',
      another_tenants: 'GH005',
      another_actions: 'GH006',
    }
    shown(
      JSON.stringify(seen) === JSON.stringify(expected),
      'PostgreSQL refuses each of them, each with its own SQLSTATE',
      seen,
    )
    return seen
  },
}

const decisionExplained: Step = {
  name: 'decision_explained',
  async show(world) {
    const id = world.recall('decision:call_without_scope_denied')
    const why = await world.cli('acme_admin', 'why', id)
    const reasons = why.answer['reasons'] as { id: string; message: string; remedy: string }[]
    shown(
      why.code === 0 && reasons.some(({ message, remedy }) => message.length > 0 && remedy.length > 0),
      'reasons come with words and remedies',
      why.answer,
    )
    const rules = why.answer['rules'] as { location: { file: string; line: number } | null }[]
    shown(
      rules.some(({ location }) => location !== null),
      'rules come with their place in the sources',
      rules,
    )
    return {
      decision_id: id,
      reasons: reasons.map(({ id: reason, remedy }) => ({ reason, remedy })),
      rules,
      input_digest: why.answer['input_digest'],
      revision: why.answer['revision'],
    }
  },
}

const decisionReplayed: Step = {
  name: 'decision_replayed',
  async show(world) {
    const replays: Record<string, unknown> = {}
    for (const name of ['call_ok', 'call_without_scope_denied', 'publish_signed']) {
      const replayed = await world.cli('operator', 'decisions', 'replay', world.recall(`decision:${name}`))
      shown(replayed.answer['equal'] === true, `${name} replays to the same bytes`, replayed.answer)
      replays[name] = replayed.answer['actual_digest']
    }
    return replays
  },
}

const auditVerified: Step = {
  name: 'audit_verified',
  async show(world) {
    const file = join(world.folder, 'ledger.jsonl')
    const verified = await world.eventually(
      async () => {
        const written = await world.cli('operator', 'audit', 'export', file)
        shown(written.code === 0, 'the log is exported', written)
        return world.cli('operator', 'audit', 'verify', file)
      },
      ({ code }) => code === 0,
    )
    shown(verified.code === 0, 'the export verifies offline', verified)
    const id = world.recall('decision:call_ok')
    const proof = await world.cli('operator', 'audit', 'prove', id)
    shown(proof.code === 0, 'a decision is proven to be in the log', proof)
    return { ...verified.answer, proven: id, leaf_index: proof.answer['leaf_index'] }
  },
}

const auditTamperNamed: Step = {
  name: 'audit_tamper_named',
  async show(world) {
    const id = world.recall('decision:call_without_scope_denied')
    const owner = await world.postgres('owner')
    await owner.query(`UPDATE decision SET outcome = 'allow' WHERE id = '${id}'`)
    const file = join(world.folder, 'tampered.jsonl')
    await world.cli('operator', 'audit', 'export', file)
    const verified = await world.cli('operator', 'audit', 'verify', file)
    await owner.query(`UPDATE decision SET outcome = 'deny' WHERE id = '${id}'`)
    owner.close()
    shown(
      verified.code === 1 && JSON.stringify(verified.answer).includes(id),
      'the row that was changed is named',
      verified.answer,
    )
    return { tampered: id, verdict: verified.answer }
  },
}

const backupRestored: Step = {
  name: 'backup_restored',
  async show(world) {
    const archive = join(world.folder, 'gatehouse.backup')
    const written = await world.cli('operator', 'backup', archive)
    shown(written.code === 0, 'a backup is written while the service runs', written)
    const restored = join(world.folder, 'restored')
    const done = await gatehouse(['--data', world.data, 'restore', archive, '--into', restored], {})
    shown(done.code === 0, 'it is restored into a new folder', done)
    const service = await Service.start(restored, world.commonSettings)
    try {
      const id = world.recall('decision:call_ok')
      const decision = await world.requestAt(service.url, 'acme_admin', `/v1/decisions/${id}`, {})
      shown(decision.status === 200, 'the restored service knows the decision', decision)
      const called = await world.requestAt(service.url, 'acme_member', `/api/ext/${AUDITOR}/audit`, {
        method: 'POST',
        body: { lockfileVersion: 3, packages: {} },
      })
      shown(called.status === 200, 'and runs the extension', called)
      return { decision_id: id, call: called.status, bytes: written.answer['bytes'] }
    } finally {
      await service.stop()
    }
  },
}

const servicePidUnchanged: Step = {
  name: 'service_pid_unchanged',
  async show(world) {
    const { pid, running } = world.service
    shown(
      running && world.servicePids.at(-1) === pid,
      'the service was never replaced but by intent',
      world.servicePids,
    )
    const intended = 1 + world.intendedRestarts
    shown(world.servicePids.length === intended, 'as many starts as intended', world.servicePids)
    const refetched: Record<string, number> = {}
    for (const [name, id] of world.known) {
      if (!name.startsWith('decision:')) continue
      refetched[name.slice(9)] = (await world.request('operator', `/v1/decisions/${id}`)).status
    }
    shown(
      Object.values(refetched).every((status) => status === 200),
      'every decision of the evidence can be fetched again',
      refetched,
    )
    return { pid, starts: world.servicePids.length, intended, refetched }
  },
}

export const proofSteps: readonly Step[] = [
  writeWithoutPermitRefused,
  decisionExplained,
  decisionReplayed,
  auditVerified,
  auditTamperNamed,
  backupRestored,
  servicePidUnchanged,
]
