import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Check } from './check.js'
import type { Parties } from './conversation.js'

const PROGRAM = fileURLToPath(new URL('../../../scripts/scim/tester.py', import.meta.url))

/** What can be asked of the tools outside, with how many checks it has at least: fewer are a run that broke off. */
export const PARTS = { tester: 130, models: 6, cli: 7 } as const
export type Part = keyof typeof PARTS

/** Has the SCIM tools of Python look at the service; what they say, check by check. */
export async function* askTools(
  part: Part,
  { url, provider }: Pick<Parties, 'url' | 'provider'>,
  profile: string,
): AsyncGenerator<Check> {
  const python = process.env['SCIM2_PYTHON'] ?? 'python3'
  const child = spawn(python, [PROGRAM, part], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], SCIM_URL: `${url}/scim/v2`, SCIM_TOKEN: provider },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [ended, complaints] = [once(child, 'close'), text(child.stderr)]
  let count = 0
  for await (const line of createInterface({ input: child.stdout })) {
    const check = JSON.parse(line) as Check
    count += 1
    yield { ...check, name: `${profile} ${check.name}` }
  }
  await ended
  const isWhole = child.exitCode === 0 && count >= PARTS[part]
  const name = `${profile} ${part} came to its end`
  const why = `${count} checks, exit ${child.exitCode}: ${(await complaints).slice(-2_000)}`
  yield isWhole ? { name, outcome: 'passed' } : { name, outcome: 'failed', why }
}
