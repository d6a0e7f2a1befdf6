import { spawn, spawnSync } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('../python', import.meta.url))
const NEW_ENOUGH = 'import sys; sys.exit(sys.version_info < (3, 10))'

/** The Python of this machine that the client runs on; null where there is none of 3.10 or later. */
export const PYTHON: string | null =
  ['python3', 'python'].find((name) => spawnSync(name, ['-c', NEW_ENOUGH]).status === 0) ?? null

/** Runs a program of `sdk/python/tests`: JSON in, JSON out. Throws what it said where it fails. */
export async function runPython(program: string, given: unknown, ...args: string[]): Promise<unknown> {
  const child = spawn(PYTHON ?? 'python3', [`tests/${program}`, ...args], {
    cwd: FOLDER,
    env: { ...process.env, PYTHONPATH: FOLDER, PYTHONDONTWRITEBYTECODE: '1' },
  })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  child.stdin.end(JSON.stringify(given))
  const [said, complained, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  if (code !== 0) throw new Error(`${program} exited with ${code}: ${complained}`)
  return JSON.parse(said)
}
