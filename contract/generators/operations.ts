import type { JsonSchema } from './json-schema.js'

/** A parameter of an operation as the document has it. */
export interface OperationParameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly schema: JsonSchema
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>>
}

/** One operation of the OpenAPI document, as generators of clients read it. */
export interface Operation {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly summary: string
  readonly parameters: readonly OperationParameter[]
  /** Media type of the request's body; null where there is none. */
  readonly body: string | null
  readonly bodySchema: JsonSchema | null
  /** Schema of the JSON that is answered with success; null where something else is answered. */
  readonly answer: JsonSchema | null
  readonly held: boolean
}

interface Described {
  readonly operationId: string
  readonly summary: string
  readonly parameters: readonly OperationParameter[]
  readonly requestBody?: Content
  readonly responses: Readonly<Record<string, Content>>
}

const SUCCESSES = ['200', '201', '204', '303', '202']
const HELD = '#/components/schemas/Held'

function operation(path: string, method: string, described: Described): Operation {
  const { operationId, summary, parameters, requestBody, responses } = described
  const success = SUCCESSES.find((status) => status in responses) ?? ''
  const [body = null] = Object.keys(requestBody?.content ?? {})
  return {
    id: operationId,
    method: method.toUpperCase(),
    path,
    summary,
    parameters,
    body,
    bodySchema: requestBody?.content?.['application/json']?.schema ?? null,
    answer: responses[success]?.content?.['application/json']?.schema ?? null,
    held: responses['202']?.content?.['application/json']?.schema['$ref'] === HELD,
  }
}

/** Every operation of an OpenAPI document, sorted by its id. */
export const operationsOf = (document: JsonSchema): Operation[] =>
  Object.entries(document['paths'] as Record<string, Record<string, Described>>)
    .flatMap(([path, methods]) => Object.entries(methods).map(([method, each]) => operation(path, method, each)))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
