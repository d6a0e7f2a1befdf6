/** Finds Schemathesis: SCHEMATHESIS_BIN, or an environment of Python's in the cache, filled by pip with what is pinned. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { withLock } from './lock.mjs'

const run = promisify(execFile)
/** Every package with its version. */
const PINNED = join(dirname(fileURLToPath(import.meta.url)), 'conformance', 'requirements.txt')
const NEW_ENOUGH = 'import sys; sys.exit(sys.version_info < (3, 11))'
const TIMEOUT_MS = 300_000

/** The first Python of this machine that it runs on. */
async function findPython() {
  for (const name of ['python3', 'python']) {
    const found = await run(name, ['-c', NEW_ENOUGH]).then(
      () => true,
      () => false,
    )
    if (found) return name
  }
  throw new Error('Schemathesis needs Python 3.11 or later with venv and pip. Install it, or set SCHEMATHESIS_BIN.')
}

/** An environment that lacks its stamp was left half-done, and is made anew. */
async function make(folder, stamp, progress) {
  const python = await findPython()
  progress('installing Schemathesis with pip (some twenty seconds, once per machine)')
  await rm(folder, { recursive: true, force: true })
  await run(python, ['-m', 'venv', folder], { timeout: TIMEOUT_MS })
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', PINNED]
  await run(join(folder, 'bin', 'python'), pip, { timeout: TIMEOUT_MS })
  await writeFile(stamp, '')
}

const isThere = (path) =>
  access(path).then(
    () => true,
    () => false,
  )

/**
 * The program `schemathesis`.
 * @param {{ progress?: (line: string) => void }} [options] `progress` gets a line before what may take time
 * @returns {Promise<string>}
 * @throws {Error} that says what to do
 */
export async function findSchemathesis({ progress = () => {} } = {}) {
  if (process.env.SCHEMATHESIS_BIN) return process.env.SCHEMATHESIS_BIN
  const digest = createHash('sha256')
    .update(await readFile(PINNED))
    .digest('hex')
    .slice(0, 12)
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'gatehouse')
  const folder = join(cache, `schemathesis-${digest}`)
  const stamp = join(folder, '.complete')
  await mkdir(cache, { recursive: true })
  await withLock(
    `${folder}.lock`,
    () => progress('waiting for another installation'),
    async () => {
      if (!(await isThere(stamp))) await make(folder, stamp, progress)
    },
  )
  return join(folder, 'bin', 'schemathesis')
}
