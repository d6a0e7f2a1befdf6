import { refuse } from '../protocol/scim-error.js'

/** The schema of a body of .search (RFC 7644, section 3.4.3). */
const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest'
/** Resources of a page where nobody says how many, and at most. */
export const PAGE = { usual: 100, most: 1000 } as const
const MAX_START = 1_000_000_000

/** What a list is to have. */
export interface ListRequest {
  readonly filter: string | undefined
  readonly sortBy: string | undefined
  readonly descending: boolean
  /** From 1. */
  readonly startIndex: number
  readonly count: number
  /** Empty for the first page; undefined where pages are counted by index. */
  readonly cursor: string | undefined
  readonly attributes: readonly string[] | undefined
  readonly excludedAttributes: readonly string[] | undefined
}

type Said = Readonly<Record<string, unknown>>

const textOf = (value: unknown, name: string): string | undefined => {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') throw refuse('invalidValue', `${name} must be a string`)
  return value
}

const wholeOf = (value: unknown, name: string): number | undefined => {
  if (value === undefined || value === null) return undefined
  const number = typeof value === 'string' && /^[+-]?\d{1,9}$/.test(value) ? Number(value) : value
  if (!Number.isSafeInteger(number)) throw refuse('invalidValue', `${name} must be a whole number`)
  return number as number
}

const namesOf = (value: unknown, name: string): string[] | undefined => {
  if (value === undefined || value === null) return undefined
  const said = typeof value === 'string' ? value.split(',') : value
  if (!Array.isArray(said) || said.some((each) => typeof each !== 'string'))
    throw refuse('invalidValue', `${name} must be names of attributes`)
  return said as string[]
}

/** `attributes` and `excludedAttributes`, of a query or a body. An empty one says nothing. */
export const namesIn = (said: Said) => {
  const named = (name: string) => {
    const names = namesOf(said[name], name)?.filter((each) => each.trim() !== '')
    return names && names.length > 0 ? names : undefined
  }
  return { attributes: named('attributes'), excludedAttributes: named('excludedAttributes') }
}

const orderOf = (value: unknown): boolean => {
  const order = (textOf(value, 'sortOrder') ?? 'ascending').toLowerCase()
  if (order !== 'ascending' && order !== 'descending')
    throw refuse('invalidValue', 'sortOrder must be ascending or descending')
  return order === 'descending'
}

/** Reads a list's query. Numbers out of range are put into it, as RFC 7644, section 3.4.2.4, says. */
export const listRequest = (said: Said): ListRequest => {
  const filter = textOf(said['filter'], 'filter')
  const cursor = textOf(said['cursor'], 'cursor')
  const startIndex = wholeOf(said['startIndex'], 'startIndex')
  const sortBy = textOf(said['sortBy'], 'sortBy')
  if (cursor !== undefined && startIndex !== undefined)
    throw refuse('invalidValue', 'cursor and startIndex exclude each other: send one of them')
  if (cursor !== undefined && sortBy !== undefined)
    throw refuse('invalidValue', 'A list by cursor is in the order in which resources were added: send no sortBy')
  return {
    ...{ filter: filter === '' ? undefined : filter, sortBy: sortBy === '' ? undefined : sortBy, cursor },
    descending: orderOf(said['sortOrder']),
    startIndex: Math.min(Math.max(startIndex ?? 1, 1), MAX_START),
    count: Math.min(Math.max(wholeOf(said['count'], 'count') ?? PAGE.usual, 0), PAGE.most),
    ...namesIn(said),
  }
}

/** Reads the body of .search. Raises `invalidSyntax` where it is none. */
export const searchRequest = (body: Said): ListRequest => {
  const schemas = body['schemas']
  if (!Array.isArray(schemas) || !schemas.includes(SEARCH)) throw refuse('invalidSyntax', `schemas must name ${SEARCH}`)
  return listRequest(body)
}
