import { z } from 'zod'
import { text } from '../primitives.js'

/** Content type of all that SCIM says (RFC 7644, section 8.1). */
export const SCIM_TYPE = 'application/scim+json'

/** On every answer to a token for previews: nothing that was asked for was kept. */
export const SCIM_PREVIEW_HEADER = 'gatehouse-preview'

/** Where SCIM is spoken. */
export const SCIM_PATH = '/scim/'

/** Largest body that SCIM takes, in bytes: a group of 50,000 members fits. */
export const SCIM_MAX_BYTES = 8 * 1024 * 1024

/** A resource or a message as it came; the schemas of SCIM say what may stand in it. */
export const ScimBody = z
  .record(z.string().max(200), z.unknown())
  .describe('As its schemas define it (RFC 7643); /scim/v2/Schemas tells them')

const projection = {
  attributes: text(8000).optional().describe('Attributes to answer, joined by commas'),
  excludedAttributes: text(8000).optional().describe('Attributes to leave out, joined by commas'),
}
/** Query of one resource; what SCIM does not know is passed over. */
export const ScimProjectionQuery = z.looseObject(projection)

const page = z.string().regex(/^[+-]?\d{1,9}$/, { error: 'must be a whole number' })
/** Query of a list (RFC 7644, section 3.4.2, and RFC 9865). */
export const ScimListQuery = z.looseObject({
  ...projection,
  filter: text(16_000).optional().describe('RFC 7644, section 3.4.2.2'),
  sortBy: text(300).optional(),
  sortOrder: text(20).optional(),
  startIndex: page.optional(),
  count: page.optional(),
  cursor: text(1000).optional().describe('Empty for the first page, then nextCursor of the page before (RFC 9865)'),
})
export type ScimListQuery = z.infer<typeof ScimListQuery>

/** A resource by its id. Whatever no id is names nobody. */
export const ScimParams = z.strictObject({ id: z.string().min(1).max(500) })
