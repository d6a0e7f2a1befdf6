import { Answer } from '../decisions/answer.js'
import { INPUTS } from '../decisions/inputs.js'
import { ProblemBody } from '../api/problem.js'
import { ManifestV1, ManifestV2 } from '../manifest/index.js'
import { actionWriteSql } from './action-write.js'
import { schemaFile } from './json-schema.js'
import { manifestPage } from './manifest-page.js'
import { openApiDocument } from './openapi.js'
import { pythonClient } from './python-client.js'
import { referencePages } from './reference.js'
import { regoSchemas } from './rego-schema.js'
import { typescriptClient } from './typescript-client.js'

const text = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
const under = (folder: string, files: Record<string, string>): [string, string][] =>
  Object.entries(files).map(([name, content]) => [`${folder}/${name}`, content])

const schemas = (): Record<string, string> => ({
  'manifest-v1.json': text(schemaFile('Extension manifest, version 1', ManifestV1)),
  'manifest-v2.json': text(schemaFile('Extension manifest, version 2', ManifestV2)),
  'answer.json': text(schemaFile("Policy's answer", Answer, 'output')),
  'problem.json': text(schemaFile('Problem (RFC 9457)', ProblemBody, 'output')),
  ...Object.fromEntries(
    Object.entries(INPUTS).map(([gate, input]) => [
      `${gate}-input.json`,
      text(schemaFile(`Input of the ${gate} gate`, input, 'output')),
    ]),
  ),
})

const rego = (): Record<string, string> =>
  Object.fromEntries(Object.entries(regoSchemas()).map(([gate, schema]) => [`${gate}.json`, text(schema)]))

/** Folders in which every file is generated from the contract: one that is there and not generated is a leftover. */
export const GENERATED_FOLDERS = ['contract/generated', 'policies/schemas', 'sdk/client/generated'] as const

/** Every file generated from the contract: path from the root of the repository → content. Pure. */
export const generatedFiles = (): ReadonlyMap<string, string> =>
  new Map([
    ...under('contract/generated', { ...schemas(), 'openapi.json': text(openApiDocument()) }),
    ...under('policies/schemas', rego()),
    ...under('docs/reference', { ...referencePages(), 'manifest.md': manifestPage() }),
    ...under('prisma/repeatable', { 'action_write.sql': actionWriteSql() }),
  ])

/** What the API clients are made of, generated from the OpenAPI document: path → content. */
export const clientFiles = async (): Promise<ReadonlyMap<string, string>> =>
  new Map([
    ...under('sdk/client/generated', await typescriptClient(openApiDocument())),
    ['sdk/python/gatehouse/_operations.py', pythonClient(openApiDocument())],
  ])
