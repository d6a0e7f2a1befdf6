import { z } from 'zod'
import {
  SCIM_MAX_BYTES,
  SCIM_TYPE,
  ScimBody,
  ScimBulkAnswer,
  ScimDocumentAnswer,
  ScimListAnswer,
  ScimListQuery,
  ScimParams,
  ScimProjectionQuery,
  ScimResourceAnswer,
} from '../api/scim-protocol.js'
import { endpoint } from '../endpoint.js'

const IF_MATCH = { 'If-Match': 'The version as read (RFC 7644, section 3.14); 412 where it changed meanwhile' }
const IF_NONE_MATCH = { 'If-None-Match': 'A version that is known: 304 where it did not change' }

const scim = { credential: 'scim_token', refusals: 'scim' } as const
const lookUp = { ...scim, action: 'scim.look_up', status: 200 } as const
const provision = { ...scim, action: 'scim.provision', maxBytes: SCIM_MAX_BYTES } as const
const body = { body: ScimBody, bodyTypes: [SCIM_TYPE] } as const
const found = { ...lookUp, response: ScimListAnswer } as const
const documents = { ...lookUp, response: ScimDocumentAnswer } as const
const ETAG = { etag: 'Its version' }
const resource = {
  response: ScimResourceAnswer,
  answerHeaders: { ...ETAG, location: 'Its address' },
} as const
const known = { ...resource, further: { 304: { words: 'The version that is known is still the one', headers: ETAG } } }
const removed = { ...provision, response: { type: SCIM_TYPE }, status: 204 } as const
const looseQuery = z.looseObject({})

const discovery = {
  'scim.providerConfig': endpoint({
    method: 'GET',
    path: '/scim/v2/ServiceProviderConfig',
    summary: 'What this service provider can do (RFC 7643, section 5)',
    ...documents,
    query: looseQuery,
  }),
  'scim.resourceTypes': endpoint({
    method: 'GET',
    path: '/scim/v2/ResourceTypes',
    summary: 'Kinds of resources (RFC 7643, section 6)',
    ...found,
    query: looseQuery,
  }),
  'scim.resourceType': endpoint({
    method: 'GET',
    path: '/scim/v2/ResourceTypes/{id}',
    summary: 'One kind of resource',
    ...documents,
    params: ScimParams,
    query: looseQuery,
  }),
  'scim.schemas': endpoint({
    method: 'GET',
    path: '/scim/v2/Schemas',
    summary: 'Schemas of resources (RFC 7643, section 7)',
    ...found,
    query: looseQuery,
  }),
  'scim.schema': endpoint({
    method: 'GET',
    path: '/scim/v2/Schemas/{id}',
    summary: 'One schema',
    ...documents,
    params: ScimParams,
    query: looseQuery,
  }),
}

const users = {
  'scim.queryUsers': endpoint({
    method: 'GET',
    path: '/scim/v2/Users',
    summary: 'Find people (RFC 7644, section 3.4.2)',
    ...found,
    query: ScimListQuery,
  }),
  'scim.createUser': endpoint({
    method: 'POST',
    path: '/scim/v2/Users',
    summary: 'Add somebody (RFC 7644, section 3.3)',
    ...provision,
    ...resource,
    query: ScimProjectionQuery,
    ...body,
    status: 201,
  }),
  'scim.searchUsers': endpoint({
    method: 'POST',
    path: '/scim/v2/Users/.search',
    summary: 'Find people by a body (RFC 7644, section 3.4.3)',
    ...found,
    query: looseQuery,
    ...body,
  }),
  'scim.readUser': endpoint({
    method: 'GET',
    path: '/scim/v2/Users/{id}',
    summary: 'One person',
    ...lookUp,
    ...known,
    params: ScimParams,
    query: ScimProjectionQuery,
    headers: IF_NONE_MATCH,
  }),
  'scim.replaceUser': endpoint({
    method: 'PUT',
    path: '/scim/v2/Users/{id}',
    summary: 'Replace what is known of somebody (RFC 7644, section 3.5.1)',
    ...provision,
    ...resource,
    params: ScimParams,
    query: ScimProjectionQuery,
    headers: IF_MATCH,
    ...body,
    status: 200,
  }),
  'scim.patchUser': endpoint({
    method: 'PATCH',
    path: '/scim/v2/Users/{id}',
    summary: 'Change what is known of somebody (RFC 7644, section 3.5.2)',
    ...provision,
    ...resource,
    params: ScimParams,
    query: ScimProjectionQuery,
    headers: IF_MATCH,
    ...body,
    status: 200,
  }),
  'scim.deleteUser': endpoint({
    method: 'DELETE',
    path: '/scim/v2/Users/{id}',
    summary: 'Take somebody away for good (RFC 7644, section 3.6)',
    ...removed,
    params: ScimParams,
    query: looseQuery,
    headers: IF_MATCH,
  }),
}

