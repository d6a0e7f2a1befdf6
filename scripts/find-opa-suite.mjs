/** Finds OPA's compliance suite, which is part of its Go module: OPA_SUITE, or the module cache, filled by `go mod download`. */
import { execFile } from 'node:child_process'
import { access } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { OPA_VERSION } from './find-opa.mjs'

const run = promisify(execFile)
const MODULE = `github.com/open-policy-agent/opa@v${OPA_VERSION}`
const CASES = join('v1', 'test', 'cases', 'testdata', 'v1')
const TIMEOUT_MS = 300_000

/** Where Go keeps the module after downloading it, checked against Go's checksum database. */
async function moduleFolder() {
  // Outside of any module, so that no go.mod is asked for or written.
  const { stdout } = await run('go', ['mod', 'download', '-json', MODULE], { cwd: tmpdir(), timeout: TIMEOUT_MS })
  return JSON.parse(stdout).Dir
}

/**
 * The folder with the cases of the pinned opa.
 * @param {{ progress?: (line: string) => void }} [options] `progress` gets a line before what may take time
 * @returns {Promise<string>}
 * @throws {Error} that says what to do
 */
export async function findOpaSuite({ progress = () => {} } = {}) {
  try {
    if (!process.env.OPA_SUITE) progress(`finding ${MODULE} with "go mod download"`)
    const folder = process.env.OPA_SUITE || join(await moduleFolder(), CASES)
    await access(folder)
    return folder
  } catch (error) {
    throw new Error(
      [
        `OPA's compliance suite was not found: ${error.code === 'ENOENT' && !error.path?.includes(CASES) ? 'go is not on PATH, or the folder does not exist' : error.message}`,
        `It is part of the Go module ${MODULE}. Install Go, so that "go mod download" can fetch it,`,
        `or set OPA_SUITE to the folder ${CASES} of a checkout of that version.`,
      ].join('\n'),
      { cause: error },
    )
  }
}
