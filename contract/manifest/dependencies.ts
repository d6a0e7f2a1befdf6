import { z } from 'zod'
import { ExtensionId } from '../primitives.js'
import { LocalId, VersionRange, Words, listOf } from './common.js'

/** Another extension that must (or, optional, may) be installed beside this one. */
const Dependency = z.strictObject({
  id: ExtensionId,
  versions: VersionRange,
  optional: z.boolean().default(false),
})
export const Dependencies = listOf(Dependency, { max: 50, key: (dependency) => dependency.id, what: 'extension' })

/** A model that it wants to use and what for; which model answers is the organisation's choice. */
const ModelUse = z.strictObject({
  id: LocalId,
  kind: z.enum(['chat', 'embedding', 'rerank', 'speech', 'image']),
  purpose: Words,
  max_tokens_per_call: z.int().min(1).max(1_000_000),
})
export const Models = listOf(ModelUse, { max: 10, key: (model) => model.id, what: 'id' })
