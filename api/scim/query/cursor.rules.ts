import { hash } from 'node:crypto'
import { Uuid } from '#contract/primitives.js'
import { refuse } from '../protocol/scim-error.js'

const asked = (filter: string | undefined): string => hash('sha256', filter ?? '', 'base64url').slice(0, 16)

/** The cursor of what follows a resource in a list with this filter (RFC 9865). */
export const cursorAfter = (id: string, filter: string | undefined): string =>
  Buffer.from(`${id}.${asked(filter)}`).toString('base64url')

/** The id behind a cursor; null for the first page. Raises `invalidCursor` where it is of another list, or nobody's. */
export const afterCursor = (cursor: string, filter: string | undefined): string | null => {
  if (cursor === '') return null
  const [id = '', of] = Buffer.from(cursor, 'base64url').toString('latin1').split('.')
  if (!Uuid.safeParse(id).success || of !== asked(filter))
    throw refuse('invalidCursor', 'The cursor must be the nextCursor of the page before, with the same filter')
  return id
}
