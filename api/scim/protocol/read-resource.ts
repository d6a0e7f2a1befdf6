import { isDeepStrictEqual } from 'node:util'
import { momentOf } from './moment.js'
import { refuse } from './scim-error.js'
import type { Quirks } from './quirks.js'
import type { AttributeDefinition, ResourceDefinition } from './schemas/definition.js'
import { attributeNamed, coreAttributes, schemaBefore } from './schemas/resources.js'

/** A resource as it is kept and answered: names in the spelling of the schemas, extensions under their URN. */
export type Resource = Record<string, unknown>

const MAX_STRING = 65_536
/** How long a list may be; members are rows, and as many as there are. */
export const MAX_ENTRIES = 1_000
const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/

const wrong = (where: string, wanted: string) => refuse('invalidValue', `${where} must be ${wanted}`)

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const text = (value: unknown, where: string): string => {
  if (typeof value !== 'string') throw wrong(where, 'a string')
  if (value.length > MAX_STRING) throw wrong(where, `at most ${MAX_STRING} characters long`)
  if (value.includes('\u0000') || !value.isWellFormed()) throw wrong(where, 'text without NUL and lone surrogates')
  return value
}

const boolean = (value: unknown, where: string, quirks: Quirks): boolean => {
  if (typeof value === 'boolean') return value
  const said = quirks.booleansAsStrings && typeof value === 'string' ? value.toLowerCase() : undefined
  if (said !== 'true' && said !== 'false') throw wrong(where, 'true or false, without quotes')
  return said === 'true'
}

const moment = (said: string, where: string): string => {
  const read = said.includes('T') ? momentOf(said) : undefined
  if (read === undefined) throw wrong(where, 'a moment such as 2026-01-31T09:00:00Z')
  return read
}

/** How a value is read: what it is called where it is wrong, and what its client may spell in its own way. */
export interface Reading {
  readonly where: string
  readonly quirks: Quirks
}

/** One value that is no list. Raises `ScimError` `invalidValue`. */
const single = (definition: AttributeDefinition, value: unknown, { where, quirks }: Reading): unknown => {
  switch (definition.type) {
    case 'boolean':
      return boolean(value, where, quirks)
    case 'integer':
      if (!Number.isSafeInteger(value)) throw wrong(where, 'a whole number')
      return value
    case 'decimal':
      if (typeof value !== 'number' || !Number.isFinite(value)) throw wrong(where, 'a number')
      return value
    case 'dateTime':
      return moment(text(value, where), where)
    case 'binary':
      if (!BASE64.test(text(value, where))) throw wrong(where, 'base64')
      return value
    case 'complex':
      return complex(definition, value, { where, quirks })
    default:
      return chosen(definition, text(value, where), where)
  }
}

/** One of the values that a closed choice has, in its spelling. */
const chosen = (
  { closed, canonicalValues = [], caseExact }: AttributeDefinition,
  said: string,
  where: string,
): string => {
  if (closed !== true) return said
  const found = canonicalValues.find(
    (each) => each === said || (!caseExact && each.toLowerCase() === said.toLowerCase()),
  )
  if (found === undefined) throw wrong(where, `one of ${canonicalValues.join(', ')}`)
  return found
}

const complex = (definition: AttributeDefinition, value: unknown, { where, quirks }: Reading): Resource => {
  const said = !isObject(value) && quirks.bareManager && definition.name === 'manager' ? { value } : value
  if (!isObject(said)) throw wrong(where, 'an object')
  return readAttributes(definition.subAttributes ?? [], said, { where: `${where}.`, quirks })
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0)

/**
 * A value of an attribute, checked and in the spelling of the schema; undefined where it is null or an empty list, which
 * means that there is none (RFC 7643, section 2.5). Raises `ScimError` `invalidValue`.
 */
export const readValue = (definition: AttributeDefinition, value: unknown, { where, quirks }: Reading): unknown => {
  if (isEmpty(value)) return undefined
  if (!definition.multiValued) return single(definition, value, { where, quirks })
  // A list of one is often said without its brackets.
  const entries = Array.isArray(value) ? (value as unknown[]) : [value]
  if (entries.length > MAX_ENTRIES && definition.name !== 'members')
    throw wrong(where, `at most ${MAX_ENTRIES} entries long`)
  const read = entries.map((entry, index) => {
    const said = definition.type === 'complex' && !isObject(entry) ? { value: entry } : entry
    return single(definition, said, { where: `${where}[${index}]`, quirks })
  })
  if (read.filter((entry) => isObject(entry) && entry['primary'] === true).length > 1)
    throw refuse('invalidValue', `${where} has more than one primary entry`)
  return read
}