const groups = {
  'scim.queryGroups': endpoint({
    method: 'GET',
    path: '/scim/v2/Groups',
    summary: 'Find groups (RFC 7644, section 3.4.2)',
    ...found,
    query: ScimListQuery,
  }),
  'scim.createGroup': endpoint({
    method: 'POST',
    path: '/scim/v2/Groups',
    summary: 'Add a group (RFC 7644, section 3.3)',
    ...provision,
    ...resource,
    query: ScimProjectionQuery,
    ...body,
    status: 201,
  }),
  'scim.searchGroups': endpoint({
    method: 'POST',
    path: '/scim/v2/Groups/.search',
    summary: 'Find groups by a body (RFC 7644, section 3.4.3)',
    ...found,
    query: looseQuery,
    ...body,
  }),
  'scim.readGroup': endpoint({
    method: 'GET',
    path: '/scim/v2/Groups/{id}',
    summary: 'One group',
    ...lookUp,
    ...known,
    params: ScimParams,
    query: ScimProjectionQuery,
    headers: IF_NONE_MATCH,
  }),
  'scim.replaceGroup': endpoint({
    method: 'PUT',
    path: '/scim/v2/Groups/{id}',
    summary: 'Replace a group with its members (RFC 7644, section 3.5.1)',
    ...provision,
    ...resource,
    params: ScimParams,
    query: ScimProjectionQuery,
    headers: IF_MATCH,
    ...body,
    status: 200,
  }),
  'scim.patchGroup': endpoint({
    method: 'PATCH',
    path: '/scim/v2/Groups/{id}',
    summary: 'Change a group or who belongs to it (RFC 7644, section 3.5.2)',
    ...provision,
    ...resource,
    params: ScimParams,
    query: ScimProjectionQuery,
    headers: IF_MATCH,
    ...body,
    status: 200,
    further: { 204: { words: 'Changed, where members alone did and nothing is asked for' } },
  }),
  'scim.deleteGroup': endpoint({
    method: 'DELETE',
    path: '/scim/v2/Groups/{id}',
    summary: 'Take a group away; its people stay (RFC 7644, section 3.6)',
    ...removed,
    params: ScimParams,
    query: looseQuery,
    headers: IF_MATCH,
  }),
}

const others = {
  'scim.search': endpoint({
    method: 'POST',
    path: '/scim/v2/.search',
    summary: 'Find people and groups by a body (RFC 7644, section 3.4.3)',
    ...found,
    query: looseQuery,
    ...body,
  }),
  'scim.bulk': endpoint({
    method: 'POST',
    path: '/scim/v2/Bulk',
    summary: 'Many changes in one request (RFC 7644, section 3.7)',
    ...provision,
    response: ScimBulkAnswer,
    query: looseQuery,
    ...body,
    status: 200,
  }),
  'scim.me': endpoint({
    method: 'GET',
    path: '/scim/v2/Me',
    summary: 'Whoever asks, by their own key or session (RFC 7644, section 3.11)',
    ...scim,
    ...known,
    action: 'whoami.read',
    credential: 'any',
    query: ScimProjectionQuery,
    headers: IF_NONE_MATCH,
    status: 200,
  }),
}

/** SCIM 2.0 as identity providers speak it (RFC 7643, 7644, 9865). */
export const scimProtocolEndpoints = { ...discovery, ...users, ...groups, ...others }
