import { subtreesOf, type Hash, type LeafRange, type Subtree } from '#sdk/audit/merkle.rules.js'
import type { TreeNode } from '#sdk/audit/growing-tree.js'
import type { Queryable } from '../platform/database/queryable.js'
import { BYTEA, INT4, INT8, UUID, binaryArray } from './binary-array.rules.js'

/** The log's size and root. */
export interface Head {
  readonly size: number
  readonly root: Hash
}

/** A checkpoint as it is kept. Times are milliseconds since the epoch. */
export interface StoredCheckpoint extends Head {
  readonly note: string
  readonly keyid: string
  readonly signedAt: number
  readonly expiresAt: number
}

/** An entry that is durable and not in the log yet. */
export interface Unsequenced {
  readonly id: string
  readonly leaf_hash: Hash
}

/** Any number that no other part takes as an advisory lock: "ledg" in ASCII. */
const SEQUENCER_LOCK = 0x6c656467

/**
 * What waits is read in the order of its index. Each pass leaves the index entries of what it placed there as dead ones; a scan
 * in order marks them, so that the next one passes over them, while a bitmap scan reads all of them every time until a vacuum.
 */
const LOCK = `SELECT pg_try_advisory_xact_lock($1) AS locked,
  set_config('enable_bitmapscan', 'off', true), set_config('enable_seqscan', 'off', true)`

/** Takes the sequencer's lock until the transaction ends; false where another instance has it. */
export const lockSequencer = async (tx: Queryable): Promise<boolean> =>
  (await tx.query<{ locked: boolean }>(LOCK, [SEQUENCER_LOCK])).rows[0]?.locked === true

/** Size and root of the log as it was last sequenced. */
export const readHead = async (db: Queryable): Promise<Head> => {
  const { rows } = await db.query<{ size: string; root: Buffer }>('SELECT size, root FROM ledger_head WHERE id = 1')
  if (!rows[0]) throw new Error('the ledger has no head')
  return { size: Number(rows[0].size), root: rows[0].root }
}

/** Oldest entries that wait to be sequenced. */
export const readUnsequenced = async (db: Queryable, limit: number): Promise<Unsequenced[]> => {
  const text = 'SELECT id, leaf_hash FROM ledger_entry WHERE leaf_index IS NULL ORDER BY at, id LIMIT $1'
  return (await db.query<Unsequenced>(text, [limit])).rows
}

/** How many entries wait, and for how long the oldest has, in milliseconds on the database's clock. */
export const readLag = async (db: Queryable): Promise<{ entries: number; lagMs: number }> => {
  const { rows } = await db.query<{ entries: number; lag_ms: number }>(
    `SELECT count(*)::float8 AS entries,
            coalesce(extract(epoch FROM clock_timestamp() - min(at)) * 1000, 0)::float8 AS lag_ms
     FROM ledger_entry WHERE leaf_index IS NULL`,
  )
  return { entries: rows[0]?.entries ?? 0, lagMs: rows[0]?.lag_ms ?? 0 }
}

const NODES = `
  SELECT 0 AS level, leaf_index AS index, leaf_hash AS hash FROM ledger_entry WHERE leaf_index = ANY($1::bigint[])
  UNION ALL
  SELECT level, index, hash FROM ledger_node
  WHERE (level, index) IN (SELECT * FROM unnest($2::int[], $3::bigint[]))`

/** Hashes of complete subtrees, in the order asked for. Raises Error where one is missing. */
export const readNodes = async (db: Queryable, wanted: readonly Subtree[]): Promise<TreeNode[]> => {
  const inner = wanted.filter(({ level }) => level > 0)
  const { rows } = await db.query<{ level: number; index: string; hash: Buffer }>(NODES, [
    wanted.filter(({ level }) => level === 0).map(({ index }) => index),
    inner.map(({ level }) => level),
    inner.map(({ index }) => index),
  ])
  const found = new Map(rows.map(({ level, index, hash }) => [`${level}/${index}`, hash]))
  return wanted.map(({ level, index }) => {
    const hash = found.get(`${level}/${index}`)
    if (!hash) throw new Error(`the ledger lacks subtree ${index} of level ${level}`)
    return { level, index, hash }
  })
}

/** Hashes of the complete subtrees of several ranges, grouped by range. */
export const readRanges = async (db: Queryable, ranges: readonly LeafRange[]): Promise<Hash[][]> => {
  const grouped = ranges.map(subtreesOf)
  const nodes = await readNodes(db, grouped.flat())
  let at = 0
  return grouped.map((subtrees) => nodes.slice(at, (at += subtrees.length)).map(({ hash }) => hash))
}

