import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Opa } from '../author/opa.js'
import { readArchive } from '../author/archive.js'
import type { SuiteCase } from './suite.js'

const PACKAGE = 'gatehouse_conformance'
/** The entrypoint whose answer is the set of the query's bindings. */
export const ENTRYPOINT = `${PACKAGE}/answer`

/**
 * Compiles a case's modules and its query. The query becomes the body of a rule, and the variables that it
 * is asked for become an object in that rule's set, so that one set holds the whole result.
 * @returns the module, or what `opa build` refused
 */
export async function compileCase(tool: Opa, one: SuiteCase): Promise<{ wasm: Uint8Array } | { refused: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-conformance-'))
  try {
    const modules = (one.modules ?? []).map((text, index) => writeFile(join(folder, `module-${index}.rego`), text))
    await Promise.all([...modules, writeFile(join(folder, 'query.rego'), queryModule(one))])
    const built = await tool.run(['build', '-t', 'wasm', '-e', ENTRYPOINT, '-o', 'case.tar.gz', '.'], folder)
    if (!built.ok) return { refused: built.stderr || built.stdout }
    return { wasm: (await readArchive(await readFile(join(folder, 'case.tar.gz')))).get('policy.wasm')! }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function queryModule({ query, want_result: rows = [] }: SuiteCase): string {
  const variables = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const bindings = variables.map((name) => `"${name}": ${name}`).join(', ')
  return `package ${PACKAGE}\n\nanswer contains {${bindings}} if {\n\t${query.trim()}\n}\n`
}
