/** Finds a Python with scim2-tester: SCIM2_PYTHON, or an environment of Python's in the cache, filled by pip with what is pinned. */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pythonEnvironment } from './python-environment.mjs'

/** Every package with its version. */
const PINNED = join(dirname(fileURLToPath(import.meta.url)), 'scim', 'requirements.txt')

/**
 * The Python in which scim2-tester, scim2-models and scim2-cli are installed.
 * @param {{ progress?: (line: string) => void }} [options] `progress` gets a line before what may take time
 * @returns {Promise<string>}
 * @throws {Error} that says what to do
 */
export async function findScim2Tester({ progress = () => {} } = {}) {
  if (process.env.SCIM2_PYTHON) return process.env.SCIM2_PYTHON
  const lacking =
    'scim2-tester needs Python 3.11 or later with venv and pip. Install it, or set SCIM2_PYTHON to one that has it.'
  const bin = await pythonEnvironment({
    name: 'scim2-tester',
    title: 'scim2-tester',
    pinned: PINNED,
    lacking,
    progress,
  })
  return join(bin, 'python')
}
