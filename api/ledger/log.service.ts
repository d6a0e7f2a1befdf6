import type { z } from 'zod'
import type {
  CheckpointReply,
  ConsistencyReply,
  ExportHeader,
  ExportLine,
  InclusionReply,
  LedgerKeysReply,
} from '#contract/api/ledger.js'
import type { ExecutionReceipt } from '#contract/api/invocations.js'
import { problem } from '#contract/problems.js'
import { receiptIdOf } from '#sdk/audit/execution-leaf.rules.js'
import { consistencyRanges, foldSubtrees, inclusionRanges, type Hash } from '#sdk/audit/merkle.rules.js'
import type { Database } from '../platform/database/database.service.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { Scope } from '../platform/database/scope.rules.js'
import { readLeaves, readReceipt, readTail, type ExportRow } from './export.repository.js'
import {
  findEntry,
  readCheckpointOf,
  readHead,
  readLag,
  readNotes,
  readRanges,
  type StoredCheckpoint,
} from './log.repository.js'
import type { LedgerKey } from './origin.js'
import { readRetentions } from './retention.repository.js'

const PAGE = 500
const PLATFORM: Scope = { platform: true }
const base64 = (hash: Hash): string => Buffer.from(hash).toString('base64')
const iso = (ms: number): string => new Date(ms).toISOString()

/** Reads the Merkle log: checkpoints, proofs, and the whole of it for an offline verifier. Leaves are hashes and have no tenant. */
export class LedgerLog {
  constructor(
    private readonly database: Pick<Database, 'inScope'>,
    private readonly key: LedgerKey,
  ) {}

  /** The newest signed checkpoint. Raises `ledger.empty` before the first. */
  checkpoint(): Promise<z.infer<typeof CheckpointReply>> {
    return this.database.inScope(PLATFORM, async (tx) => {
      const { note, size, root, signedAt, expiresAt } = await newest(tx)
      const { entries: unsequenced } = await readLag(tx)
      const times = { signed_at: iso(signedAt), expires_at: iso(expiresAt) }
      return { note, origin: this.key.origin, size, root: base64(root), ...times, unsequenced }
    })
  }

  /** How far the log has come: its leaves, the entries that wait, and for how many milliseconds the oldest has waited. */
  progress(): Promise<{ size: number; unsequenced: number; lagMs: number }> {
    return this.database.inScope(PLATFORM, async (tx) => {
      const { size } = await readHead(tx)
      const { entries: unsequenced, lagMs } = await readLag(tx)
      return { size, unsequenced, lagMs }
    })
  }

  /** The keys that sign checkpoints. */
  keys(): z.infer<typeof LedgerKeysReply> {
    const { origin, verifier } = this.key
    return { keys: [{ name: origin, algorithm: 'ed25519', verifier }] }
  }

  /** An execution's receipt with its proof, where the scope shows it. Raises `not_found`, `ledger.not_sequenced`. */
  async receipt(scope: Scope, executionId: string): Promise<z.infer<typeof ExecutionReceipt>> {
    const receipt = await this.database.inScope(scope, (tx) => readReceipt(tx, executionId))
    if (!receipt) throw problem('not_found')
    return { receipt, ...(await this.inclusion(receiptIdOf(executionId))) }
  }

  /** Proof that an entry is in the log of the newest checkpoint. Raises `not_found`, `ledger.not_sequenced`. */
  inclusion(entry: string): Promise<z.infer<typeof InclusionReply>> {
    return this.database.inScope(PLATFORM, async (tx) => {
      const found = await findEntry(tx, entry)
      if (!found) throw problem('not_found')
      const checkpoint = await newest(tx)
      const { leafIndex } = found
      if (leafIndex === null || leafIndex >= checkpoint.size) throw problem('ledger.not_sequenced', { retryAfter: 1 })
      const siblings = await readRanges(tx, inclusionRanges(leafIndex, checkpoint.size))
      const proof = siblings.map((hashes) => base64(foldSubtrees(hashes)))
      return { entry, leaf_hash: base64(found.leafHash), leaf_index: leafIndex, proof, checkpoint: checkpoint.note }
    })
  }

