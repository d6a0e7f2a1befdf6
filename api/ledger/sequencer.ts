import type { KeyObject } from 'node:crypto'
import type { Pool } from 'pg'
import { signCheckpoint } from '#sdk/audit/checkpoint.rules.js'
import { GrowingTree, type TreeNode } from '#sdk/audit/growing-tree.js'
import { sameHash, subtreesOf } from '#sdk/audit/merkle.rules.js'
import type { Queryable } from '../platform/database/queryable.js'
import { inTransaction } from '../platform/database/transaction.js'
import * as log from './log.repository.js'

/** What a sequencer works with. */
export interface SequencerParts {
  /** Pool of the role that keeps records. */
  readonly records: Pool
  /** Origin of the log and name of its key (C2SP tlog-checkpoint). */
  readonly origin: string
  readonly keyid: string
  readonly privateKey: KeyObject
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** Entries that one pass sequences. */
const MAX_ENTRIES = 8_192
/** How long a checkpoint may be taken for current. */
const CHECKPOINT_VALID_MS = 24 * 60 * 60 * 1000

/** Raised where the stored right edge of the log does not hash to its head: somebody changed the log. Nothing is appended. */
export class LogCorrupt extends Error {
  override readonly name = 'LogCorrupt'
}

/**
 * Appends what waits to the one Merkle log: whichever instance gets the lock does it, in one transaction that also moves
 * the head and keeps the signed checkpoint.
 * @returns how many entries were appended; 0 where none waited or another instance is at it
 */
export const sequence = (parts: SequencerParts): Promise<number> =>
  inTransaction(parts.records, { mode: 'READ WRITE', settings: [] }, async (tx) =>
    (await log.lockSequencer(tx)) ? append(tx, parts) : 0,
  )

async function append(tx: Queryable, parts: SequencerParts): Promise<number> {
  const entries = await log.readUnsequenced(tx, MAX_ENTRIES)
  if (entries.length === 0) {
    await renewCheckpoint(tx, parts)
    return 0
  }
  const head = await log.readHead(tx)
  const tree = new GrowingTree(head.size, await log.readNodes(tx, subtreesOf({ from: 0, to: head.size })))
  if (!sameHash(tree.root, head.root))
    throw new LogCorrupt(`the log of ${head.size} leaves does not have its head's root`)
  const closed: TreeNode[] = entries.flatMap((entry) => tree.append(entry.leaf_hash))
  await log.placeEntries(tx, entries, head.size)
  await log.insertNodes(tx, closed)
  await log.moveHead(tx, head.size, tree)
  await log.saveCheckpoint(tx, signed(tree, parts))
  return entries.length
}

/** A log that does not grow still says so: its newest checkpoint is signed again before half of its time has passed. */
async function renewCheckpoint(tx: Queryable, parts: SequencerParts): Promise<void> {
  const newest = await log.readCheckpointOf(tx)
  if (newest && newest.expiresAt - parts.now() > CHECKPOINT_VALID_MS / 2) return
  await log.saveCheckpoint(tx, signed(newest ?? (await log.readHead(tx)), parts))
}

function signed({ size, root }: log.Head, { origin, keyid, privateKey, now }: SequencerParts): log.StoredCheckpoint {
  const signedAt = now()
  const expiresAt = signedAt + CHECKPOINT_VALID_MS
  const note = signCheckpoint({ origin, size, root, expiresAt }, privateKey)
  return { size, root, note, keyid, signedAt, expiresAt }
}
