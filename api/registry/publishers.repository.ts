import type { Publisher, SigningKey } from '#contract/api/registry.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { IdPage } from '../platform/http/page.js'

const PUBLISHER = `id, tenant_id, slug, name, contact, ${isoTimestamp('verified_at')}, version AS revision, ${isoTimestamp('created_at')}`
const KEY = `keyid, algorithm, public_key, ${isoTimestamp('not_after')}, ${isoTimestamp('revoked_at')}, ${isoTimestamp('created_at')}`

type PublisherRow = Omit<Publisher, 'keys'>
/** A key of the trust bundle with whose it is. */
export type TrustedKey = SigningKey & { readonly publisher_id: string }

/** Signing keys of these publishers, oldest first. */
export const listKeys = async (tx: Queryable, publisherIds: readonly string[]): Promise<TrustedKey[]> => {
  const found = await tx.query<TrustedKey>(
    `SELECT publisher_id, ${KEY} FROM publisher_key WHERE publisher_id = ANY ($1::uuid[]) ORDER BY id`,
    [publisherIds],
  )
  return found.rows
}

/** The keys of these names, whoever's they are. */
export const findKeys = async (tx: Queryable, keyids: readonly string[]): Promise<TrustedKey[]> => {
  const found = await tx.query<TrustedKey>(`SELECT publisher_id, ${KEY} FROM publisher_key WHERE keyid = ANY ($1)`, [
    keyids,
  ])
  return found.rows
}

const withKeys = async (tx: Queryable, rows: readonly PublisherRow[]): Promise<Publisher[]> => {
  const keys = await listKeys(
    tx,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => ({
    ...row,
    keys: keys.filter(({ publisher_id }) => publisher_id === row.id).map(({ publisher_id: _, ...key }) => key),
  }))
}

/** Publishers that the scope can see, newest first. */
export const listPublishers = async (tx: Queryable, { rows, before }: IdPage): Promise<Publisher[]> => {
  const found = await tx.query<PublisherRow>(
    `SELECT ${PUBLISHER} FROM publisher WHERE $2::uuid IS NULL OR id < $2 ORDER BY id DESC LIMIT $1`,
    [rows, before],
  )
  return withKeys(tx, found.rows)
}

/** One publisher with its keys, where the scope can see it. */
export const findPublisher = async (tx: Queryable, id: string): Promise<Publisher | undefined> => {
  const found = await tx.query<PublisherRow>(`SELECT ${PUBLISHER} FROM publisher WHERE id = $1`, [id])
  return (await withKeys(tx, found.rows))[0]
}

export type NewPublisher = Pick<Publisher, 'id' | 'tenant_id' | 'slug' | 'name' | 'contact'>

/** Adds a publisher. */
export const insertPublisher = async (tx: GovernedTransaction, row: NewPublisher): Promise<PublisherRow> => {
  const added = await tx.query<PublisherRow>(
    `INSERT INTO publisher (id, tenant_id, slug, name, contact, decision_id) VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${PUBLISHER}`,
    [row.id, row.tenant_id, row.slug, row.name, row.contact, tx.decisionId],
  )
  return added.rows[0]!
}

export interface NewKey {
  readonly id: string
  readonly tenant_id: string
  readonly publisher_id: string
  readonly keyid: string
  readonly public_key: string
  readonly not_after: string | null
}

/** Adds a key to the trust bundle. */
export const insertKey = async (tx: GovernedTransaction, row: NewKey): Promise<SigningKey> => {
  const added = await tx.query<SigningKey>(
    `INSERT INTO publisher_key (id, tenant_id, publisher_id, keyid, public_key, not_after, decision_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${KEY}`,
    [row.id, row.tenant_id, row.publisher_id, row.keyid, row.public_key, row.not_after, tx.decisionId],
  )
  return added.rows[0]!
}

/** Revokes a key for good; one that is revoked keeps its moment. Undefined where the publisher has no such key. */
export const revokeKey = async (
  tx: GovernedTransaction,
  publisherId: string,
  keyid: string,
): Promise<SigningKey | undefined> => {
  const revoked = await tx.query<SigningKey>(
    `UPDATE publisher_key SET revoked_at = coalesce(revoked_at, now()), decision_id = $3, version = version + 1
     WHERE publisher_id = $1 AND keyid = $2 RETURNING ${KEY}`,
    [publisherId, keyid, tx.decisionId],
  )
  return revoked.rows[0]
}

/** Makes a person a member of a publisher; false where they are one of another already. */
export const joinPublisher = async (
  tx: GovernedTransaction,
  principalId: string,
  publisherId: string,
): Promise<boolean> => {
  const joined = await tx.query(
    `UPDATE principal SET publisher_id = $2, decision_id = $3, version = version + 1
     WHERE id = $1 AND publisher_id IS NULL`,
    [principalId, publisherId, tx.decisionId],
  )
  return joined.rowCount === 1
}

/** States that a publisher is who it says; the first time counts. */
export const markVerified = async (tx: GovernedTransaction, { id, revision }: Publisher): Promise<boolean> => {
  const marked = await tx.query(
    `UPDATE publisher SET verified_at = coalesce(verified_at, now()), decision_id = $3, version = version + 1
     WHERE id = $1 AND version = $2`,
    [id, revision, tx.decisionId],
  )
  return marked.rowCount === 1
}
