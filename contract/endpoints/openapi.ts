import { z } from 'zod'
import { endpoint } from '../endpoint.js'

/** The documentation of this table, for programs and for people. */
export const openApiEndpoints = {
  'openapi.document': endpoint({
    method: 'GET',
    path: '/openapi.json',
    summary: 'This API as OpenAPI 3.1',
    action: null,
    public: true,
    response: z.looseObject({ openapi: z.literal('3.1.0') }),
    status: 200,
  }),
  'openapi.page': endpoint({
    method: 'GET',
    path: '/docs',
    summary: 'A page to read this API and try it',
    action: null,
    public: true,
    response: { type: 'text/html' },
    status: 200,
  }),
  'openapi.asset': endpoint({
    method: 'GET',
    path: '/docs/{file}',
    summary: 'Scripts and styles of the page',
    action: null,
    public: true,
    params: z.strictObject({ file: z.enum(['swagger-ui.css', 'swagger-ui-bundle.js', 'page.js']) }),
    response: { type: '*/*' },
    status: 200,
  }),
}
