import { z } from 'zod'
import { ExtensionId, Instant, Uuid, text } from '../primitives.js'
import { pageOf, pageQuery } from './page.js'

/** Where a delivery stands. `dead`: it failed as often as is tried, or can never succeed; somebody may have it tried again. */
const DELIVERY_STATES = ['waiting', 'delivered', 'dead'] as const

/** One event on its way to one install that consumes it. */
export const EventDelivery = z.strictObject({
  id: Uuid,
  event_id: Uuid.describe('Also the id of the CloudEvent and the idempotency key that the extension gets'),
  type: text(200),
  install_id: Uuid,
  extension: ExtensionId.describe('The one that consumes it'),
  state: z.enum(DELIVERY_STATES),
  attempts: z.int().nonnegative(),
  fault: text(500).nullable().describe('Why it failed last'),
  execution_id: Uuid.nullable().describe('The call that took it'),
  created_at: Instant,
  updated_at: Instant,
})
export type EventDelivery = z.infer<typeof EventDelivery>
export const EventDeliveryPage = pageOf(EventDelivery)

/** Filters of the list; all that are given must fit. */
export const EventDeliveryQuery = z.strictObject({
  ...pageQuery,
  state: z.enum(DELIVERY_STATES).optional(),
  extension: ExtensionId.optional(),
})
export type EventDeliveryQuery = z.infer<typeof EventDeliveryQuery>
