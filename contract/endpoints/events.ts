import { PublishedEventPage, PublishedEventQuery } from '../api/events.js'
import { endpoint } from '../endpoint.js'

/** What extensions published. */
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
}
