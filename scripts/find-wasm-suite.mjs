/**
 * Finds the WebAssembly specification's tests, as scripts in JSON and modules. No registry has them by themselves; the Go
 * module of the runtime wazero carries them: WASM_SUITE, or the module cache, filled by `go mod download`.
 */
import { execFile } from 'node:child_process'
import { access } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const MODULE = 'github.com/tetratelabs/wazero@v1.12.0'
const TESTS = join('internal', 'integration_test', 'spectest')
/** Release 2.0 of the specification, and of the proposals after it those that admission lets through. */
const PARTS = ['v2', 'extended-const', 'tail-call']
const TIMEOUT_MS = 300_000

/** Where Go keeps the module after downloading it, checked against Go's checksum database. */
async function moduleFolder() {
  // Outside of any module, so that no go.mod is asked for or written.
  const { stdout } = await run('go', ['mod', 'download', '-json', MODULE], { cwd: tmpdir(), timeout: TIMEOUT_MS })
  return JSON.parse(stdout).Dir
}

/**
 * The folders with the tests' scripts.
 * @param {{ progress?: (line: string) => void }} [options] `progress` gets a line before what may take time
 * @returns {Promise<string[]>}
 * @throws {Error} that says what to do
 */
export async function findWasmSuite({ progress = () => {} } = {}) {
  try {
    if (!process.env.WASM_SUITE) progress(`finding ${MODULE} with "go mod download"`)
    const tests = process.env.WASM_SUITE || join(await moduleFolder(), TESTS)
    const folders = PARTS.map((part) => join(tests, part, 'testdata'))
    for (const folder of folders) await access(folder)
    return folders
  } catch (error) {
    throw new Error(
      [
        `The WebAssembly specification's tests were not found: ${error.code === 'ENOENT' && !error.path?.includes('testdata') ? 'go is not on PATH' : error.message}`,
        `They are part of the Go module ${MODULE}. Install Go, so that "go mod download" can fetch it,`,
        `or set WASM_SUITE to the folder ${TESTS} of a checkout of that version.`,
      ].join('\n'),
      { cause: error },
    )
  }
}
