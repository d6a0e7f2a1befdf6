import type { Publisher, SigningKey } from '#contract/api/registry.js'
import type { Prisma } from '#prisma/generated/client.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import { isoInstant, isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { ScopedReader } from '../platform/database/prisma-reader.js'
import type { Queryable } from '../platform/database/queryable.js'
import { inPage, type IdPage } from '../platform/http/page.js'

const PUBLISHER = `id, tenant_id, slug, name, contact, ${isoTimestamp('verified_at')}, version AS revision, ${isoTimestamp('created_at')}`
const KEY = `keyid, algorithm, public_key, ${isoTimestamp('not_after')}, ${isoTimestamp('revoked_at')}, ${isoTimestamp('created_at')}`

type PublisherRow = Omit<Publisher, 'keys'>
/** A key of the trust bundle with whose it is. */
export type TrustedKey = SigningKey & { readonly publisher_id: string }

/** The keys of these names, whoever's they are. */
export const findKeys = async (tx: Queryable, keyids: readonly string[]): Promise<TrustedKey[]> => {
  const found = await tx.query<TrustedKey>(`SELECT publisher_id, ${KEY} FROM publisher_key WHERE keyid = ANY ($1)`, [
    keyids,
  ])
  return found.rows
}

const KEY_COLUMNS = {
  keyid: true,
  algorithm: true,
  public_key: true,
  not_after: true,
  revoked_at: true,
  created_at: true,
} as const
const PUBLISHER_COLUMNS = {
  id: true,
  tenant_id: true,
  slug: true,
  name: true,
  contact: true,
  verified_at: true,
  version: true,
  created_at: true,
  keys: { select: KEY_COLUMNS, orderBy: { id: 'asc' } },
} as const

type Selected = Prisma.PublisherGetPayload<{ select: typeof PUBLISHER_COLUMNS }>
const publisherOf = ({ version, keys, verified_at, created_at, ...row }: Selected): Publisher => ({
  ...row,
  verified_at: isoInstant(verified_at),
  revision: version,
  created_at: isoInstant(created_at),
  keys: keys.map((key) => ({
    ...key,
    algorithm: key.algorithm as SigningKey['algorithm'],
    not_after: isoInstant(key.not_after),
    revoked_at: isoInstant(key.revoked_at),
    created_at: isoInstant(key.created_at),
  })),
})

/** Publishers that the scope can see with their keys, newest first. */
export const listPublishers = async ({ publisher }: ScopedReader, page: IdPage): Promise<Publisher[]> =>
  (await publisher.findMany({ ...inPage(page, {}), select: PUBLISHER_COLUMNS })).map(publisherOf)

/** One publisher with its keys, where the scope can see it. */
export const findPublisher = async ({ publisher }: ScopedReader, id: string): Promise<Publisher | undefined> => {
  const row = await publisher.findUnique({ where: { id }, select: PUBLISHER_COLUMNS })
  return row ? publisherOf(row) : undefined
}

/** Whose a publisher is and whether it is verified: what decisions need, beside the rest of their facts. */
export const findPublisherFacts = async (
  tx: Queryable,
  id: string,
): Promise<Pick<Publisher, 'id' | 'tenant_id' | 'verified_at'> | undefined> => {
  const found = await tx.query<Pick<Publisher, 'id' | 'tenant_id' | 'verified_at'>>(
    `SELECT id, tenant_id, ${isoTimestamp('verified_at')} FROM publisher WHERE id = $1`,
    [id],
  )
  return found.rows[0]
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
