import type { ScimSchemaDocument } from '#contract/api/scim-schemas.js'
import { problem } from '#contract/problems.js'
import { ENTERPRISE_USER } from '../protocol/schemas/user.js'
import { usersWith } from '../protocol/schemas/resources.js'
import type { ResourceDefinition, SchemaDefinition } from '../protocol/schemas/definition.js'

/** What kept values of an attribute look like: its path within the extension, its type, and whether it is a list. */
export interface KeptShape {
  readonly path: string
  readonly type: string
  readonly many: boolean
}

/** What there is already when a schema is written: of its own earlier revisions, and of the other schemas. */
export interface SchemasThere {
  readonly urns: readonly string[]
  readonly shapes: readonly KeptShape[]
  readonly others: readonly { readonly name: string; readonly urn: string }[]
}

interface Fault {
  readonly pointer: string
  readonly detail: string
}

/** One begins where the other ends, so that a name behind the shorter could mean either. */
const overlap = (a: string, b: string): boolean => {
  const [short = '', long = ''] = [a.toLowerCase(), b.toLowerCase()].toSorted((x, y) => x.length - y.length)
  return long === short || long.startsWith(`${short}:`) || long.startsWith(`${short}.`)
}

const urnFaults = ({ urn }: ScimSchemaDocument, { urns, others }: SchemasThere): Fault[] => {
  const pointer = '/document/urn'
  const first = urns.find((each) => each.toLowerCase() !== urn.toLowerCase())
  if (first !== undefined)
    return [
      { pointer, detail: `was ${first}, under which values are kept: give another URN to a schema of another name` },
    ]
  const other = others.find((each) => overlap(each.urn, urn))
  if (other) return [{ pointer, detail: `cannot be told from ${other.urn}, which the schema ${other.name} has` }]
  return overlap(ENTERPRISE_USER.id, urn)
    ? [{ pointer, detail: `cannot be told from ${ENTERPRISE_USER.id}, which everybody has` }]
    : []
}

const shapesOf = ({ attributes }: ScimSchemaDocument) =>
  attributes.flatMap(({ name, type, multiValued, subAttributes = [] }, place) => [
    { path: name, type, many: multiValued, pointer: `/document/attributes/${place}` },
    ...subAttributes.map((part, at) => ({
      ...{ path: `${name}.${part.name}`, type: part.type, many: false },
      pointer: `/document/attributes/${place}/subAttributes/${at}`,
    })),
  ])

const words = ({ path, type, many }: KeptShape): string => `${path}, ${many ? 'a list of' : 'one'} ${type}`

const shapeFaults = (document: ScimSchemaDocument, { shapes }: SchemasThere): Fault[] =>
  shapesOf(document).flatMap(({ pointer, ...now }) => {
    const was = shapes.find(({ path }) => path.toLowerCase() === now.path.toLowerCase())
    const same = !was || (was.path === now.path && was.type === now.type && was.many === now.many)
    return same ? [] : [{ pointer, detail: `was ${words(was)}, as values of it are kept: choose another name` }]
  })

/**
 * Holds a schema against those that there are and were. What was kept under an attribute stays what it says, so an attribute
 * never changes its type; nor a schema its URN. Raises `request.invalid`.
 */
export const requireSound = (document: ScimSchemaDocument, there: SchemasThere): void => {
  const errors = [...urnFaults(document, there), ...shapeFaults(document, there)]
  if (errors.length > 0) throw problem('request.invalid', { errors })
}

const definitionOf = ({ urn, title, description, attributes }: ScimSchemaDocument): SchemaDefinition => ({
  ...{ id: urn, name: title, description },
  attributes: attributes.map(({ canonicalValues, referenceTypes, subAttributes, ...attribute }) => ({
    ...attribute,
    ...(canonicalValues && { canonicalValues, closed: true }),
    ...(attribute.type === 'reference' && { referenceTypes: referenceTypes ?? ['external'] }),
    ...(subAttributes && { subAttributes: subAttributes.map(partOf) }),
  })),
})

const partOf = ({
  canonicalValues,
  referenceTypes,
  ...part
}: NonNullable<ScimSchemaDocument['attributes'][number]['subAttributes']>[number]) => ({
  ...part,
  ...(canonicalValues && { canonicalValues, closed: true }),
  ...(part.type === 'reference' && { referenceTypes: referenceTypes ?? ['external'] }),
})

const known = new WeakMap<readonly ScimSchemaDocument[], ResourceDefinition>()

/** People as an organisation has them, with the schemas that it laid down. The same object for the same list. */
export const usersBy = (schemas: readonly ScimSchemaDocument[]): ResourceDefinition => {
  const there = known.get(schemas)
  if (there) return there
  const made = usersWith(schemas.filter(({ enabled }) => enabled).map(definitionOf))
  known.set(schemas, made)
  return made
}
