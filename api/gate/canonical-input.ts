import type { z } from 'zod'
import { INPUTS } from '#contract/decisions/inputs.js'
import { GATES, type Gate } from '#contract/vocabulary.js'

/** Raised where facts do not have the form that policy reads, or have no canonical form. */
export class InputInvalid extends Error {
  override readonly name = 'InputInvalid'
}

/** One field of a gate's input, with its name as it stands in the text. */
interface Field {
  readonly name: string
  readonly prefix: string
  readonly schema: z.ZodType
  /** The actions that it does not belong to leave it out. */
  readonly isOptional: boolean
  /** Plain values that are known to fit: an action, a scope, null come again and again. */
  readonly fits: Set<unknown>
}

/** Plain values remembered for each field; one that takes any text must not remember all of it. */
const MAX_REMEMBERED = 64

const byName = (one: string, other: string): number => (one < other ? -1 : 1)

/** Every gate's fields in the order that RFC 8785 §3.2.3 sorts them. */
const FIELDS = Object.fromEntries(
  GATES.map((gate) => {
    const shape: Record<string, z.ZodType> = INPUTS[gate].shape
    const names = Object.keys(shape).toSorted(byName)
    return [
      gate,
      names.map((name) => ({
        name,
        prefix: `${JSON.stringify(name)}:`,
        schema: shape[name]!,
        isOptional: shape[name]!.safeParse(undefined).success,
        fits: new Set<unknown>(),
      })),
    ]
  }),
) as Record<Gate, Field[]>

const HAS_OPTIONAL = Object.fromEntries(
  GATES.map((gate) => [gate, FIELDS[gate].some(({ isOptional }) => isOptional)]),
) as Record<Gate, boolean>

/** RFC 8785 text of a JSON value; members that are undefined are left out, as JSON does. */
const canonical = (value: unknown): string => {
  switch (typeof value) {
    case 'string':
      if (!value.isWellFormed()) throw new InputInvalid('a fact has a lone surrogate')
      return JSON.stringify(value)
    case 'number':
      if (!Number.isFinite(value)) throw new InputInvalid('a fact is no finite number')
      return JSON.stringify(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      if (value === null) return 'null'
      return Array.isArray(value) ? `[${value.map(canonical).join(',')}]` : canonicalObject(value)
    default:
      throw new InputInvalid('a fact has no canonical form')
  }
}

const canonicalObject = (value: object): string => {
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([one], [other]) => byName(one, other))
  return `{${members.map(([name, member]) => `${canonical(name)}:${canonical(member)}`).join(',')}}`
}

/** Shared facts: their text, and the schemas that they are known to fit. */
const fragments = new WeakMap<object, { readonly text: string; readonly fits: WeakSet<z.ZodType> }>()

const freeze = (value: unknown): void => {
  if (value === null || typeof value !== 'object' || Object.isFrozen(value)) return
  Object.values(value).forEach(freeze)
  Object.freeze(value)
}

/**
 * Freezes, to its depth, a part of the facts that stays the same over many decisions (an actor, a version, an install):
 * it is then validated and written out once. One that has no canonical form stays for the gate to refuse.
 */
export const factFragment = <T extends object>(part: T): T => {
  if (fragments.has(part)) return part
  freeze(part)
  try {
    fragments.set(part, { text: canonical(part), fits: new WeakSet() })
  } catch (error) {
    if (!(error instanceof InputInvalid)) throw error
  }
  return part
}

const demandFit = (schema: z.ZodType, value: unknown): void => {
  const parsed = schema.safeParse(value)
  if (!parsed.success)
    throw new InputInvalid('a fact does not have the form that policy reads', { cause: parsed.error })
}

const textOf = ({ schema, fits }: Field, value: unknown): string => {
  if (value === null || typeof value !== 'object') {
    if (!fits.has(value)) demandFit(schema, value)
    if (typeof value !== 'number' && fits.size < MAX_REMEMBERED) fits.add(value)
    return canonical(value)
  }
  const shared = fragments.get(value)
  if (!shared?.fits.has(schema)) demandFit(schema, value)
  shared?.fits.add(schema)
  return shared?.text ?? canonical(value)
}

/**
 * The RFC 8785 bytes of a gate's input: what policy reads and what is stored, worked out once.
 * Raises {@link InputInvalid} where a field is missing, unknown or of another form.
 */
export const canonicalInput = (gate: Gate, input: object): Uint8Array => {
  const given = input as Record<string, unknown>
  const all = FIELDS[gate]
  const fields = HAS_OPTIONAL[gate] ? all.filter(({ name, isOptional }) => !isOptional || name in given) : all
  if (Object.keys(given).length !== fields.length) throw new InputInvalid('a field is missing or unknown')
  return Buffer.from(`{${fields.map((field) => field.prefix + textOf(field, given[field.name])).join(',')}}`)
}
