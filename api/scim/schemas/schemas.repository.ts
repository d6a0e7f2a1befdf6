import type { ScimSchemaDocument } from '#contract/api/scim-schemas.js'
import { holdingDocuments, type DocumentName } from '../../documents/documents.repository.js'
import type { Queryable } from '../../platform/database/queryable.js'
import type { KeptShape, SchemasThere } from './schemas.rules.js'

/** What a schema to be written is held against. */
export const findThere = async (tx: Queryable, { tenantId, name }: DocumentName): Promise<SchemasThere> => {
  const own = `SELECT document FROM tenant_document WHERE tenant_id = $1 AND kind = 'scim_schema' AND name = $2`
  const { rows } = await tx.query<{ urns: string[]; shapes: KeptShape[]; others: SchemasThere['others'] }>(
    `WITH own AS (${own}), attribute AS (
       SELECT DISTINCT a FROM own, jsonb_array_elements(document->'attributes') AS a)
     SELECT ARRAY(SELECT DISTINCT document->>'urn' FROM own) AS urns,
       (SELECT coalesce(jsonb_agg(DISTINCT shape), '[]') FROM (
          SELECT jsonb_build_object('path', a->>'name', 'type', a->>'type', 'many', (a->>'multiValued')::boolean) FROM attribute
          UNION SELECT jsonb_build_object('path', concat(a->>'name', '.', s->>'name'), 'type', s->>'type', 'many', false)
          FROM attribute, jsonb_array_elements(coalesce(a->'subAttributes', '[]')) AS s) AS shapes(shape)) AS shapes,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('name', o.name, 'urn', o.urn)), '[]') FROM (
          SELECT DISTINCT name, document->>'urn' AS urn FROM tenant_document
          WHERE tenant_id = $1 AND kind = 'scim_schema' AND name <> $2) o) AS others`,
    [tenantId, name],
  )
  return rows[0]!
}

/** The schemas that an organisation laid down, each at its newest revision, by name. */
export const findSchemas = async (tx: Queryable, tenantId: string): Promise<ScimSchemaDocument[]> =>
  (
    await tx.query<{ schemas: ScimSchemaDocument[] }>(`SELECT ${holdingDocuments('$1', 'scim_schema')} AS schemas`, [
      tenantId,
    ])
  ).rows[0]!.schemas
