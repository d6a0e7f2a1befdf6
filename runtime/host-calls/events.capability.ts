import { z } from 'zod'
import { jsonObject, type JsonObject } from '#contract/json-object.js'
import { text } from '#contract/primitives.js'
import { schemaCheck } from '../json-schema/json-schema.js'
import type { ArgumentFacts, Capability, Installed, Invocation } from './capability.js'
import { HostRefusal } from './host-reply.js'
import type { EventSink, Publication } from './ports.js'

// Policy has a lower limit; what is larger never gets that far.
const MAX_BYTES = 256 * 1024
const MAX_POINTER = 500
const Data = jsonObject(MAX_BYTES)
const Publish = z.strictObject({ type: text(200), data: z.string().max(MAX_BYTES) })

const read = (json: string): JsonObject => {
  try {
    return Data.parse(JSON.parse(json))
  } catch {
    throw new HostRefusal('events.data_invalid', 'The data must be a JSON object, at most 10 levels deep, without NUL')
  }
}

/** Where the data is not as the schema wants it, as a pointer; null where it is. */
const misfitOf = (schema: object, data: JsonObject): string | null => {
  const [misfit] = schemaCheck(schema)(data)
  return misfit ? misfit.pointer.slice(0, MAX_POINTER).toWellFormed() : null
}

const factsOf = (
  { target, published, hops }: Invocation,
  { type, data, sizeBytes }: Publication & { sizeBytes: number },
): ArgumentFacts => {
  const declared = target.emits.find((event) => event.type === type)
  return {
    event: {
      type,
      own: type.startsWith(`${target.extension}.`),
      declared: declared !== undefined,
      misfit: declared ? misfitOf(declared.schema, data) : null,
      size_bytes: sizeBytes,
      published,
      hops: hops + 1,
    },
  }
}

/**
 * Events that the manifest declares, in the extension's own namespace. Blocking: once it is answered the event is durable
 * and on its way, whatever becomes of the invocation.
 */
export const eventCapabilities = <T extends Installed>(
  events: EventSink<T>,
): Capability<z.infer<typeof Publish>, T>[] => [
  {
    name: 'events.publish',
    permission: 'events:publish',
    schema: Publish,
    leaves: true,
    plan: ({ type, data: json }, invocation) => {
      const publication = { type, data: read(json) }
      return {
        facts: factsOf(invocation, { ...publication, sizeBytes: Buffer.byteLength(json) }),
        run: () => {
          invocation.published++
          return events.publish(invocation, publication)
        },
      }
    },
  },
]
