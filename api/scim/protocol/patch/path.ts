import { parseEntryFilter } from '../filter/parse.js'
import type { Condition } from '../filter/condition.js'
import { refuse, ScimError } from '../scim-error.js'
import type { Quirks } from '../quirks.js'
import type { AttributeDefinition, ResourceDefinition } from '../schemas/definition.js'
import { attributeNamed, findAttribute, schemaBefore } from '../schemas/resources.js'

/** What an operation of a PATCH aims at (RFC 7644, figure 7). */
export type Target =
  | { readonly kind: 'resource' }
  /** A whole extension. */
  | { readonly kind: 'extension'; readonly urn: string; readonly attributes: readonly AttributeDefinition[] }
  | {
      readonly kind: 'attribute'
      /** URN of the extension that it belongs to. */
      readonly urn: string | undefined
      readonly attribute: AttributeDefinition
      /** Which entries of the list. */
      readonly where: Condition | undefined
      readonly part: AttributeDefinition | undefined
    }

const MAX_PATH = 4_096
const WITH_BRACKETS = /^([^[\]]+)\[(.*)\](?:\.([\w$-]+))?$/s

const invalid = (path: string, why: string) => refuse('invalidPath', `${JSON.stringify(path.slice(0, 200))}: ${why}`)

type Booleans = Pick<Quirks, 'booleansAsStrings'>

const entriesOf = (path: string, [list, filter]: [AttributeDefinition, string], quirks?: Booleans): Condition => {
  try {
    return parseEntryFilter(filter, list, quirks)
  } catch (error) {
    if (error instanceof ScimError)
      throw refuse(
        error.scimType === 'invalidFilter' ? 'invalidFilter' : 'invalidPath',
        `${path.slice(0, 200)}: ${error.detail}`,
      )
    throw error
  }
}

/** Reads the path of an operation. Raises `ScimError` `invalidPath` or `invalidFilter`. */
export const parsePath = (path: string, resource: ResourceDefinition, quirks?: Booleans): Target => {
  if (path.length > MAX_PATH) throw invalid(path, `a path has at most ${MAX_PATH} characters`)
  const trimmed = path.trim()
  const behind = schemaBefore(resource, trimmed)
  if (behind?.rest === '')
    return behind.schema === resource.core
      ? { kind: 'resource' }
      : { kind: 'extension', urn: behind.schema.id, attributes: behind.schema.attributes }
  const [, head = trimmed, filter, last] = WITH_BRACKETS.exec(trimmed) ?? []
  const found = findAttribute(resource, head)
  if (!found) throw invalid(path, `a ${resource.name} has no such attribute`)
  const urn = resource.extensions.find(({ id }) => id === found.path[0])?.id
  if (filter === undefined) {
    const { parent, definition } = found
    return { kind: 'attribute', urn, attribute: parent ?? definition, where: undefined, part: parent && definition }
  }
  const { definition } = found
  if (!definition.multiValued || definition.type !== 'complex' || found.parent)
    throw invalid(path, `${definition.name} is no list of entries to look at in brackets`)
  const part = last === undefined ? undefined : attributeNamed(definition.subAttributes ?? [], last)
  if (last !== undefined && !part) throw invalid(path, `${definition.name} has no sub-attribute ${last}`)
  return { kind: 'attribute', urn, attribute: definition, where: entriesOf(path, [definition, filter], quirks), part }
}
