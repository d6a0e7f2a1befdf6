import { OpaRefused, type Opa } from '../author/opa.js'
import { withToolFolder, writeFiles } from '../author/policy-files.js'
import type { SuiteCase } from './suite.js'

const PACKAGE = 'gatehouse_conformance'
/** The entrypoint whose answer is the set of the query's bindings. */
export const ENTRYPOINT = `${PACKAGE}/answer`

/**
 * Compiles a case's modules and its query. The query becomes the body of a rule, and the variables that it
 * is asked for become an object in that rule's set, so that one set holds the whole result.
 * @returns the module, or what `opa build` refused
 */
export const compileCase = (tool: Opa, one: SuiteCase): Promise<{ wasm: Uint8Array } | { refused: string }> =>
  withToolFolder(async (folder) => {
    const modules = (one.modules ?? []).map((text, index): [string, string] => [`module-${index}.rego`, text])
    await writeFiles(folder, new Map([...modules, ['query.rego', queryModule(one)]]))
    try {
      const files = await tool.build(['-e', ENTRYPOINT, ...modules.map(([name]) => name), 'query.rego'], folder)
      return { wasm: files.get('policy.wasm')! }
    } catch (error) {
      if (error instanceof OpaRefused) return { refused: error.output }
      throw error
    }
  })

function queryModule({ query, want_result: rows = [] }: SuiteCase): string {
  const variables = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const bindings = variables.map((name) => `"${name}": ${name}`).join(', ')
  return `package ${PACKAGE}\n\nanswer contains {${bindings}} if {\n\t${query.trim()}\n}\n`
}
