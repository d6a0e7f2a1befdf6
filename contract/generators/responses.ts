import { z } from 'zod'
import { SCIM_TYPE, ScimErrorBody } from '../api/scim-protocol.js'
import { HeldBody, OAuthErrorBody, ProblemBody } from '../api/problem.js'
import type { EndpointEntry, FurtherAnswer } from '../endpoint.js'
import { jsonSchema, type JsonSchema } from './json-schema.js'
import { links } from './links.js'

const PROBLEM_TYPE = 'application/problem+json'
/** Statuses whose answers carry nothing (RFC 9110, sections 15.3.5 and 15.4). */
const BODILESS = new Set([204, 303, 304])

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const text = { type: 'string' }

/** `content` of one media type. */
export const json = (schema: JsonSchema, type = 'application/json') => ({ content: { [type]: { schema } } })

const headersOf = (headers: Readonly<Record<string, string>> | undefined): JsonSchema =>
  headers
    ? {
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, description]) => [name, { description, required: true, schema: text }]),
        ),
      }
    : {}

function contentOf(response: FurtherAnswer['response']): JsonSchema {
  if (response === undefined) return {}
  if (response instanceof z.ZodType) return json(jsonSchema(response, 'output'))
  if (response.schema) return json(jsonSchema(response.schema, 'output'), response.type)
  return json(response.type === '*/*' ? {} : text, response.type)
}

const furtherOf = ({ further = {} }: EndpointEntry): [string, JsonSchema][] =>
  Object.entries(further).map(([status, { words, headers, response }]) => [
    status,
    { description: words, ...headersOf(headers), ...contentOf(response) },
  ])

/** What an entry refuses with, besides problems of ours. */
function refusals({ refusals: whose }: EndpointEntry): Record<string, JsonSchema> {
  const refused = { $ref: '#/components/responses/Refused' }
  const problem = { [PROBLEM_TYPE]: { schema: ref('Problem') } }
  if (whose === 'oauth') {
    const content = { 'application/json': { schema: ref('OAuthError') }, ...problem }
    return { 400: { description: "Refused in OAuth's own words", content }, default: refused }
  }
  // Headers that are too long are refused before anybody has read the path.
  if (whose === 'scim') return { 431: refused, default: { $ref: '#/components/responses/RefusedByScim' } }
  if (whose === 'of_extension') {
    const content = { ...problem, '*/*': { schema: {} } }
    return { default: { description: 'Refused, or what the extension answered', content } }
  }
  if (whose === 'form') {
    const content = { 'text/html': { schema: text }, ...problem }
    const form = { description: 'Refused: the form once more, which says why', content }
    return { 400: form, 401: form, default: refused }
  }
  return { default: refused }
}

/** Every answer of an endpoint, by its status; `default` is the refusal that all have in common. */
export function responses(entry: EndpointEntry): Record<string, JsonSchema> {
  const { status, summary, response, answerHeaders, held } = entry
  return {
    [status]: {
      description: status === 204 ? 'Done' : summary,
      ...headersOf(answerHeaders),
      ...(BODILESS.has(status) ? {} : contentOf(response)),
      ...links(entry),
    },
    ...Object.fromEntries(furtherOf(entry)),
    ...(held && { 202: { description: 'Held for a person', ...json(ref('Held')) } }),
    ...refusals(entry),
  }
}

const optional = (description: string) => ({ description, schema: text })

const REFUSED_WITH = {
  'x-correlation-id': optional('Finds the request in the log of the service; also in the body of a problem'),
  'retry-after': optional('Seconds until it is worth asking again'),
  'www-authenticate': optional('With 401: what to come with'),
  allow: optional('With 405: what the path takes'),
}

/** What the answers of all operations share. */
export const sharedResponses = (): JsonSchema => ({
  responses: {
    Refused: { description: 'Refused', headers: REFUSED_WITH, ...json(ref('Problem'), PROBLEM_TYPE) },
    RefusedByScim: {
      description: 'Refused, in the words of RFC 7644, section 3.12',
      headers: REFUSED_WITH,
      ...json(ref('ScimError'), SCIM_TYPE),
    },
  },
  schemas: {
    Problem: jsonSchema(ProblemBody, 'output'),
    Held: jsonSchema(HeldBody, 'output'),
    OAuthError: jsonSchema(OAuthErrorBody, 'output'),
    ScimError: jsonSchema(ScimErrorBody, 'output'),
  },
})
