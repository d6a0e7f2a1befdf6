import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import type { CaseResult } from '../extension/test/case-result.js'

/** What `gatehouse --json ext …` came to. */
export interface ExtRan {
  readonly code: number | null
  /** All that it said. */
  readonly said: string
  /** What `ext test` found; empty for others. */
  readonly cases: readonly CaseResult[]
}

/** The built command, with more of the environment where it is given: the bundler takes no objects of a test's own realm. */
export const ext = async (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<ExtRan> => {
  const child = spawn(process.execPath, ['dist/cli/main.js', '--json', 'ext', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  const ended = once(child, 'close') as Promise<[number | null]>
  const [out, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  const { cases = [] } = (out === '' ? {} : JSON.parse(out)) as { cases?: CaseResult[] }
  return { code, said: out + stderr, cases }
}

/** `ext test` of a folder, also where this machine has no wall. */
export const extTest = (folder: string): Promise<ExtRan> => ext(['test', folder, '--weak-isolation'])
