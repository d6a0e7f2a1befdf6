import type { AttributeDefinition } from '../schemas/definition.js'
import type { Comparand, Comparison, Condition } from './condition.js'

type Json = unknown

const own = (value: Json, name: string): Json =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined

/** All values at a path; a list on the way, or at its end, gives each of its entries. */
const valuesAt = (value: Json, [name, ...rest]: readonly string[]): readonly Json[] => {
  if (Array.isArray(value)) return value.flatMap((each) => valuesAt(each, name === undefined ? [] : [name, ...rest]))
  if (name === undefined) return value === undefined || value === null ? [] : [value]
  return valuesAt(own(value, name), rest)
}

const isPresent = (value: Json): boolean => {
  if (value === '') return false
  if (Array.isArray(value)) return value.some(isPresent)
  return (
    typeof value !== 'object' ||
    value === null ||
    Object.values(value).some((each) => each !== undefined && each !== null && isPresent(each))
  )
}

const folded = (value: Json, { caseExact, type }: AttributeDefinition): Json => {
  if (typeof value !== 'string') return value
  if (type === 'dateTime') return new Date(value).toISOString()
  return caseExact || type === 'binary' ? value : value.toLowerCase()
}

const compares: Record<Exclude<Comparison, 'ne'>, (left: never, right: never) => boolean> = {
  eq: (left: Json, right: Json) => left === right,
  co: (left: string, right: string) => left.includes(right),
  sw: (left: string, right: string) => left.startsWith(right),
  ew: (left: string, right: string) => left.endsWith(right),
  gt: (left: string, right: string) => left > right,
  ge: (left: string, right: string) => left >= right,
  lt: (left: string, right: string) => left < right,
  le: (left: string, right: string) => left <= right,
}

const isTrue = (
  op: Comparison,
  values: readonly Json[],
  { value, definition }: { value: Comparand; definition: AttributeDefinition },
): boolean => {
  if (op === 'ne') return !isTrue('eq', values, { value, definition })
  if (value === null) return values.length === 0
  const right = folded(value, definition)
  return values.some(
    (left) => typeof left === typeof value && compares[op](folded(left, definition) as never, right as never),
  )
}

/**
 * Whether a resource fulfils a condition. Of several values one is enough; `ne` is the opposite of `eq`, so that it holds
 * where nothing is there. The model that `sqlOf` is held against.
 */
export const fulfils = (condition: Condition, resource: Json): boolean => {
  switch (condition.kind) {
    case 'and':
      return condition.parts.every((part) => fulfils(part, resource))
    case 'or':
      return condition.parts.some((part) => fulfils(part, resource))
    case 'not':
      return !fulfils(condition.part, resource)
    case 'some':
      return valuesAt(resource, condition.attribute.path).some((entry) => fulfils(condition.where, entry))
    case 'present':
      return valuesAt(resource, condition.attribute.path).some(isPresent)
    case 'compare': {
      const { attribute, op, value } = condition
      return isTrue(op, valuesAt(resource, attribute.path), { value, definition: attribute.definition })
    }
  }
}
