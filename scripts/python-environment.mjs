/** Programs from PyPI: an environment of Python's in the cache, filled by pip with what is pinned. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { withLock } from './lock.mjs'

const run = promisify(execFile)
const NEW_ENOUGH = 'import sys; sys.exit(sys.version_info < (3, 11))'
const TIMEOUT_MS = 300_000

/** The first Python of this machine that it runs on. */
async function findPython(lacking) {
  for (const name of ['python3', 'python']) {
    const found = await run(name, ['-c', NEW_ENOUGH]).then(
      () => true,
      () => false,
    )
    if (found) return name
  }
  throw new Error(lacking)
}

/** An environment that lacks its stamp was left half-done, and is made anew. */
async function make(folder, stamp, { title, pinned, lacking, progress }) {
  const python = await findPython(lacking)
  progress(`installing ${title} with pip (some twenty seconds, once per machine)`)
  await rm(folder, { recursive: true, force: true })
  await run(python, ['-m', 'venv', folder], { timeout: TIMEOUT_MS })
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', pinned]
  await run(join(folder, 'bin', 'python'), pip, { timeout: TIMEOUT_MS })
  await writeFile(stamp, '')
}

const isThere = (path) =>
  access(path).then(
    () => true,
    () => false,
  )

/**
 * The folder of programs of an environment that has what a file pins; one for each state of that file.
 * @param {{ name: string, title: string, pinned: string, lacking: string, progress: (line: string) => void }} wanted
 *   `name` of its folder, `title` in words, `pinned` the requirements with their versions, `lacking` what to do where there is no
 *   Python, `progress` gets a line before what may take time
 * @returns {Promise<string>}
 * @throws {Error} that says what to do
 */
export async function pythonEnvironment(wanted) {
  const { name, pinned, progress } = wanted
  const digest = createHash('sha256')
    .update(await readFile(pinned))
    .digest('hex')
    .slice(0, 12)
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'gatehouse')
  const folder = join(cache, `${name}-${digest}`)
  const stamp = join(folder, '.complete')
  await mkdir(cache, { recursive: true })
  await withLock(
    `${folder}.lock`,
    () => progress('waiting for another installation'),
    async () => {
      if (!(await isThere(stamp))) await make(folder, stamp, wanted)
    },
  )
  return join(folder, 'bin')
}