const readAttributes = (
  definitions: readonly AttributeDefinition[],
  said: Record<string, unknown>,
  { where: prefix, quirks }: Reading,
): Resource => {
  const read: Resource = {}
  for (const [name, value] of Object.entries(said)) {
    const definition = attributeNamed(definitions, name)
    if (!definition)
      throw refuse('invalidSyntax', `there is no attribute ${prefix}${name.slice(0, 100)}: see /scim/v2/Schemas`)
    if (definition.mutability === 'readOnly') continue
    if (Object.hasOwn(read, definition.name)) throw refuse('invalidSyntax', `${prefix}${definition.name} is said twice`)
    const kept = readValue(definition, value, { where: `${prefix}${definition.name}`, quirks })
    if (kept !== undefined) read[definition.name] = kept
  }
  return read
}

const schemasOf = (said: Record<string, unknown>, resource: ResourceDefinition, quirks: Quirks): void => {
  const [, named] = Object.entries(said).find(([name]) => name.toLowerCase() === 'schemas') ?? []
  if (!Array.isArray(named) || named.length === 0)
    throw refuse('invalidSyntax', `schemas is missing: name at least ${resource.core.id}`)
  const known = new Set([resource.core, ...resource.extensions].map(({ id }) => id.toLowerCase()))
  const urns = (named as unknown[]).map((urn) => text(urn, 'each of schemas').toLowerCase())
  if (!urns.includes(resource.core.id.toLowerCase()))
    throw refuse('invalidSyntax', `schemas must name ${resource.core.id}`)
  for (const urn of urns)
    if (!known.has(urn) && !quirks.foreignSchemas.some((prefix) => urn.startsWith(prefix)))
      throw refuse('invalidValue', `${urn.slice(0, 200)} is no schema of a ${resource.name}: see /scim/v2/Schemas`)
}

/** The URNs of what a resource has. */
export const schemasIn = (resource: ResourceDefinition, has: Resource): string[] => [
  resource.core.id,
  ...resource.extensions.filter(({ id }) => Object.hasOwn(has, id)).map(({ id }) => id),
]

const isMissing = (of: Resource | undefined, name: string): boolean => of?.[name] === undefined || of[name] === ''

const requireParts = ({ subAttributes = [], name }: AttributeDefinition, value: unknown, where: string): void => {
  for (const entry of Array.isArray(value) ? value : [value])
    for (const part of subAttributes)
      if (part.required && isObject(entry) && isMissing(entry, part.name))
        throw refuse('invalidValue', `${where}${name}.${part.name} is missing: whatever has ${name} needs it`)
}

/**
 * Raises `ScimError` `invalidValue` where something required is not there. What was missing `before` already, since it was not
 * required then, may go on missing: a change of something else is no reason to refuse it.
 */
export const requireAll = (resource: ResourceDefinition, has: Resource, before?: Resource): void => {
  const schemas = [
    { attributes: coreAttributes(resource), of: has, was: before, where: '' },
    ...resource.extensions.map(({ id, attributes }) => ({
      ...{
        attributes,
        of: has[id] as Resource | undefined,
        was: before?.[id] as Resource | undefined,
        where: `${id}:`,
      },
    })),
  ]
  for (const { attributes, of, was, where } of schemas)
    for (const attribute of attributes) {
      const { name, required } = attribute
      if (of && required && name !== 'schemas' && isMissing(of, name) && (was === undefined || !isMissing(was, name)))
        throw refuse('invalidValue', `${where}${name} is missing: a ${resource.name} needs it`)
      if (of?.[name] !== undefined && !isDeepStrictEqual(of[name], was?.[name]))
        requireParts(attribute, of[name], where)
    }
}

/**
 * Reads the body of a POST or PUT: names in any case, read-only ones passed over, null as nothing.
 * Raises `ScimError` `invalidSyntax` or `invalidValue`, naming what is wrong.
 */
export const readResource = (body: unknown, resource: ResourceDefinition, quirks: Quirks): Resource => {
  if (!isObject(body)) throw refuse('invalidSyntax', 'the body must be a JSON object')
  schemasOf(body, resource, quirks)
  const core: Record<string, unknown> = {}
  const read: Resource = {}
  for (const [name, value] of Object.entries(body)) {
    const behind = name.includes(':') ? schemaBefore(resource, name) : undefined
    if (name.toLowerCase() === 'schemas') continue
    if (behind === undefined || behind.rest !== '') core[name] = value
    else if (!isObject(value)) throw wrong(name, 'an object')
    else if (behind.schema === resource.core)
      throw refuse('invalidSyntax', `attributes of ${behind.schema.id} stand in the body itself, not under its URN`)
    else if (Object.hasOwn(read, behind.schema.id)) throw refuse('invalidSyntax', `${behind.schema.id} is said twice`)
    else {
      const extension = readAttributes(behind.schema.attributes, value, { where: `${behind.schema.id}:`, quirks })
      if (Object.keys(extension).length > 0) read[behind.schema.id] = extension
    }
  }
  Object.assign(read, readAttributes(coreAttributes(resource), core, { where: '', quirks }))
  requireAll(resource, read)
  return read
}
