import { randomUUIDv7 } from 'node:crypto'
import { refuse, ScimError } from '../protocol/scim-error.js'

const REQUEST = 'urn:ietf:params:scim:api:messages:2.0:bulkrequest'
const METHODS = ['POST', 'PUT', 'PATCH', 'DELETE'] as const
const BULK_ID = /^bulkId:(.+)$/s
const PATH = /^(?:https?:\/\/[^/]+)?(?:\/scim\/v2)?\/(Users|Groups)(?:\/([^/?]+))?$/
const MAX_DEPTH = 20

/** Most that one request may bring. */
export class BulkLimits {
  constructor(
    readonly operations: number,
    readonly bytes: number,
  ) {}
}

/** One operation that can be carried out; references to others are ids already. */
export interface BulkOperation {
  readonly method: (typeof METHODS)[number]
  readonly path: string
  readonly bulkId: string | undefined
  readonly kind: 'User' | 'Group'
  /** Given already where it is to be added. */
  readonly id: string
  readonly version: string | undefined
  readonly data: unknown
  /** Others, by their place in the request, that have to be done before. */
  readonly needs: readonly number[]
  /** What is wrong with it as it stands. */
  readonly fault: ScimError | undefined
}

/** A request of many operations, in the order in which they are carried out. */
export interface BulkPlan {
  readonly operations: readonly BulkOperation[]
  /** Places of operations, those first that others need. */
  readonly order: readonly number[]
  readonly failOnErrors: number | undefined
}

type Said = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Said => typeof value === 'object' && value !== null && !Array.isArray(value)
const member = (of: Said, name: string): unknown =>
  Object.entries(of).find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1]
const textIn = (of: Said, name: string): string | undefined => {
  const value = member(of, name)
  return typeof value === 'string' && value !== '' ? value : undefined
}

interface References {
  readonly ids: ReadonlyMap<string, { readonly id: string; readonly at: number }>
  readonly needs: Set<number>
}

/** The id that a reference means; any other text as it is. Raises `invalidValue` for one to nothing. */
const resolved = (text: string, { ids, needs }: References): string => {
  const [, bulkId] = BULK_ID.exec(text) ?? []
  if (bulkId === undefined) return text
  const found = ids.get(bulkId)
  if (!found)
    throw refuse('invalidValue', `No POST of this request has the bulkId ${JSON.stringify(bulkId.slice(0, 100))}`)
  needs.add(found.at)
  return found.id
}

const resolvedAll = (value: unknown, references: References, depth = 0): unknown => {
  if (depth > MAX_DEPTH) throw refuse('invalidSyntax', `data nests more than ${MAX_DEPTH} levels deep`)
  if (typeof value === 'string') return resolved(value, references)
  if (Array.isArray(value)) return value.map((each) => resolvedAll(each, references, depth + 1))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, resolvedAll(each, references, depth + 1)]),
  )
}

const methodOf = (said: Said): BulkOperation['method'] | undefined =>
  METHODS.find((method) => method === textIn(said, 'method')?.toUpperCase())

/** Ids are given before anything is done, so that references may point forward and in circles. */
const idsOf = (operations: readonly unknown[]): References['ids'] => {
  const ids = new Map<string, { id: string; at: number }>()
  for (const [at, said] of operations.entries()) {
    const bulkId = isObject(said) && methodOf(said) === 'POST' ? textIn(said, 'bulkId') : undefined
    if (bulkId !== undefined && !ids.has(bulkId)) ids.set(bulkId, { id: randomUUIDv7(), at })
  }
  return ids
}

const operationOf = (said: unknown, at: number, ids: References['ids']): BulkOperation => {
  const whole = isObject(said) ? said : {}
  const [method, path, bulkId] = [methodOf(whole), textIn(whole, 'path') ?? '', textIn(whole, 'bulkId')]
  const references: References = { ids, needs: new Set() }
  const nothing = { method: method ?? 'POST', path, bulkId, version: undefined, data: undefined } as const
  try {
    if (!method) throw refuse('invalidSyntax', `Operations[${at}].method must be POST, PUT, PATCH or DELETE`)
    const [, list, named] = PATH.exec(path) ?? []
    if (list === undefined || (named === undefined) !== (method === 'POST'))
      throw refuse(
        'invalidPath',
        `Operations[${at}].path must be /Users or /Groups for POST, with an id behind it for others`,
      )
    if (method === 'POST' && bulkId === undefined)
      throw refuse('invalidSyntax', `Operations[${at}].bulkId is missing: a POST needs one`)
    if (method === 'POST' && ids.get(bulkId!)!.at !== at)
      throw refuse('invalidSyntax', `Operations[${at}].bulkId stands there twice`)
    const kind = list === 'Users' ? 'User' : 'Group'
    const id = named === undefined ? ids.get(bulkId!)!.id : resolved(decodeURIComponent(named), references)
    const data = resolvedAll(member(whole, 'data'), references)
    const needs = [...references.needs].filter((each) => each !== at)
    return { ...nothing, method, kind, id, version: textIn(whole, 'version'), data, needs, fault: undefined }
  } catch (error) {
    const fault = error instanceof ScimError ? error : refuse('invalidPath', `Operations[${at}].path is malformed`)
    return { ...nothing, kind: 'User', id: '', needs: [], fault }
  }
}

/** Those that others need come first; of a circle whoever stands first in the request. */
const inOrder = (operations: readonly BulkOperation[]): number[] => {
  const order: number[] = []
  const seen = new Set<number>()
  // By hand, since a chain may be as long as the request.
  const visit = (from: number): void => {
    const stack = [{ at: from, next: 0 }]
    seen.add(from)
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const need = operations[top.at]!.needs[top.next++]
      if (need === undefined) order.push(stack.pop()!.at)
      else if (!seen.has(need)) {
        seen.add(need)
        stack.push({ at: need, next: 0 })
      }
    }
  }
  for (const at of operations.keys()) if (!seen.has(at)) visit(at)
  return order
}

/** Reads a Bulk request. Raises `ScimError`: 413 for more than is taken, `invalidSyntax` for what is none. */
export const bulkPlan = (body: Said, limits: BulkLimits): BulkPlan => {
  const schemas = member(body, 'schemas')
  if (!Array.isArray(schemas) || !schemas.some((each) => String(each).toLowerCase() === REQUEST))
    throw refuse('invalidSyntax', 'schemas must name urn:ietf:params:scim:api:messages:2.0:BulkRequest')
  const operations = member(body, 'Operations')
  if (!Array.isArray(operations) || operations.length === 0)
    throw refuse('invalidSyntax', 'Operations must be a list with at least one operation')
  if (operations.length > limits.operations)
    throw new ScimError(
      413,
      `The request has ${operations.length} operations; at most ${limits.operations} are taken`,
      'tooMany',
    )
  const failOnErrors = member(body, 'failOnErrors')
  if (failOnErrors !== undefined && (!Number.isSafeInteger(failOnErrors) || (failOnErrors as number) < 1))
    throw refuse('invalidValue', 'failOnErrors must be a whole number of at least 1')
  const ids = idsOf(operations)
  const read = operations.map((each: unknown, at) => operationOf(each, at, ids))
  return { operations: read, order: inOrder(read), failOnErrors: failOnErrors as number | undefined }
}
