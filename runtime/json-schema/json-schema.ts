import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { RE2JS } from 're2js'
import { costOf, type SchemaCost } from './schema-cost.rules.js'

/** Where a value is not as its schema wants it. */
export interface Misfit {
  /** JSON Pointer into the value. */
  readonly pointer: string
  readonly detail: string
}

/** Gives what is wrong with a value; none where it fits. */
export type SchemaCheck = (value: unknown) => readonly Misfit[]

/** Steps that one check may take at most: a few milliseconds. */
const MAX_STEPS = 200_000
const MAX_NODES = 2_000
/** A pattern reads about four characters in the time of one step. */
const CHARACTERS_A_STEP = 4
const MAX_MISFITS = 10

// A stranger's pattern runs in linear time only: RE2, never the JavaScript engine's own.
const linear = Object.assign(
  (pattern: string) => {
    const compiled = RE2JS.compile(pattern)
    // ajv tells patterns apart by their text.
    return { test: (given: string) => compiled.matcher(given).find(), toString: () => pattern }
  },
  { code: 'linear' },
)

const checks = new WeakMap<object, SchemaCheck>()

/**
 * The check of a publisher's JSON Schema (draft 2020-12), made once for each schema object. What a schema could cost is
 * worked out ahead: one that refers to itself, or a value that would take too long, does not fit, and is never tried.
 */
export const schemaCheck = (schema: object): SchemaCheck => {
  let check = checks.get(schema)
  if (!check) checks.set(schema, (check = makeCheck(schema)))
  return check
}

const makeCheck = (schema: object): SchemaCheck => {
  const usable = compile(schema)
  if (!usable) return () => [{ pointer: '', detail: 'has a schema that this platform cannot check against' }]
  const { cost, validate } = usable
  return (value) => {
    if (stepsOf(cost, value) > MAX_STEPS)
      return [{ pointer: '', detail: 'is too much to be checked against its schema' }]
    if (validate(value)) return []
    return (validate.errors ?? [])
      .slice(0, MAX_MISFITS)
      .map(({ instancePath, message }) => ({ pointer: instancePath, detail: message ?? 'does not fit' }))
  }
}

/** Null for what costs too much, and for what ajv or RE2 does not take, such as a pattern that looks ahead. */
const compile = (schema: object): { cost: SchemaCost; validate: ValidateFunction } | null => {
  try {
    const cost = costOf(schema)
    if (cost.nodes > MAX_NODES) return null
    const ajv = new Ajv2020({ strict: false, validateFormats: false, logger: false, code: { regExp: linear } })
    return { cost, validate: ajv.compile(schema) }
  } catch {
    return null
  }
}

const stepsOf = ({ nodes, patterns }: SchemaCost, value: unknown): number => {
  const { values, characters } = sizeOf(value)
  return nodes * values + (patterns * characters) / CHARACTERS_A_STEP
}

const sizeOf = (value: unknown): { values: number; characters: number } => {
  if (typeof value === 'string') return { values: 1, characters: value.length }
  if (typeof value !== 'object' || value === null) return { values: 1, characters: 0 }
  let [values, characters] = [1, 0]
  for (const [key, member] of Object.entries(value)) {
    const inner = sizeOf(member)
    values += inner.values
    characters += inner.characters + key.length
  }
  return { values, characters }
}
