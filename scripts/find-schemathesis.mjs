/** Finds Schemathesis: SCHEMATHESIS_BIN, or an environment of Python's in the cache, filled by pip with what is pinned. */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pythonEnvironment } from './python-environment.mjs'

/** Every package with its version. */
const PINNED = join(dirname(fileURLToPath(import.meta.url)), 'conformance', 'requirements.txt')

/**
 * The program `schemathesis`.
 * @param {{ progress?: (line: string) => void }} [options] `progress` gets a line before what may take time
 * @returns {Promise<string>}
 * @throws {Error} that says what to do
 */
export async function findSchemathesis({ progress = () => {} } = {}) {
  if (process.env.SCHEMATHESIS_BIN) return process.env.SCHEMATHESIS_BIN
  const lacking = 'Schemathesis needs Python 3.11 or later with venv and pip. Install it, or set SCHEMATHESIS_BIN.'
  const bin = await pythonEnvironment({
    name: 'schemathesis',
    title: 'Schemathesis',
    pinned: PINNED,
    lacking,
    progress,
  })
  return join(bin, 'schemathesis')
}
