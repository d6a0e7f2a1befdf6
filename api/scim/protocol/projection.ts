import { refuse } from './scim-error.js'
import type { Resource } from './read-resource.js'
import type { AttributeDefinition, ResourceDefinition } from './schemas/definition.js'
import { coreAttributes, findAttribute, schemaBefore } from './schemas/resources.js'

/** What an answer is to have of each resource (RFC 7644, section 3.9). */
export interface Projection {
  readonly mode: 'default' | 'only' | 'without'
  /** Paths joined by dots: an attribute, a part of one, or the URN of a whole extension. */
  readonly paths: ReadonlySet<string>
}

/** All that an attribute or extension named as a whole has, but for what is never answered. */
const WHOLE: Projection = { mode: 'default', paths: new Set() }

const MAX_NAMES = 200

const pathsOf = (names: readonly string[], resource: ResourceDefinition): Set<string> => {
  if (names.length > MAX_NAMES) throw refuse('invalidValue', `at most ${MAX_NAMES} attributes can be named`)
  const paths = new Set<string>()
  for (const name of names.map((each) => each.trim()).filter((each) => each !== '')) {
    const behind = schemaBefore(resource, name)
    if (behind?.rest === '') {
      const isCore = behind.schema === resource.core
      for (const path of isCore ? resource.core.attributes.map((each) => each.name) : [behind.schema.id])
        paths.add(path)
    } else {
      // What no schema knows cannot be answered, and is no mistake.
      const found = findAttribute(resource, name)
      if (found) paths.add(found.path.join('.'))
    }
  }
  return paths
}

/** Reads `attributes` and `excludedAttributes`. Raises `ScimError` where both are given. */
export const projectionOf = (
  {
    attributes,
    excludedAttributes,
  }: { attributes?: readonly string[] | undefined; excludedAttributes?: readonly string[] | undefined },
  resource: ResourceDefinition,
): Projection => {
  if (attributes && excludedAttributes)
    throw refuse('invalidValue', 'attributes and excludedAttributes exclude each other: send one of them')
  if (attributes) return { mode: 'only', paths: pathsOf(attributes, resource) }
  if (excludedAttributes) return { mode: 'without', paths: pathsOf(excludedAttributes, resource) }
  return { mode: 'default', paths: new Set() }
}

const isWanted = ({ returned }: AttributeDefinition, path: string, { mode, paths }: Projection): boolean => {
  if (returned === 'never') return false
  if (returned === 'always') return true
  if (mode === 'only') return paths.has(path) || [...paths].some((each) => each.startsWith(`${path}.`))
  return returned === 'default' && !(mode === 'without' && paths.has(path))
}

const isObject = (value: unknown): value is Resource => typeof value === 'object' && value !== null

/** Where something lies, and what is asked for. */
interface Place {
  readonly path: string
  readonly projection: Projection
}

const part = (definition: AttributeDefinition, value: unknown, { path, projection }: Place): unknown => {
  const { subAttributes } = definition
  if (!subAttributes) return value
  const inner = projection.mode === 'only' && projection.paths.has(path) ? WHOLE : projection
  const cut = (entry: unknown): unknown =>
    isObject(entry) ? pick(subAttributes, entry, { path: `${path}.`, projection: inner }) : entry
  return Array.isArray(value) ? value.map(cut) : cut(value)
}

const pick = (
  definitions: readonly AttributeDefinition[],
  has: Resource,
  { path: prefix, projection }: Place,
): Resource => {
  const picked: Resource = {}
  for (const definition of definitions) {
    const { name } = definition
    const path = `${prefix}${name}`
    if (has[name] !== undefined && isWanted(definition, path, projection))
      picked[name] = part(definition, has[name], { path, projection })
  }
  return picked
}

/** Whether an attribute would be answered: what is dear to gather need not be otherwise. */
export const wants = (definition: AttributeDefinition, projection: Projection): boolean =>
  isWanted(definition, definition.name, projection)

/** Of a resource what is to be answered. */
export const project = (has: Resource, resource: ResourceDefinition, projection: Projection): Resource => {
  const picked = pick(coreAttributes(resource), has, { path: '', projection })
  for (const { id, attributes } of resource.extensions) {
    const extension = has[id]
    if (!isObject(extension) || (projection.mode === 'without' && projection.paths.has(id))) continue
    const whole = projection.mode === 'only' && projection.paths.has(id)
    const of = pick(attributes, extension, { path: `${id}.`, projection: whole ? WHOLE : projection })
    if (Object.keys(of).length > 0) picked[id] = of
  }
  return picked
}
