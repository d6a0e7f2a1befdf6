import { z } from 'zod'
import type { Action } from '../actions.js'
import {
  CustomRoleName,
  documentShapes,
  GroupRulesDocument,
  GroupRulesPreview,
  LimitsDocument,
  ListDocument,
  RoleDocument,
} from '../api/documents.js'
import { ScimMappingDocument, ScimMappingPreview, ScimMappingTry } from '../api/scim-mapping.js'
import { ScimSchemaDocument } from '../api/scim-schemas.js'
import { endpoint } from '../endpoint.js'
import { Slug, Uuid } from '../primitives.js'

interface Kind<D, N, R, W> {
  readonly path: string
  readonly read: R
  readonly write: W
  readonly one: string
  readonly many: string
  readonly document: D
  readonly name: N
}

/** The endpoints of one kind of document: the same for each. */
const endpointsOf = <D extends z.ZodType, N extends z.ZodType<string>, R extends Action, W extends Action>(
  kind: Kind<D, N, R, W>,
) => {
  const shapes = documentShapes(kind.document, kind.name)
  const { path, read, write, one, many } = kind
  const at = { path: `${path}/{name}`, params: shapes.params }
  return {
    list: endpoint({
      method: 'GET',
      path,
      summary: `${many}, each at its newest revision`,
      action: read,
      query: shapes.pageQuery,
      response: shapes.page,
      status: 200,
    }),
    show: endpoint({
      ...at,
      method: 'GET',
      summary: `${one} at its newest revision, or as it was at an earlier one`,
      action: read,
      query: shapes.showQuery,
      response: shapes.revision,
      status: 200,
    }),
    set: endpoint({
      ...at,
      method: 'PUT',
      summary: `${one}: write the next revision`,
      action: write,
      query: shapes.query,
      body: shapes.set,
      response: shapes.revision,
      status: 200,
    }),
    history: endpoint({
      ...at,
      path: `${path}/{name}/revisions`,
      method: 'GET',
      summary: `${one}: who changed it when and why, newest first`,
      action: read,
      query: shapes.pageQuery,
      response: shapes.history,
      status: 200,
    }),
    diff: endpoint({
      ...at,
      path: `${path}/{name}/diff`,
      method: 'GET',
      summary: `${one}: what differs between two revisions`,
      action: read,
      query: shapes.diffQuery,
      response: shapes.diff,
      status: 200,
    }),
    revert: endpoint({
      ...at,
      path: `${path}/{name}/revert`,
      method: 'POST',
      summary: `${one}: write an earlier revision's document as the next`,
      action: write,
      query: shapes.query,
      body: shapes.revert,
      response: shapes.revision,
      status: 200,
    }),
  }
}

const lists = endpointsOf({
  ...{ path: '/v1/lists', read: 'list.read', write: 'list.write', document: ListDocument, name: Slug },
  ...{ one: 'A list of extensions', many: 'Lists of extensions' },
})
const limits = endpointsOf({
  ...{ path: '/v1/limits', read: 'limits.read', write: 'limits.write', document: LimitsDocument, name: Slug },
  ...{ one: 'A set of limits', many: 'Sets of limits' },
})
const roles = endpointsOf({
  ...{ path: '/v1/roles', read: 'role.read', write: 'role.write', document: RoleDocument, name: CustomRoleName },
  ...{ one: "A role of the organisation's own", many: "Roles of the organisation's own" },
})
const groupRules = endpointsOf({
  ...{ path: '/v1/group-rules', read: 'group_rules.read', write: 'group_rules.write' },
  ...{ document: GroupRulesDocument, name: Slug },
  ...{ one: 'Rules that give roles to SCIM groups', many: 'Sets of rules that give roles to SCIM groups' },
})

const scimSchemas = endpointsOf({
  ...{ path: '/v1/scim/schemas', read: 'scim_schema.read', write: 'scim_schema.write' },
  ...{ document: ScimSchemaDocument, name: Slug },
  ...{ one: 'A SCIM schema that extends people', many: 'SCIM schemas that extend people' },
})

const scimMappings = endpointsOf({
  ...{ path: '/v1/scim/mappings', read: 'scim_mapping.read', write: 'scim_mapping.write' },
  ...{ document: ScimMappingDocument, name: z.literal('default') },
  ...{ one: 'Which SCIM attribute becomes which field of a person', many: 'The mapping of SCIM attributes to people' },
})

const mappingPreview = endpoint({
  method: 'POST',
  path: '/v1/scim/mappings/{name}/preview',
  summary: 'Which SCIM attribute becomes which field of a person: what would become of people if it were this',
  action: 'scim_mapping.read',
  params: z.strictObject({ name: z.literal('default') }),
  query: z.strictObject({ tenant_id: Uuid.optional() }),
  body: ScimMappingTry,
  response: ScimMappingPreview,
  status: 200,
})

const preview = endpoint({
  method: 'POST',
  path: '/v1/group-rules/{name}/preview',
  summary: 'Rules that give roles to SCIM groups: who would gain or lose what if they became these',
  action: 'group_rules.read',
  params: z.strictObject({ name: Slug }),
  query: z.strictObject({ tenant_id: Uuid.optional() }),
  body: z.strictObject({ document: GroupRulesDocument }),
  response: GroupRulesPreview,
  status: 200,
})

/** What organisations lay down for themselves. */
export const documentEndpoints = {
  'lists.list': lists.list,
  'lists.show': lists.show,
  'lists.set': lists.set,
  'lists.history': lists.history,
  'lists.diff': lists.diff,
  'lists.revert': lists.revert,
  'limits.list': limits.list,
  'limits.show': limits.show,
  'limits.set': limits.set,
  'limits.history': limits.history,
  'limits.diff': limits.diff,
  'limits.revert': limits.revert,
  'roles.list': roles.list,
  'roles.show': roles.show,
  'roles.set': roles.set,
  'roles.history': roles.history,
  'roles.diff': roles.diff,
  'roles.revert': roles.revert,
  'grouprules.list': groupRules.list,
  'grouprules.show': groupRules.show,
  'grouprules.set': groupRules.set,
  'grouprules.history': groupRules.history,
  'grouprules.diff': groupRules.diff,
  'grouprules.revert': groupRules.revert,
  'grouprules.preview': preview,
  'scimschemas.list': scimSchemas.list,
  'scimschemas.show': scimSchemas.show,
  'scimschemas.set': scimSchemas.set,
  'scimschemas.history': scimSchemas.history,
  'scimschemas.diff': scimSchemas.diff,
  'scimschemas.revert': scimSchemas.revert,
  'scimmappings.list': scimMappings.list,
  'scimmappings.show': scimMappings.show,
  'scimmappings.set': scimMappings.set,
  'scimmappings.history': scimMappings.history,
  'scimmappings.diff': scimMappings.diff,
  'scimmappings.revert': scimMappings.revert,
  'scimmappings.preview': mappingPreview,
}
