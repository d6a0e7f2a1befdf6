import type { Queryable } from '../../platform/database/queryable.js'
import type { Condition } from '../protocol/filter/condition.js'
import { parseFilter } from '../protocol/filter/parse.js'
import { sortKeyOf, sqlOf, type Layout } from '../protocol/filter/sql.js'
import { refuse, ScimError } from '../protocol/scim-error.js'
import { project, projectionOf, type Projection } from '../protocol/projection.js'
import type { Resource } from '../protocol/read-resource.js'
import type { ResourceDefinition } from '../protocol/schemas/definition.js'
import { findAttribute, isSecret } from '../protocol/schemas/resources.js'
import { afterCursor, cursorAfter } from './cursor.rules.js'
import { countListed, readListed, type ListPage, type ListSource } from './list.repository.js'
import type { ListRequest } from './list-request.rules.js'

const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'

/** A kind of resource as lists read it. */
export interface Listed<Row extends { readonly id: string }> {
  readonly definition: ResourceDefinition
  readonly layout: Layout
  source(projection: Projection): ListSource
  resource(row: Row, base: string): Resource
}

/** Whose list it is, and at which address. */
export interface Place {
  readonly tx: Queryable
  readonly tenantId: string
  readonly base: string
}

/** A list as it is answered (RFC 7644, section 3.4.2). */
export interface ListAnswer {
  readonly total: number
  readonly resources: readonly Resource[]
  readonly nextCursor: string | undefined
}

const sortKey = ({ definition, layout }: Pick<Listed<never>, 'definition' | 'layout'>, sortBy: string): string => {
  const found = findAttribute(definition, sortBy)
  if (!found) throw refuse('invalidPath', `${definition.name} has no attribute ${sortBy.slice(0, 100)} to sort by`)
  // An order tells of what nobody is told.
  if (isSecret(found)) throw new ScimError(403, `${found.definition.name} cannot be sorted by`, 'sensitive')
  return sortKeyOf(found, layout)
}

/** One column compared with one value, as every provider looks somebody up before it adds them. */
const isLookUp = (condition: Condition, { columns }: Layout): boolean =>
  condition.kind === 'compare' && condition.op === 'eq' && columns[condition.attribute.path.join('.')] !== undefined

/** Reads a page. Raises `ScimError` for a filter, an order or a cursor that is none. */
export const list = async <Row extends { readonly id: string }>(
  kind: Listed<Row>,
  request: ListRequest,
  { tx, tenantId, base }: Place,
): Promise<ListAnswer> => {
  const { definition, layout } = kind
  const { filter, sortBy, cursor, count, startIndex, descending } = request
  const projection = projectionOf(request, definition)
  const after = cursor === undefined ? null : afterCursor(cursor, filter)
  const condition = filter === undefined ? null : parseFilter(filter, definition)
  const page: ListPage = {
    ...{ tenantId, count, after },
    descending: sortBy !== undefined && descending,
    condition: condition && sqlOf(condition, layout, 2),
    usual: sortBy === undefined && condition !== null && isLookUp(condition, layout),
    sortKey: sortBy === undefined ? null : sortKey(kind, sortBy),
    offset: cursor === undefined ? startIndex - 1 : 0,
  }
  const source = kind.source(projection)
  const rows = count === 0 ? [] : await readListed<Row>(tx, source, page)
  const isEnd = count > 0 && rows.length < count && (rows.length > 0 || page.offset === 0) && after === null
  return {
    total: isEnd ? page.offset + rows.length : await countListed(tx, source, page),
    resources: rows.map((row) => project(kind.resource(row, base), definition, projection)),
    nextCursor:
      cursor !== undefined && rows.length === count && count > 0 ? cursorAfter(rows.at(-1)!.id, filter) : undefined,
  }
}

/** The message of a list. */
export const listBody = ({ total, resources, nextCursor }: ListAnswer, request: ListRequest) => ({
  schemas: [LIST],
  totalResults: total,
  itemsPerPage: resources.length,
  ...(request.cursor === undefined ? { startIndex: request.startIndex } : nextCursor !== undefined && { nextCursor }),
  Resources: resources,
})
