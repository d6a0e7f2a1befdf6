import { Uuid } from '#contract/primitives.js'
import { problem } from '#contract/problems.js'

/** What a list's query asks for, with a cursor that is an id (UUIDv7, so newest first is by id). */
export interface IdPage {
  /** Rows to read: one more than a page holds tells that there are more. */
  readonly rows: number
  readonly before: string | null
}

/** Reads `limit` and `cursor` of a list by id. Raises `request.invalid` where the cursor was not given out by us. */
export const idPage = ({ limit, cursor }: { limit: number; cursor?: string | undefined }): IdPage => {
  if (cursor !== undefined && !Uuid.safeParse(cursor).success)
    throw problem('request.invalid', {
      errors: [{ pointer: '/query/cursor', detail: 'must be the next_cursor of the page before' }],
    })
  return { rows: limit + 1, before: cursor ?? null }
}

/** The answer of a list by id, from at most one row more than its limit. */
export const pageOfIds = <Row extends { readonly id: string }>(rows: Row[], limit: number) => {
  const items = rows.slice(0, limit)
  return { items, next_cursor: rows.length > limit ? items.at(-1)!.id : null }
}

/** The page of a list by id that its query asks for, read by `read`. Raises as {@link idPage} does. */
export const pageBy = async <Row extends { readonly id: string }>(
  query: { limit: number; cursor?: string | undefined },
  read: (page: IdPage) => Promise<Row[]>,
) => pageOfIds(await read(idPage(query)), query.limit)

/** A page by id in Prisma's words: newest first, of the rows that `where` lets through. */
export const inPage = <Where extends object>({ rows, before }: IdPage, where: Where) => ({
  where: { ...where, ...(before !== null && { id: { lt: before } }) },
  orderBy: { id: 'desc' as const },
  take: rows,
})

/** Rows of one organisation, or of all that the scope can see. */
export const ofTenant = (tenantId: string | null) => (tenantId === null ? {} : { tenant_id: tenantId })
