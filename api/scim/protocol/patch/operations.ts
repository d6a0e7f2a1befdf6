import { refuse } from '../scim-error.js'

/** One operation of a PATCH as it was sent, its name in lower case. */
export interface Operation {
  readonly op: 'add' | 'remove' | 'replace'
  readonly path: string | undefined
  readonly value: unknown
}

const MAX_OPERATIONS = 1_000
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:patchop'

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const member = (of: Record<string, unknown>, name: string): unknown =>
  Object.entries(of).find(([each]) => each.toLowerCase() === name)?.[1]

const operation = (said: unknown, index: number): Operation => {
  const where = `Operations[${index}]`
  if (!isObject(said)) throw refuse('invalidSyntax', `${where} must be an object with op, path and value`)
  const [op, path, value] = [member(said, 'op'), member(said, 'path'), member(said, 'value')]
  const lower = typeof op === 'string' ? op.toLowerCase() : ''
  if (lower !== 'add' && lower !== 'remove' && lower !== 'replace')
    throw refuse('invalidSyntax', `${where}.op must be add, remove or replace`)
  if (path !== undefined && path !== null && typeof path !== 'string')
    throw refuse('invalidPath', `${where}.path must be a string`)
  const aims = typeof path === 'string' && path.trim() !== '' ? path : undefined
  if (lower === 'remove' && aims === undefined)
    throw refuse('noTarget', `${where}: remove needs a path that says what to remove`)
  if (lower !== 'remove' && value === undefined) throw refuse('invalidValue', `${where}.value is missing`)
  return { op: lower, path: aims, value }
}

/** Reads the body of a PATCH. Raises `ScimError`. */
export const readOperations = (body: unknown): Operation[] => {
  if (!isObject(body)) throw refuse('invalidSyntax', 'the body must be a JSON object')
  const schemas = member(body, 'schemas')
  const isPatch =
    Array.isArray(schemas) && schemas.some((each) => typeof each === 'string' && each.toLowerCase() === PATCH_OP)
  if (!isPatch) throw refuse('invalidSyntax', 'schemas must name urn:ietf:params:scim:api:messages:2.0:PatchOp')
  const operations = member(body, 'operations')
  if (!Array.isArray(operations) || operations.length === 0)
    throw refuse('invalidSyntax', 'Operations must be a list with at least one operation')
  if (operations.length > MAX_OPERATIONS) throw refuse('tooMany', `a PATCH has at most ${MAX_OPERATIONS} operations`)
  return operations.map(operation)
}
