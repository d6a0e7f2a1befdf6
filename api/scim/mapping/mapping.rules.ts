import type { MappedField, ScimMappingDocument } from '#contract/api/scim-mapping.js'
import { fulfils } from '../protocol/filter/evaluate.js'
import { parsePath, type Target } from '../protocol/patch/path.js'
import type { Resource } from '../protocol/read-resource.js'
import type { AttributeDefinition, ResourceDefinition } from '../protocol/schemas/definition.js'
import { refuse, ScimError } from '../protocol/scim-error.js'
import { changeable, usualAddresses, usualName, type UserContent } from '../users/user-row.rules.js'

/** What is said of somebody, put into the fields that a person has here. */
export interface PersonSaid {
  readonly name: string
  /** The best comes first; which of them is free, those know who write it. */
  readonly addresses: readonly string[]
  readonly fields: Readonly<Record<string, string>>
}

type Read = (resource: Resource) => string | undefined
type AttributeTarget = Extract<Target, { kind: 'attribute' }>

const [MOST_NAME, MOST_FIELD] = [120, 1_000]
const ADDRESS = /^[^\s@]{1,64}@[^\s@]{1,189}$/

const objectAt = (holder: unknown, name: string): unknown =>
  typeof holder === 'object' && holder !== null && Object.hasOwn(holder, name) ? (holder as Resource)[name] : undefined

const asText = (value: unknown): string | undefined => {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}

/** Of a list the primary entry, else the first, of those that fulfil the path. */
const chosen = (value: unknown, { attribute, where }: AttributeTarget): unknown => {
  if (!attribute.multiValued || !Array.isArray(value)) return value
  const entries = (value as unknown[]).filter((entry) => !where || fulfils(where, entry))
  return entries.find((entry) => objectAt(entry, 'primary') === true) ?? entries[0]
}

const endOf = ({ attribute, part }: AttributeTarget): AttributeDefinition | undefined =>
  part ?? (attribute.type === 'complex' ? attribute.subAttributes?.find(({ name }) => name === 'value') : attribute)

/** Reads an attribute by a path as PATCH has them. Raises `ScimError` where people have none such that anybody may see. */
export const readerOf = (path: string, definition: ResourceDefinition): Read => {
  const target = parsePath(path, definition)
  if (target.kind !== 'attribute') throw refuse('invalidPath', `${path.slice(0, 200)} is no attribute`)
  const end = endOf(target)
  if (!end) throw refuse('invalidPath', `${target.attribute.name} has parts: name one of them`)
  for (const each of [target.attribute, end]) {
    if (each.returned === 'never') throw refuse('invalidPath', `${each.name} is answered to nobody`)
    if (each.mutability === 'readOnly') throw refuse('invalidPath', `${each.name} is said by no provider`)
  }
  const { urn, attribute } = target
  return (resource) => {
    const holder = urn === undefined ? resource : objectAt(resource, urn)
    const value = chosen(objectAt(holder, attribute.name), target)
    return asText(end === attribute ? value : objectAt(value, end.name))
  }
}

const STEPS: Readonly<Record<MappedField['steps'][number], (value: string) => string>> = {
  trim: (value) => value.trim(),
  lower_case: (value) => value.toLowerCase(),
  upper_case: (value) => value.toUpperCase(),
  local_part: (value) => value.replace(/@[^@]*$/, ''),
  domain: (value) => /@([^@]*)$/.exec(value)?.[1] ?? '',
}

type Source = MappedField['from'][number]

/** What cannot be read any more, since no schema has it, has no value. */
const sourceOf = (source: Source, definition: ResourceDefinition): Read => {
  if ('constant' in source) return () => source.constant
  try {
    return readerOf(source.attribute, definition)
  } catch (error) {
    if (error instanceof ScimError) return () => undefined
    throw error
  }
}

const fieldReader = ({ from, take, separator, steps }: MappedField, definition: ResourceDefinition): Read => {
  const sources = from.map((source) => sourceOf(source, definition))
  return (resource) => {
    const values = sources.map((read) => read(resource)).filter((value) => value !== undefined)
    const found = take === 'join' ? values.join(separator) : values[0]
    if (found === undefined) return undefined
    const made = steps
      .reduce((value, step) => STEPS[step](value), found)
      .slice(0, MOST_FIELD)
      .toWellFormed()
    return made.trim() === '' ? undefined : made
  }
}

/** How an organisation makes fields of a person out of what is said of them. */
export type Mapping = (content: Pick<UserContent, 'user_name' | 'external_id' | 'active' | 'attributes'>) => PersonSaid

const usual: Mapping = (content) => ({ name: usualName(content), addresses: usualAddresses(content), fields: {} })

const addressesBy = (mapped: string | undefined, userName: string): string[] => [
  ...new Set([mapped, userName].filter((each) => each !== undefined && ADDRESS.test(each)) as string[]),
]

/** A mapping ready for use; without a document, that which every organisation has. */
export const mappingBy = (document: ScimMappingDocument | undefined, definition: ResourceDefinition): Mapping => {
  if (!document || document.fields.length === 0) return usual
  const readers = new Map(document.fields.map((each) => [each.field, fieldReader(each, definition)]))
  const [nameBy, emailBy] = [readers.get('name'), readers.get('email')]
  const own = [...readers].filter(([field]) => field !== 'name' && field !== 'email')
  return (content) => {
    const resource = changeable({ ...content, active: content.active ?? true })
    const name = nameBy?.(resource)?.trim().slice(0, MOST_NAME).toWellFormed()
    const found = own.flatMap(([field, read]): [string, string][] => {
      const value = read(resource)
      return value === undefined ? [] : [[field, value]]
    })
    return {
      name: name ?? usualName(content),
      addresses: emailBy ? addressesBy(emailBy(resource)?.trim(), content.user_name) : usualAddresses(content),
      fields: Object.fromEntries(found.toSorted(([a], [b]) => (a < b ? -1 : 1))),
    }
  }
}

/** What is wrong with the sources of a mapping, each with where it stands. */
export const mappingFaults = (
  { fields }: ScimMappingDocument,
  definition: ResourceDefinition,
): { pointer: string; detail: string }[] =>
  fields.flatMap(({ from }, field) =>
    from.flatMap((source, place) => {
      if ('constant' in source) return []
      try {
        readerOf(source.attribute, definition)
        return []
      } catch (error) {
        if (!(error instanceof ScimError)) throw error
        return [{ pointer: `/document/fields/${field}/from/${place}/attribute`, detail: error.detail }]
      }
    }),
  )
