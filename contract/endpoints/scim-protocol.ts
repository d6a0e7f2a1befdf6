import { z } from 'zod'
import {
  SCIM_MAX_BYTES,
  SCIM_TYPE,
  ScimBody,
  ScimListQuery,
  ScimParams,
  ScimProjectionQuery,
} from '../api/scim-protocol.js'
import { endpoint } from '../endpoint.js'

const IF_MATCH = { 'If-Match': 'The version as read (RFC 7644, section 3.14); 412 where it changed meanwhile' }
const IF_NONE_MATCH = { 'If-None-Match': 'A version that is known: 304 where it did not change' }

const scim = { credential: 'scim_token', response: { type: SCIM_TYPE } } as const
const lookUp = { ...scim, action: 'scim.look_up', status: 200 } as const
const provision = { ...scim, action: 'scim.provision', maxBytes: SCIM_MAX_BYTES } as const
const looseQuery = z.looseObject({})

const discovery = {
  'scim.providerConfig': endpoint({
    method: 'GET',
    path: '/scim/v2/ServiceProviderConfig',
    summary: 'What this service provider can do (RFC 7643, section 5)',
    ...lookUp,
    query: looseQuery,
  }),
  'scim.resourceTypes': endpoint({
    method: 'GET',
    path: '/scim/v2/ResourceTypes',
    summary: 'Kinds of resources (RFC 7643, section 6)',
    ...lookUp,
    query: looseQuery,
  }),
  'scim.resourceType': endpoint({
    method: 'GET',
    path: '/scim/v2/ResourceTypes/{id}',
    summary: 'One kind of resource',
    ...lookUp,
    params: ScimParams,
    query: looseQuery,
  }),
  'scim.schemas': endpoint({
    method: 'GET',
    path: '/scim/v2/Schemas',
    summary: 'Schemas of resources (RFC 7643, section 7)',
    ...lookUp,
    query: looseQuery,
  }),
  'scim.schema': endpoint({
    method: 'GET',
    path: '/scim/v2/Schemas/{id}',
    summary: 'One schema',
    ...lookUp,
    params: ScimParams,
    query: looseQuery,
  }),
}

const users = {
  'scim.queryUsers': endpoint({
    method: 'GET',
    path: '/scim/v2/Users',
    summary: 'Find people (RFC 7644, section 3.4.2)',
    ...lookUp,
    query: ScimListQuery,
  }),
  'scim.createUser': endpoint({
    method: 'POST',
    path: '/scim/v2/Users',
    summary: 'Add somebody (RFC 7644, section 3.3)',
    ...provision,
    query: ScimProjectionQuery,
    body: ScimBody,
    status: 201,
  }),
  'scim.searchUsers': endpoint({
    method: 'POST',
    path: '/scim/v2/Users/.search',
    summary: 'Find people by a body (RFC 7644, section 3.4.3)',
    ...lookUp,
    query: looseQuery,
    body: ScimBody,
  }),
  'scim.readUser': endpoint({
    method: 'GET',
    path: '/scim/v2/Users/{id}',
    summary: 'One person',
    ...lookUp,
    params: ScimParams,
    query: ScimProjectionQuery,
    headers: IF_NONE_MATCH,
  }),
  'scim.replaceUser': endpoint({
    method: 'PUT',
    path: '/scim/v2/Users/{id}',
    summary: 'Replace what is known of somebody (RFC 7644, section 3.5.1)',
    ...provision,
    params: ScimParams,
    query: ScimProjectionQuery,
    headers: IF_MATCH,
    body: ScimBody,
    status: 200,
  }),
  'scim.patchUser': endpoint({
    method: 'PATCH',
    path: '/scim/v2/Users/{id}',
    summary: 'Change what is known of somebody (RFC 7644, section 3.5.2)',
    ...provision,
    params: ScimParams,
    query: ScimProjectionQuery,
    headers: IF_MATCH,
    body: ScimBody,
    status: 200,
  }),
  'scim.deleteUser': endpoint({
    method: 'DELETE',
    path: '/scim/v2/Users/{id}',
    summary: 'Take somebody away for good (RFC 7644, section 3.6)',
    ...provision,
    params: ScimParams,
    query: looseQuery,
    headers: IF_MATCH,
    status: 204,
  }),
}

const groups = {
  'scim.queryGroups': endpoint({
    method: 'GET',
    path: '/scim/v2/Groups',
    summary: 'Find groups (RFC 7644, section 3.4.2)',
    ...lookUp,
    query: ScimListQuery,
  }),
  'scim.createGroup': endpoint({
    method: 'POST',
    path: '/scim/v2/Groups',
    summary: 'Add a group (RFC 7644, section 3.3)',
    ...provision,
    query: ScimProjectionQuery,
    body: ScimBody,
    status: 201,
  }),
  'scim.searchGroups': endpoint({
    method: 'POST',
    path: '/scim/v2/Groups/.search',
    summary: 'Find groups by a body (RFC 7644, section 3.4.3)',
    ...lookUp,
    query: looseQuery,
    body: ScimBody,
  }),
  'scim.readGroup': endpoint({
    method: 'GET',
    path: '/scim/v2/Groups/{id}',
    summary: 'One group',
    ...lookUp,
    params: ScimParams,
    query: ScimProjectionQuery,
    headers: IF_NONE_MATCH,
  }),
  'scim.replaceGroup': endpoint({
    method: 'PUT',
    path: '/scim/v2/Groups/{id}',
    summary: 'Replace a group with its members (RFC 7644, section 3.5.1)',
    ...provision,
    params: ScimParams,
    query: ScimProjectionQuery,
    headers: IF_MATCH,
    body: ScimBody,
    status: 200,
  }),
  'scim.patchGroup': endpoint({
    method: 'PATCH',
    path: '/scim/v2/Groups/{id}',
    summary: 'Change a group or who belongs to it (RFC 7644, section 3.5.2)',
    ...provision,
    params: ScimParams,
    query: ScimProjectionQuery,
    headers: IF_MATCH,
    body: ScimBody,
    status: 200,
  }),
  'scim.deleteGroup': endpoint({
    method: 'DELETE',
    path: '/scim/v2/Groups/{id}',
    summary: 'Take a group away; its people stay (RFC 7644, section 3.6)',
    ...provision,
    params: ScimParams,
    query: looseQuery,
    headers: IF_MATCH,
    status: 204,
  }),
}

const others = {
  'scim.search': endpoint({
    method: 'POST',
    path: '/scim/v2/.search',
    summary: 'Find people and groups by a body (RFC 7644, section 3.4.3)',
    ...lookUp,
    query: looseQuery,
    body: ScimBody,
  }),
  'scim.bulk': endpoint({
    method: 'POST',
    path: '/scim/v2/Bulk',
    summary: 'Many changes in one request (RFC 7644, section 3.7)',
    ...provision,
    query: looseQuery,
    body: ScimBody,
    status: 200,
  }),
  'scim.me': endpoint({
    method: 'GET',
    path: '/scim/v2/Me',
    summary: 'Whoever asks, by their own key or session (RFC 7644, section 3.11)',
    ...scim,
    action: 'whoami.read',
    credential: 'any',
    query: ScimProjectionQuery,
    headers: IF_NONE_MATCH,
    status: 200,
  }),
}

/** SCIM 2.0 as identity providers speak it (RFC 7643, 7644, 9865). */
export const scimProtocolEndpoints = { ...discovery, ...users, ...groups, ...others }
