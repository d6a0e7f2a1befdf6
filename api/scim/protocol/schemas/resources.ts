import type { AttributeDefinition, ResourceDefinition, SchemaDefinition } from './definition.js'
import { COMMON } from './common.js'
import { GROUP } from './group.js'
import { ENTERPRISE_USER, USER } from './user.js'

/** Groups as everybody has them. */
export const GROUPS: ResourceDefinition = { name: 'Group', endpoint: '/Groups', core: GROUP, extensions: [] }

/** People, with the extensions of an organisation's own beside that of RFC 7643. */
export const usersWith = (custom: readonly SchemaDefinition[]): ResourceDefinition => ({
  ...{ name: 'User', endpoint: '/Users', core: USER },
  extensions: [ENTERPRISE_USER, ...custom],
})

/** People with the extension of RFC 7643 alone. */
export const USERS: ResourceDefinition = usersWith([])

/** An attribute found by its name. */
export interface Found {
  /** Where it lies in the resource: names in the spelling of the schema, first the URN of an extension. */
  readonly path: readonly string[]
  readonly definition: AttributeDefinition
  /** That which it is a part of. */
  readonly parent: AttributeDefinition | undefined
}

/** Whether it is answered to nobody, by itself or with what it is a part of. */
export const isSecret = ({ definition, parent }: Found): boolean =>
  [definition, parent].some((each) => each?.returned === 'never')

/** By its name in any case. */
export const attributeNamed = (
  attributes: readonly AttributeDefinition[],
  name: string,
): AttributeDefinition | undefined => {
  const lower = name.toLowerCase()
  return attributes.find((each) => each.name.toLowerCase() === lower)
}

const inSchema = (attributes: readonly AttributeDefinition[], name: string, prefix: readonly string[]) => {
  const [first = '', second, ...rest] = name.split('.')
  const parent = attributeNamed(attributes, first)
  if (parent === undefined || rest.length > 0) return undefined
  if (second === undefined) return { path: [...prefix, parent.name], definition: parent, parent: undefined }
  const definition = attributeNamed(parent.subAttributes ?? [], second)
  return definition && { path: [...prefix, parent.name, definition.name], definition, parent }
}

/** Core and common attributes of a resource. */
export const coreAttributes = ({ core }: ResourceDefinition): readonly AttributeDefinition[] => [
  ...COMMON,
  ...core.attributes,
]

/** The schema that a name begins with, in any case, and what follows it. */
export const schemaBefore = (
  { core, extensions }: ResourceDefinition,
  name: string,
): { schema: SchemaDefinition; rest: string } | undefined => {
  const lower = name.toLowerCase()
  for (const schema of [core, ...extensions]) {
    const urn = schema.id.toLowerCase()
    if (lower === urn) return { schema, rest: '' }
    // Some clients put a dot where RFC 7644 has a colon.
    if (lower.startsWith(`${urn}:`) || lower.startsWith(`${urn}.`)) return { schema, rest: name.slice(urn.length + 1) }
  }
  return undefined
}

/** The attribute that a name of RFC 7644, figure 1, means: `attr`, `attr.sub`, or either behind a URN. */
export const findAttribute = (resource: ResourceDefinition, name: string): Found | undefined => {
  const behind = schemaBefore(resource, name)
  if (behind === undefined) return inSchema(coreAttributes(resource), name, [])
  if (behind.schema === resource.core) return inSchema(coreAttributes(resource), behind.rest, [])
  return inSchema(behind.schema.attributes, behind.rest, [behind.schema.id])
}
