import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript'
import { operationsOf, type Operation } from './operations.js'
import type { JsonSchema } from './json-schema.js'

const BANNER = '/** Generated from contract/generated/openapi.json by npm run contract:generate. */\n'

const line = ({ id, method, path, body }: Operation): string =>
  `  ${JSON.stringify(id)}: { method: ${JSON.stringify(method)}, path: ${JSON.stringify(path)}, body: ${JSON.stringify(body)} },\n`

/** What the client has to know of each operation while it runs. */
const operationTable = (document: JsonSchema): string =>
  `${BANNER}export const OPERATIONS = {\n${operationsOf(document).map(line).join('')}} as const\n`

/** The types of the OpenAPI document, by openapi-typescript, and the table of its operations: name of the file → content. */
export async function typescriptClient(document: JsonSchema): Promise<Record<string, string>> {
  const nodes = await openapiTS(document as unknown as OpenAPI3, {
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
  })
  return { 'schema.ts': BANNER + astToString(nodes), 'operations.ts': operationTable(document) }
}