/** Gives entries their place in the log: the first of them becomes leaf `from`. */
export const placeEntries = async (tx: Queryable, entries: readonly Unsequenced[], from: number): Promise<void> => {
  const { rowCount } = await tx.query(
    // In words that no index has: each is found by its id, and not among all that wait, once for each.
    `UPDATE ledger_entry SET leaf_index = placed.index FROM unnest($1::uuid[], $2::bigint[]) AS placed(id, index)
     WHERE ledger_entry.id = placed.id AND coalesce(leaf_index, -1) = -1`,
    [
      binaryArray(
        UUID,
        entries.map(({ id }) => id),
      ),
      binaryArray(
        INT8,
        entries.map((_, at) => from + at),
      ),
    ],
  )
  if (rowCount !== entries.length) throw new Error('an entry was sequenced by somebody else')
}

/** Keeps the inner nodes that became complete. */
export const insertNodes = async (tx: Queryable, nodes: readonly TreeNode[]): Promise<void> => {
  await tx.query(
    'INSERT INTO ledger_node (level, index, hash) SELECT * FROM unnest($1::int[], $2::bigint[], $3::bytea[])',
    [
      binaryArray(
        INT4,
        nodes.map(({ level }) => level),
      ),
      binaryArray(
        INT8,
        nodes.map(({ index }) => index),
      ),
      binaryArray(
        BYTEA,
        nodes.map(({ hash }) => hash),
      ),
    ],
  )
}

/** Moves the head from one size to the next. Raises Error where it is not where it was read. */
export const moveHead = async (tx: Queryable, oldSize: number, head: Head): Promise<void> => {
  const text = 'UPDATE ledger_head SET size = $1, root = $2 WHERE id = 1 AND size = $3'
  const { rowCount } = await tx.query(text, [head.size, head.root, oldSize])
  if (rowCount !== 1) throw new Error(`the head of the ledger is no longer at ${oldSize}`)
}

/**
 * Keeps a checkpoint. For a size that has one, only its signature and expiry are renewed: the role may not change a
 * root, and a log never has two roots for one size.
 */
export const saveCheckpoint = async (tx: Queryable, checkpoint: StoredCheckpoint): Promise<void> => {
  await tx.query(
    `INSERT INTO ledger_checkpoint (size, root, note, keyid, signed_at, expires_at)
     VALUES ($1, $2, $3, $4, to_timestamp($5 / 1000.0), to_timestamp($6 / 1000.0))
     ON CONFLICT (size) DO UPDATE
     SET note = excluded.note, keyid = excluded.keyid, signed_at = excluded.signed_at, expires_at = excluded.expires_at`,
    [checkpoint.size, checkpoint.root, checkpoint.note, checkpoint.keyid, checkpoint.signedAt, checkpoint.expiresAt],
  )
}

interface CheckpointRow {
  size: string
  root: Buffer
  note: string
  keyid: string
  signed_at: Date
  expires_at: Date
}

/** The newest checkpoint, or that of one size; null where there is none. */
export const readCheckpointOf = async (db: Queryable, size?: number): Promise<StoredCheckpoint | null> => {
  const { rows } = await db.query<CheckpointRow>(
    `SELECT size, root, note, keyid, signed_at, expires_at FROM ledger_checkpoint
     WHERE $1::bigint IS NULL OR size = $1 ORDER BY size DESC LIMIT 1`,
    [size ?? null],
  )
  const row = rows[0]
  if (!row) return null
  const { root, note, keyid } = row
  const [signedAt, expiresAt] = [row.signed_at.getTime(), row.expires_at.getTime()]
  return { size: Number(row.size), root, note, keyid, signedAt, expiresAt }
}

/** Where an entry stands in the log; null where there is no such entry. */
export const findEntry = async (
  db: Queryable,
  id: string,
): Promise<{ leafHash: Hash; leafIndex: number | null } | null> => {
  const text = 'SELECT leaf_hash, leaf_index::float8 AS leaf_index FROM ledger_entry WHERE id = $1'
  const row = (await db.query<{ leaf_hash: Buffer; leaf_index: number | null }>(text, [id])).rows[0]
  return row ? { leafHash: row.leaf_hash, leafIndex: row.leaf_index } : null
}

/** Checkpoints of logs with more than `from` and at most `to` leaves, by size. */
export const readNotes = async (
  db: Queryable,
  { from, to }: { from: number; to: number },
): Promise<Map<number, string>> => {
  const text = 'SELECT size::float8 AS size, note FROM ledger_checkpoint WHERE size > $1 AND size <= $2'
  const { rows } = await db.query<{ size: number; note: string }>(text, [from, to])
  return new Map(rows.map(({ size, note }) => [size, note]))
}
