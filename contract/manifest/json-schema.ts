import { Ajv2020 } from 'ajv/dist/2020.js'
import { z } from 'zod'
import { depthOf, type Json } from './json.js'

/** Free-form parts of a manifest nest at most this deep, measured from their own root. */
const MAX_FREE_DEPTH = 10

// Only the meta-schema is ever compiled here: what a publisher wrote is checked against it, never turned into code.
const metaSchema = new Ajv2020({ strict: false, validateFormats: false, logger: false, allErrors: false })

const JsonValue: z.ZodType<Json> = z.json() as z.ZodType<Json>
const FreeObject = z.record(z.string().max(200), JsonValue)

/** `$ref` may point inside the schema only: nothing is ever fetched. */
function outsideReference(schema: unknown, path: PropertyKey[] = []): PropertyKey[] | null {
  if (typeof schema !== 'object' || schema === null) return null
  for (const [key, value] of Object.entries(schema)) {
    const here = [...path, Array.isArray(schema) ? Number(key) : key]
    if ((key === '$ref' || key === '$dynamicRef') && typeof value === 'string' && !value.startsWith('#')) return here
    const inner = outsideReference(value, here)
    if (inner) return inner
  }
  return null
}

const pathOfPointer = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))

/** A JSON Schema (draft 2020-12) of an object, nested at most 10 deep, without references to elsewhere. */
export const EmbeddedSchema = FreeObject.superRefine((schema, context) => {
  if (depthOf(schema) > MAX_FREE_DEPTH) {
    context.addIssue({ code: 'custom', message: `must nest at most ${MAX_FREE_DEPTH} levels` })
    return
  }
  if (metaSchema.validateSchema(schema) !== true) {
    const [first] = metaSchema.errors ?? []
    context.addIssue({
      code: 'custom',
      path: pathOfPointer(first?.instancePath ?? ''),
      message: `is not a JSON Schema (draft 2020-12): ${first?.message ?? 'unreadable'}`,
    })
    return
  }
  const outside = outsideReference(schema)
  if (outside)
    context.addIssue({
      code: 'custom',
      path: outside,
      message: 'must refer to a place inside the same schema, such as #/$defs/x',
    })
})

/** The publisher's own notes: any JSON object nested at most 10 deep. Gatehouse stores it and reads nothing from it. */
export const FreeMetadata = FreeObject.refine((value) => depthOf(value) <= MAX_FREE_DEPTH, {
  error: `must nest at most ${MAX_FREE_DEPTH} levels`,
})
