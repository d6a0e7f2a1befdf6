import { z } from 'zod'
import { EventDelivery, EventDeliveryPage, EventDeliveryQuery } from '../api/event-deliveries.js'
import { PublishedEventPage, PublishedEventQuery } from '../api/events.js'
import { endpoint } from '../endpoint.js'
import { Uuid } from '../primitives.js'

/** What extensions published, and who gets it. */
export const eventEndpoints = {
  'events.list': endpoint({
    method: 'GET',
    path: '/v1/events',
    summary: 'Events that extensions published, newest first, as CloudEvents',
    action: 'execution.read',
    query: PublishedEventQuery,
    response: PublishedEventPage,
    status: 200,
  }),
  'deliveries.list': endpoint({
    method: 'GET',
    path: '/v1/event-deliveries',
    summary: 'Events on their way to the installs that consume them, newest first',
    action: 'execution.read',
    query: EventDeliveryQuery,
    response: EventDeliveryPage,
    status: 200,
  }),
  'deliveries.redeliver': endpoint({
    method: 'POST',
    path: '/v1/event-deliveries/{id}/redeliver',
    summary: 'Try a dead delivery again, from its first attempt on',
    action: 'event.redeliver',
    params: z.strictObject({ id: Uuid }),
    response: EventDelivery,
    status: 200,
  }),
}
