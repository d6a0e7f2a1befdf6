import type { PublishedEvent } from '#contract/api/events.js'
import type { GuestRequest } from '../slots/job.js'

/**
 * The request by which an event comes (CloudEvents 1.0, structured mode). Its id is the idempotency key. Nobody who calls from
 * outside can send `gatehouse-trigger` (`request-headers.rules.ts`), so a guest tells an event from what only looks like one.
 */
export const eventRequest = (event: PublishedEvent, path: string): GuestRequest => ({
  ...{ method: 'POST', path, params: [], query: [] },
  headers: [
    ['content-type', 'application/cloudevents+json'],
    ['gatehouse-trigger', 'event'],
    ['idempotency-key', event.id],
  ],
  body: Buffer.from(JSON.stringify(event)),
})
