import { z } from 'zod'
import {
  RuntimeToken,
  RuntimeTokenCreate,
  RuntimeTokenCreated,
  RuntimeTokenPage,
  RuntimeTokenQuery,
} from '../api/runtime-tokens.js'
import { endpoint } from '../endpoint.js'
import { Uuid } from '../primitives.js'

const params = z.strictObject({ id: Uuid })

/** Tokens by which extensions that run elsewhere make host calls. */
export const runtimeTokenEndpoints = {
  'tokens.list': endpoint({
    method: 'GET',
    path: '/v1/installs/{id}/runtime-tokens',
    summary: 'Runtime tokens of an install, newest first, without their secrets',
    action: 'install.read',
    params,
    query: RuntimeTokenQuery,
    response: RuntimeTokenPage,
    status: 200,
  }),
  'tokens.create': endpoint({
    method: 'POST',
    path: '/v1/installs/{id}/runtime-tokens',
    summary: 'Mint a token of at most an hour for an extension that runs elsewhere; it is shown once',
    action: 'runtime_token.create',
    params,
    body: RuntimeTokenCreate,
    response: RuntimeTokenCreated,
    status: 201,
  }),
  'tokens.revoke': endpoint({
    method: 'DELETE',
    path: '/v1/runtime-tokens/{id}',
    summary: 'Revoke a runtime token',
    action: 'runtime_token.revoke',
    params,
    response: RuntimeToken,
    status: 200,
  }),
}
