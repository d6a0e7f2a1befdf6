import { z } from 'zod'
import { text } from '../primitives.js'
import { SCIM_ERRORS } from '../vocabulary.js'

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

// All of it fits into the 16 KiB that a request line and its headers may have.
const projection = {
  attributes: text(3000).optional().describe('Attributes to answer, joined by commas'),
  excludedAttributes: text(3000).optional().describe('Attributes to leave out, joined by commas'),
}
/** Query of one resource; what SCIM does not know is passed over. */
export const ScimProjectionQuery = z.looseObject(projection)

const page = z.string().regex(/^[+-]?\d{1,9}$/, { error: 'must be a whole number' })
/** Query of a list (RFC 7644, section 3.4.2, and RFC 9865). */
export const ScimListQuery = z.looseObject({
  ...projection,
  filter: text(8000).optional().describe('RFC 7644, section 3.4.2.2; a longer one by .search'),
  sortBy: text(300).optional(),
  sortOrder: text(20).optional(),
  startIndex: page.optional(),
  count: page.optional(),
  cursor: text(1000).optional().describe('Empty for the first page, then nextCursor of the page before (RFC 9865)'),
})
export type ScimListQuery = z.infer<typeof ScimListQuery>

/** A resource by its id. Whatever no id is names nobody. */
export const ScimParams = z.strictObject({ id: z.string().min(1).max(500) })

const Schemas = z.array(text(300)).min(1)
const MESSAGE = 'urn:ietf:params:scim:api:messages:2.0'
const scimJson = <S extends z.ZodType>(schema: S) => ({ type: SCIM_TYPE, schema })

/** Body of a refusal (RFC 7644, section 3.12). */
export const ScimErrorBody = z.strictObject({
  schemas: z.tuple([z.literal(`${MESSAGE}:Error`)]),
  status: z
    .string()
    .regex(/^[1-5]\d\d$/)
    .describe('The status of HTTP, as a string'),
  scimType: z.enum(SCIM_ERRORS).optional(),
  detail: text(20_000).describe('What is wrong, and what would be right'),
})

/** A person or a group; its schemas say what else stands in it. */
const ScimResource = z
  .looseObject({
    schemas: Schemas,
    id: text(500),
    meta: z
      .looseObject({
        resourceType: text(100).optional(),
        location: text(2000).optional(),
        version: text(200).optional(),
      })
      .optional()
      .describe('As far as it is asked for'),
  })
  .describe('As its schemas define it (RFC 7643); /scim/v2/Schemas tells them')

/** A resource as it is answered. */
export const ScimResourceAnswer = scimJson(ScimResource)

/** What describes the service itself. */
export const ScimDocumentAnswer = scimJson(z.looseObject({ schemas: Schemas }))

/** A list (RFC 7644, section 3.4.2). */
export const ScimListAnswer = scimJson(
  z.strictObject({
    schemas: z.tuple([z.literal(`${MESSAGE}:ListResponse`)]),
    totalResults: z.int().nonnegative(),
    itemsPerPage: z.int().nonnegative(),
    startIndex: z.int().positive().optional().describe('Absent where pages go by cursors'),
    nextCursor: text(1000).optional().describe('Absent behind the last page (RFC 9865)'),
    Resources: z.array(z.looseObject({ schemas: Schemas, id: text(500) })),
  }),
)

/** What each operation of a Bulk request came to (RFC 7644, section 3.7.3). */
export const ScimBulkAnswer = scimJson(
  z.strictObject({
    schemas: z.tuple([z.literal(`${MESSAGE}:BulkResponse`)]),
    Operations: z.array(
      z.strictObject({
        method: z.enum(['POST', 'PUT', 'PATCH', 'DELETE']),
        bulkId: text(1000).optional(),
        location: text(4000).optional().describe('Absent where nothing was added'),
        version: text(200).optional(),
        status: z.string().regex(/^[1-5]\d\d$/),
        response: ScimErrorBody.optional().describe('Why it was refused'),
      }),
    ),
  }),
)
