import { z } from 'zod'
import { LocalId, VersionRange, Words, listOf } from './common.js'
import { EmbeddedSchema } from './json-schema.js'

/** A type of event: the emitter's extension id, or a domain of the host, then words. */
const EventType = z
  .string()
  .max(200)
  .regex(/^[a-z][a-zA-Z0-9_-]*(\.[a-zA-Z][a-zA-Z0-9_-]*)+$/, {
    error: 'must be an event type such as com.example.ledger.invoice_paid',
  })

/** An event that the extension publishes, always under its own id. */
const Emitted = z.strictObject({ type: EventType, description: Words, schema: EmbeddedSchema })

/** An event that starts the extension, and the shape it relies on. */
const Consumed = z.strictObject({
  type: EventType,
  description: Words.optional(),
  schema: EmbeddedSchema,
  endpoint: LocalId,
})

export const Events = z.strictObject({
  emits: listOf(Emitted, { max: 50, key: (event) => event.type, what: 'type' }).default([]),
  consumes: listOf(Consumed, { max: 50, key: (event) => event.type, what: 'type' }).default([]),
})

const Provided = z.strictObject({
  name: LocalId,
  version: z.int().min(1).max(1000),
  description: Words,
  request: EmbeddedSchema,
  response: EmbeddedSchema,
  endpoint: LocalId,
})

const Used = z.strictObject({
  extension: z
    .string()
    .max(200)
    .regex(/^[a-z][a-z0-9-]*(\.[a-zA-Z][a-zA-Z0-9_-]*){1,9}$/, { error: 'must be the id of an extension' }),
  name: LocalId,
  versions: VersionRange,
})

/** Request and reply between extensions: what this one answers, and what it asks of others. */
export const Services = z.strictObject({
  provides: listOf(Provided, { max: 20, key: (service) => service.name, what: 'name' }).default([]),
  uses: listOf(Used, { max: 20, key: (service) => `${service.extension} ${service.name}`, what: 'service' }).default(
    [],
  ),
})
