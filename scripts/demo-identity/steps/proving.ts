import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { shown, type Step } from '../../demo/step.js'
import { CAST } from '../company.js'
import type { IdentityWorld } from '../world.js'

/** Exports the log to a file, and verifies it offline. */
const verifiedExport = async ({ base }: IdentityWorld, file: string) => {
  const path = join(base.folder, file)
  const ran = await base.eventually(
    async () => {
      const written = await base.cli('operator', 'audit', 'export', path)
      shown(written.code === 0, 'the log is exported', written)
      return base.cli('operator', 'audit', 'verify', path)
    },
    ({ code }) => code === 0,
  )
  shown(ran.code === 0, 'and verifies offline', ran)
  return { path, ...(ran.answer as { size?: number; ok?: boolean }) }
}

const personErasedLedgerVerifies: Step<IdentityWorld> = {
  name: 'person_erased_ledger_verifies',
  async show(world) {
    const { base } = world
    const { email } = CAST.erased
    const id = world.idOf(email)
    const before = await base.cli('acme_owner', 'people', 'export', id)
    shown(before.stdout.includes(email), 'something is kept of somebody', before.code)
    const held = await base.cli('acme_owner', 'people', 'erase', id)
    const { id: approval } = (held.answer['approval'] ?? {}) as { id?: string }
    shown(held.answer['held'] === true && approval !== undefined, 'one person alone erases nobody', held.answer)
    const voted = await base.cli('acme_admin', 'approvals', 'approve', approval, '--comment', 'they asked for it')
    shown(voted.code === 0, 'a second one agrees', voted.answer)
    const gone = await base.eventually(
      () => world.scim().find('/Users', `userName eq "${email}"`),
      ({ total }) => total === 0,
    )
    shown(gone.total === 0, 'the directory finds them no more', gone)
    const kept = await base.request('acme_owner', `/v1/people/${id}/export`)
    shown(kept.status === 404, 'nothing is kept of them', kept)
    const verified = await verifiedExport(world, 'after-erasure.jsonl')
    const text = readFileSync(verified.path, 'utf8')
    shown(!text.includes(email), 'their address is nowhere in the log', email)
    const replayed = await base.cli('operator', 'decisions', 'replay', base.recall('decision:call_allowed'))
    shown(replayed.answer['equal'] === true, 'decisions replay to the same bytes', replayed.answer)
    return { erased: id, approval, size: verified.size, replayed: replayed.answer['actual_digest'] }
  },
}

interface Entry {
  readonly source: string
  readonly did: string
  readonly decision_id: string | null
}

const auditVerified: Step<IdentityWorld> = {
  name: 'audit_verified',
  async show(world) {
    const { base } = world
    const counted: Record<string, number> = {}
    for (const source of ['admin', 'sign_in', 'scim']) {
      const listed = await base.cli('acme_owner', 'audit', 'list', '--source', source, '--limit', '100')
      const entries = listed.answer['items'] as Entry[] | undefined
      shown(listed.code === 0 && (entries?.length ?? 0) > 0, `the list has what ${source} did`, listed.answer)
      counted[source] = entries!.length
    }
    const { size } = await verifiedExport(world, 'whole.jsonl')
    const proven: Record<string, unknown> = {}
    for (const [name, id] of base.known) {
      if (!name.startsWith('decision:')) continue
      const proof = await base.cli('operator', 'audit', 'prove', id)
      shown(proof.code === 0 && proof.answer['proven'] === true, `${name} is proven to be in the log`, proof)
      proven[name.slice(9)] = proof.answer['leaf_index']
    }
    shown(Object.keys(proven).length > 1, 'there are decisions to prove', proven)
    return { size, listed: counted, proven }
  },
}

/** What can be proven afterwards, in this order. */
export const provingSteps: readonly Step<IdentityWorld>[] = [personErasedLedgerVerifies, auditVerified]
