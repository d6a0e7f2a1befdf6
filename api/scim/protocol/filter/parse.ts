import { parse, type Filter } from 'scim2-parse-filter'
import { momentOf } from '../moment.js'
import type { Quirks } from '../quirks.js'
import { ScimError, refuse } from '../scim-error.js'
import { attributeNamed, findAttribute, isSecret, type Found } from '../schemas/resources.js'
import type { AttributeDefinition, ResourceDefinition } from '../schemas/definition.js'
import type { Comparand, Comparison, Condition } from './condition.js'
import { tokensOf, withDollar } from './tokens.js'

const ORDERED = new Set<Comparison>(['gt', 'ge', 'lt', 'le'])
const WITHIN = new Set<Comparison>(['co', 'sw', 'ew'])

type Look = (name: string) => Found

/** One filter being read: its values, and where its names are looked up. */
interface Reading {
  readonly values: readonly (string | number)[]
  readonly look: Look
  readonly quirks: Pick<Quirks, 'booleansAsStrings'>
}

const STRICT = { booleansAsStrings: false }
const SAID: Readonly<Record<string, boolean>> = { true: true, false: false }

const inResource =
  (resource: ResourceDefinition): Look =>
  (name) => {
    const found = findAttribute(resource, name)
    if (!found) throw refuse('invalidFilter', `${resource.name} has no attribute ${name.slice(0, 100)}`)
    return found
  }

const inEntry =
  (list: AttributeDefinition): Look =>
  (name) => {
    const definition = attributeNamed(list.subAttributes ?? [], name)
    if (!definition) throw refuse('invalidFilter', `${list.name} has no sub-attribute ${name.slice(0, 100)}`)
    return { path: [definition.name], definition, parent: undefined }
  }

const instant = (text: string, name: string): string => {
  const moment = momentOf(text)
  if (moment === undefined)
    throw refuse(
      'invalidFilter',
      `${name} is a moment such as "2026-01-31T09:00:00Z", and ${JSON.stringify(text.slice(0, 100))} is none`,
    )
  return moment
}

const comparand = ({ definition }: Found, op: Comparison, value: Comparand): Comparand => {
  const { type, name } = definition
  const isOrdered = ORDERED.has(op)
  if (value === null) {
    if (op === 'eq' || op === 'ne') return null
    throw refuse('invalidFilter', `null can be compared by eq and ne, not by ${op}`)
  }
  if (type === 'boolean') {
    if (typeof value !== 'boolean') throw refuse('invalidFilter', `${name} is compared with true or false`)
    if (isOrdered || WITHIN.has(op)) throw refuse('invalidFilter', `${name} is a boolean: ${op} does not apply to it`)
    return value
  }
  if (type === 'integer' || type === 'decimal') {
    if (typeof value !== 'number' || WITHIN.has(op)) throw refuse('invalidFilter', `${name} is compared with a number`)
    return value
  }
  if (typeof value !== 'string') throw refuse('invalidFilter', `${name} is compared with a string in double quotes`)
  if (type === 'binary' && isOrdered) throw refuse('invalidFilter', `${name} is binary: ${op} does not apply to it`)
  if (type !== 'dateTime') return value
  if (WITHIN.has(op)) throw refuse('invalidFilter', `${name} is a moment: ${op} does not apply to it`)
  return instant(value, name)
}

/** A list of complex values is compared by their `value` (RFC 7643, section 2.4). */
const comparable = (found: Found): Found => {
  const { definition } = found
  if (definition.type !== 'complex') return found
  const value = attributeNamed(definition.subAttributes ?? [], 'value')
  if (!value)
    throw refuse(
      'invalidFilter',
      `${definition.name} has parts: compare one of them, such as ${definition.name}.${definition.subAttributes?.[0]?.name}`,
    )
  return { path: [...found.path, value.name], definition: value, parent: definition }
}

/** Passwords are kept nowhere and must not be guessed by filters (RFC 7644, section 7.5.3). */
const askable = (found: Found): Found => {
  if (isSecret(found)) throw new ScimError(403, `${found.definition.name} cannot be filtered by`, 'sensitive')
  return found
}

const booleanSaid = (said: Comparand, { booleansAsStrings }: Reading['quirks']): Comparand => {
  const lower = booleansAsStrings && typeof said === 'string' ? said.toLowerCase() : ''
  return Object.hasOwn(SAID, lower) ? SAID[lower]! : said
}

const conditionOf = (filter: Filter, reading: Reading): Condition => {
  switch (filter.op) {
    case 'and':
    case 'or':
      return { kind: filter.op, parts: filter.filters.map((each) => conditionOf(each, reading)) }
    case 'not':
      return { kind: 'not', part: conditionOf(filter.filter, reading) }
    case '[]': {
      const attribute = askable(reading.look(withDollar(filter.attrPath)))
      const { definition } = attribute
      if (definition.type !== 'complex' || attribute.parent)
        throw refuse('invalidFilter', `${definition.name} has no sub-attributes to look at in brackets`)
      return {
        kind: 'some',
        attribute,
        where: conditionOf(filter.valFilter, { ...reading, look: inEntry(definition) }),
      }
    }
    case 'pr':
      return { kind: 'present', attribute: askable(reading.look(withDollar(filter.attrPath))) }
    default: {
      const attribute = askable(comparable(reading.look(withDollar(filter.attrPath))))
      const said = typeof filter.compValue === 'string' ? reading.values[Number(filter.compValue)]! : filter.compValue
      const value = attribute.definition.type === 'boolean' ? booleanSaid(said, reading.quirks) : said
      return { kind: 'compare', attribute, op: filter.op, value: comparand(attribute, filter.op, value) }
    }
  }
}

const read = (filter: string, look: Look, quirks: Reading['quirks']): Condition => {
  const { text, values } = tokensOf(filter)
  let parsed: Filter
  try {
    parsed = parse(text)
  } catch {
    throw refuse(
      'invalidFilter',
      `the filter is not one of RFC 7644, such as: userName eq "anna@example.com" and active eq true`,
    )
  }
  return conditionOf(parsed, { values, look, quirks })
}

/** Reads a filter on a resource (RFC 7644, section 3.4.2.2). Raises `ScimError`, mostly `invalidFilter`. */
export const parseFilter = (filter: string, resource: ResourceDefinition): Condition =>
  read(filter, inResource(resource), STRICT)

/** Reads what stands in the brackets of a path: a filter on the entries of one list. */
export const parseEntryFilter = (
  filter: string,
  list: AttributeDefinition,
  quirks: Pick<Quirks, 'booleansAsStrings'> = STRICT,
): Condition => read(filter, inEntry(list), quirks)
