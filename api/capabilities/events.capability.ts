import { z } from 'zod'
import { jsonObject, type JsonObject } from '#contract/json-object.js'
import { text } from '#contract/primitives.js'
import type { CallTarget } from '../installs/call-target.js'
import { schemaCheck } from '../platform/json-schema/json-schema.js'
import type { ArgumentFacts, Capability, Invocation } from './capability.js'
import type { EventsRepository } from './events.repository.js'
import { HostRefusal } from './host-reply.js'

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

/** Where the data does not fit what the manifest declares for the type; null where it fits or nothing is declared. */
const misfitOf = ({ emits }: CallTarget, type: string, data: JsonObject): string | null => {
  const declared = emits.find((event) => event.type === type)
  const [misfit] = declared ? schemaCheck(declared.schema)(data) : []
  return misfit ? misfit.pointer.slice(0, MAX_POINTER).toWellFormed() : null
}

const factsOf = ({ target, published }: Invocation, type: string, json: string): ArgumentFacts => ({
  event: {
    type,
    own: type.startsWith(`${target.extension}.`),
    declared: target.emits.some((event) => event.type === type),
    misfit: misfitOf(target, type, read(json)),
    size_bytes: Buffer.byteLength(json),
    published,
  },
})

/**
 * Events that the manifest declares, in the extension's own namespace. Blocking: once it is answered the event is durable
 * and on its way, whatever becomes of the invocation.
 */
export const eventCapabilities = (events: EventsRepository): Capability<z.infer<typeof Publish>>[] => [
  {
    name: 'events.publish',
    permission: 'events:publish',
    schema: Publish,
    leaves: true,
    plan: ({ type, data }, invocation) => ({
      facts: factsOf(invocation, type, data),
      run: () => {
        invocation.published++
        return events.publish(invocation, { type, data: read(data) })
      },
    }),
  },
]
