import type { DocumentKind, DocumentOf } from '#contract/api/documents.js'
import type { Scope } from '#contract/scopes.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { IdPage } from '../platform/http/page.js'

/** Which document of which organisation. */
export interface DocumentName<K extends DocumentKind = DocumentKind> {
  readonly tenantId: string
  readonly kind: K
  readonly name: string
}

/** A revision as kept; its document was parsed when it was written. */
export interface RevisionRow<K extends DocumentKind = DocumentKind> {
  readonly id: string
  readonly tenant_id: string
  readonly name: string
  readonly revision: number
  readonly document: DocumentOf<K>
  readonly why: string
  readonly by: string
  readonly reverts_to: number | null
  readonly decision_id: string
  readonly created_at: string
}

const COLUMNS = 'id, tenant_id, name, revision, document, why, by, reverts_to, decision_id'
const REVISION = `${COLUMNS}, ${isoTimestamp('created_at')}`
const NEWEST = 'SELECT DISTINCT ON (tenant_id, kind, name) * FROM tenant_document'

/** The newest revision of each document of a kind that the scope can see; of one organisation where `tenantId` names it. */
export const listNewest = async <K extends DocumentKind>(
  tx: Queryable,
  { rows, before }: IdPage,
  { kind, tenantId }: { kind: K; tenantId: string | null },
): Promise<RevisionRow<K>[]> => {
  const found = await tx.query<RevisionRow<K>>(
    `SELECT ${REVISION} FROM (
       ${NEWEST} WHERE kind = $3 AND ($4::uuid IS NULL OR tenant_id = $4)
       ORDER BY tenant_id, kind, name, revision DESC) newest
     WHERE ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $1`,
    [rows, before, kind, tenantId],
  )
  return found.rows
}

/** One revision, the newest where none is named; undefined where the scope has none. */
export const findRevision = async <K extends DocumentKind>(
  tx: Queryable,
  { tenantId, kind, name }: DocumentName<K>,
  revision: number | null = null,
): Promise<RevisionRow<K> | undefined> => {
  const found = await tx.query<RevisionRow<K>>(
    `SELECT ${REVISION} FROM tenant_document
     WHERE tenant_id = $1 AND kind = $2 AND name = $3 AND ($4::int IS NULL OR revision = $4)
     ORDER BY revision DESC LIMIT 1`,
    [tenantId, kind, name, revision],
  )
  return found.rows[0]
}

/** Revisions of a document, newest first. */
export const listRevisions = async <K extends DocumentKind>(
  tx: Queryable,
  { tenantId, kind, name }: DocumentName<K>,
  { rows, before }: IdPage,
): Promise<RevisionRow<K>[]> => {
  const found = await tx.query<RevisionRow<K>>(
    `SELECT ${REVISION} FROM tenant_document
     WHERE tenant_id = $1 AND kind = $2 AND name = $3 AND ($5::uuid IS NULL OR id < $5)
     ORDER BY revision DESC LIMIT $4`,
    [tenantId, kind, name, rows, before],
  )
  return found.rows
}

/** How many other documents of its kind an organisation has beside one, and how many entries these have together. */
export const countOthers = async (
  tx: Queryable,
  { tenantId, kind, name }: DocumentName,
): Promise<{ readonly names: number; readonly entries: number }> => {
  const { rows } = await tx.query<{ names: number; entries: number }>(
    `SELECT count(*)::int AS names, coalesce(sum(jsonb_array_length(coalesce(document->'entries', '[]'))), 0)::int AS entries
     FROM (${NEWEST} WHERE tenant_id = $1 AND kind = $2 AND name <> $3
       ORDER BY tenant_id, kind, name, revision DESC) others`,
    [tenantId, kind, name],
  )
  return rows[0]!
}

/** A revision to write. */
export type NewRevision = DocumentName & Pick<RevisionRow, 'id' | 'revision' | 'document' | 'why' | 'by' | 'reverts_to'>

