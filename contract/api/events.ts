import { z } from 'zod'
import { ExtensionId, Instant, Semver, Uuid, text } from '../primitives.js'
import { pageOf, pageQuery } from './page.js'

/** An event that an extension published, in the envelope of CloudEvents 1.0. */
export const PublishedEvent = z.strictObject({
  specversion: z.literal('1.0'),
  id: Uuid,
  source: text(200).describe('The install that published it, as a path of this API'),
  type: text(200).describe("In the extension's own namespace, as its manifest declares it"),
  time: Instant,
  datacontenttype: z.literal('application/json'),
  data: z.record(z.string(), z.json()),
  extensionid: ExtensionId,
  extensionversion: Semver,
  executionid: Uuid.describe('The execution that published it, and the decision that allowed that'),
  hops: z.int().positive().describe('Events that led to it, one by another, this one included'),
  traceparent: text(55)
    .optional()
    .describe('The execution that published it, as part of its trace (distributed tracing extension of CloudEvents)'),
})
export type PublishedEvent = z.infer<typeof PublishedEvent>
export const PublishedEventPage = pageOf(PublishedEvent)

/** Filters of the list; all that are given must fit. */
export const PublishedEventQuery = z.strictObject({
  ...pageQuery,
  extension: ExtensionId.optional(),
  type: text(200).optional(),
})
export type PublishedEventQuery = z.infer<typeof PublishedEventQuery>