  /** Proof that the log of `from` leaves is a prefix of that of `to`. Raises `request.invalid` where there is no such pair. */
  consistency(from: number, to?: number): Promise<z.infer<typeof ConsistencyReply>> {
    return this.database.inScope(PLATFORM, async (tx) => {
      // In this order: the log may grow between the two, and is never shorter than what was signed of it.
      const newer = to ?? (await newest(tx)).size
      const { size } = await readHead(tx)
      if (newer > size) throw outOfRange('/query/to', `the log has ${size} leaves`)
      if (from < 1 || from > newer) throw outOfRange('/query/from', `must be from 1 to ${newer}`)
      const proof = await readRanges(tx, consistencyRanges(from, newer))
      const roots = await readRanges(tx, [
        { from: 0, to: from },
        { from: 0, to: newer },
      ])
      const [from_root = '', to_root = ''] = roots.map((hashes) => base64(foldSubtrees(hashes)))
      return { from, to: newer, from_root, to_root, proof: proof.map((hashes) => base64(foldSubtrees(hashes))) }
    })
  }

  /**
   * The log up to the newest checkpoint and the tail behind it, entry by entry. Decisions that the scope shows come in
   * full, all others as hashes. Raises `ledger.empty` before the first checkpoint.
   */
  async export(scope: Scope): Promise<AsyncGenerator<ExportLine>> {
    return this.lines(scope, await this.database.inScope(PLATFORM, newest))
  }

  private retentions(): Promise<ExportHeader['retentions']> {
    return this.database.inScope(PLATFORM, async (tx) =>
      (await readRetentions(tx)).map(({ id, since, until }) => ({ leaf: id, since, until })),
    )
  }

  private async *lines(scope: Scope, { note, size }: StoredCheckpoint): AsyncGenerator<ExportLine> {
    const header = { checkpoint: note, verifiers: [this.key.verifier], retentions: await this.retentions() }
    const format = 'gatehouse.ledger.v1'
    yield { type: 'header', format, scope: 'platform' in scope ? 'platform' : 'tenant', ...header }
    let sequenced = 0
    for await (const { row, note: signed } of this.leaves(scope, size)) {
      sequenced += 1
      yield lineOf(row, row.leaf_index, scope)
      if (signed !== undefined) yield { type: 'checkpoint', note: signed }
    }
    let unsequenced = 0
    for await (const row of this.tail(scope, size)) {
      unsequenced += 1
      yield lineOf(row, null, scope)
    }
    yield { type: 'end', sequenced, unsequenced }
  }

  /** Leaves in their order, each with the checkpoint that was signed right after it. */
  private async *leaves(scope: Scope, size: number): AsyncGenerator<{ row: ExportRow; note: string | undefined }> {
    for (let from = 0; from < size;) {
      const range = { from, to: Math.min(from + PAGE, size) }
      const [rows, notes] = await this.database.inScope(scope, async (tx) => [
        await readLeaves(tx, range),
        await readNotes(tx, range),
      ])
      for (const row of rows) yield { row, note: notes.get((row.leaf_index ?? -1) + 1) }
      from = range.to
    }
  }

  private async *tail(scope: Scope, size: number): AsyncGenerator<ExportRow> {
    for (let after: string | null = null; ;) {
      const range: { size: number; after: string | null; limit: number } = { size, after, limit: PAGE }
      const rows = await this.database.inScope(scope, (tx) => readTail(tx, range))
      yield* rows
      if (rows.length < PAGE) return
      after = rows.at(-1)?.id ?? null
    }
  }
}

async function newest(tx: Queryable): Promise<StoredCheckpoint> {
  const checkpoint = await readCheckpointOf(tx)
  if (!checkpoint) throw problem('ledger.empty', { retryAfter: 1 })
  return checkpoint
}

const outOfRange = (pointer: string, detail: string) => problem('request.invalid', { errors: [{ pointer, detail }] })

/** Bodies of leaves that are no decisions have no tenant of their own, so only the platform sees them. */
const lineOf = (row: ExportRow, index: number | null, scope: Scope): ExportLine => ({
  type: 'entry',
  index,
  id: row.id,
  kind: row.kind,
  leaf_hash: base64(row.leaf_hash),
  ...(row.record && { record: row.record as never }),
  ...(row.input && { input: base64(row.input), answer: row.answer && base64(row.answer) }),
  ...(row.body && 'platform' in scope && { body: base64(row.body) }),
})