/** The constraint that two writers of the same revision meet at. */
export const ONE_OF_EACH_REVISION = 'tenant_document_tenant_id_kind_name_revision_key'

/** Writes a revision. Violates {@link ONE_OF_EACH_REVISION} where somebody was faster. */
export const insertRevision = async (tx: GovernedTransaction, row: NewRevision): Promise<RevisionRow> => {
  const { rows } = await tx.query<RevisionRow>(
    `INSERT INTO tenant_document (id, tenant_id, kind, name, revision, document, why, by, reverts_to, decision_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING ${REVISION}`,
    [
      ...[row.id, row.tenantId, row.kind, row.name, row.revision, JSON.stringify(row.document)],
      ...[row.why, row.by, row.reverts_to, tx.decisionId],
    ],
  )
  return rows[0]!
}

/** One at a time writes documents of a kind for an organisation, on whatever instance, until its transaction ends. */
export const holdKind = async (tx: GovernedTransaction, { tenantId, kind }: DocumentName): Promise<void> => {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('documents ' || $1 || ' ' || $2, 0))`, [tenantId, kind])
}

/** A document that holds now, with its revision. */
export interface Holding<K extends DocumentKind> {
  readonly name: string
  readonly revision: number
  readonly document: DocumentOf<K>
}

/** What an organisation laid down for its extensions, as it holds now. */
export interface LaidDown {
  readonly lists: readonly Holding<'list'>[]
  readonly limits: readonly Holding<'limits'>[]
}

/** Reads the lists and limits of an organisation, by name. */
export const readLaidDown = async (tx: Queryable, tenantId: string): Promise<LaidDown> => {
  const { rows } = await tx.query<Holding<'list' | 'limits'> & { readonly kind: 'list' | 'limits' }>(
    `SELECT kind, name, revision, document FROM (
       ${NEWEST} WHERE tenant_id = $1 AND kind IN ('list', 'limits')
       ORDER BY tenant_id, kind, name, revision DESC) newest ORDER BY name`,
    [tenantId],
  )
  return {
    lists: rows.filter(({ kind }) => kind === 'list') as Holding<'list'>[],
    limits: rows.filter(({ kind }) => kind === 'limits') as Holding<'limits'>[],
  }
}

const NOT_ENDED = `held.document->>'until' IS NULL OR (held.document->>'until')::timestamptz > now()`

/** Scopes that the named roles of an organisation's own give now, as SQL over two expressions: its id and their names. */
export const customScopes = (tenantId: string, names: string, which = NOT_ENDED): string => `ARRAY(
    SELECT DISTINCT jsonb_array_elements_text(held.document->'scopes') FROM (
      ${NEWEST} WHERE tenant_id = ${tenantId} AND kind = 'role' AND name = ANY(${names})
      ORDER BY tenant_id, kind, name, revision DESC) held
    WHERE ${which})`

/** Documents of a kind as they hold now, by name, as SQL over an expression: the organisation's id. */
export const holdingDocuments = (tenantId: string, kind: DocumentKind): string => `(
    SELECT coalesce(jsonb_agg(held.document ORDER BY held.name), '[]') FROM (
      ${NEWEST} WHERE tenant_id = ${tenantId} AND kind = '${kind}' ORDER BY tenant_id, kind, name, revision DESC) held)`

/** Roles of an organisation's own that there are among these names, and what they give together; `all` with those that ended. */
export const readRoles = async (
  tx: Queryable,
  tenantId: string,
  names: readonly string[],
): Promise<{ known: string[]; now: Scope[]; all: Scope[] }> => {
  const { rows } = await tx.query<{ known: string[]; now: Scope[]; all: Scope[] }>(
    `SELECT ${customScopes('$1', '$2::text[]')} AS now, ${customScopes('$1', '$2::text[]', 'true')} AS all, ARRAY(
       SELECT DISTINCT name FROM tenant_document WHERE tenant_id = $1 AND kind = 'role' AND name = ANY($2)) AS known`,
    [tenantId, names],
  )
  return rows[0]!
}
