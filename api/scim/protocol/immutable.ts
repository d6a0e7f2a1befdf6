import { isDeepStrictEqual } from 'node:util'
import type { Quirks } from './quirks.js'
import { readResource, type Resource } from './read-resource.js'
import { refuse } from './scim-error.js'
import type { AttributeDefinition, ResourceDefinition } from './schemas/definition.js'
import { coreAttributes } from './schemas/resources.js'

const parts = (value: unknown): Resource =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Resource) : {}

const keepOf = (
  definitions: readonly AttributeDefinition[],
  [before, after]: readonly [Resource, Resource],
  prefix: string,
): void => {
  for (const { name, mutability, multiValued, subAttributes } of definitions) {
    const [was, is] = [before[name], after[name]]
    if (was === undefined) continue
    if (mutability === 'immutable' && !isDeepStrictEqual(was, is, { skipPrototype: true }))
      throw refuse('mutability', `${prefix}${name} is immutable: it has a value, which cannot be changed or removed`)
    // Parts of an entry of a list go with it; those of a single value stay for as long as there is one.
    if (subAttributes && !multiValued && is !== undefined)
      keepOf(subAttributes, [parts(was), parts(is)], `${prefix}${name}.`)
  }
}

/** Raises `ScimError` `mutability` where something immutable that was there is not as it was (RFC 7643, section 2.2). */
export const keepImmutable = (definition: ResourceDefinition, before: Resource, after: Resource): void => {
  keepOf(coreAttributes(definition), [before, after], '')
  for (const { id, attributes } of definition.extensions)
    keepOf(attributes, [parts(before[id]), parts(after[id])], `${id}:`)
}

/**
 * Reads the body of a PUT: what it makes of the resource that was there (RFC 7644, section 3.5.1).
 * Raises `ScimError`, here what `readResource` raises, and `mutability` once it is held against that resource.
 */
export const readReplacement = (
  body: unknown,
  { definition, quirks }: { readonly definition: ResourceDefinition; readonly quirks: Quirks },
): ((before: Resource) => Resource) => {
  const after = readResource(body, definition, quirks)
  return (before) => {
    keepImmutable(definition, before, after)
    return after
  }
}
