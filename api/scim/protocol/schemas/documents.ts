import type { AttributeDefinition, ResourceDefinition, SchemaDefinition } from './definition.js'

const SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Schema'
const RESOURCE_TYPE = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType'
const PROVIDER = 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'

const shownAttribute = ({ closed: _, subAttributes, ...attribute }: AttributeDefinition): object => ({
  ...attribute,
  ...(subAttributes && { subAttributes: subAttributes.map(shownAttribute) }),
})

/** The document of a schema (RFC 7643, section 7). `base` is the address of the service, up to `/scim/v2`. */
export const schemaDocument = ({ id, name, description, attributes }: SchemaDefinition, base: string) => ({
  ...{ schemas: [SCHEMA], id, name, description, attributes: attributes.map(shownAttribute) },
  meta: { resourceType: 'Schema', location: `${base}/Schemas/${id}` },
})

/** The document of a kind of resource (RFC 7643, section 6). */
export const resourceTypeDocument = ({ name, endpoint, core, extensions }: ResourceDefinition, base: string) => ({
  ...{ schemas: [RESOURCE_TYPE], id: name, name, endpoint, description: core.description, schema: core.id },
  schemaExtensions: extensions.map(({ id }) => ({ schema: id, required: false })),
  meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/${name}` },
})

/** What the service can do, in numbers. */
export interface ProviderLimits {
  readonly maxResults: number
  readonly maxOperations: number
  readonly maxPayloadSize: number
}

/** RFC 7643, section 5, with the pages of RFC 9865. */
export const providerDocument = ({ maxResults, maxOperations, maxPayloadSize }: ProviderLimits, base: string) => ({
  schemas: [PROVIDER],
  patch: { supported: true },
  bulk: { supported: true, maxOperations, maxPayloadSize },
  filter: { supported: true, maxResults },
  changePassword: { supported: false },
  sort: { supported: true },
  etag: { supported: true },
  pagination: {
    cursor: true,
    index: true,
    defaultPaginationMethod: 'index',
    defaultPageSize: 100,
    maxPageSize: maxResults,
  },
  authenticationSchemes: [
    {
      ...{
        type: 'oauthbearertoken',
        name: 'Bearer token',
        primary: true,
        specUri: 'https://www.rfc-editor.org/rfc/rfc6750',
      },
      description: 'A token of a SCIM connection, in the Authorization header',
    },
  ],
  meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
})
