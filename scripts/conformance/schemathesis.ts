import { spawn } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Aim } from './aim.js'
import type { ApiDocument } from './document.js'
import type { World } from '../demo/world.js'
import { configuration } from './schemathesis-config.rules.js'
import { packageRoot } from '#runtime/package-root.js'
import { Findings, type Finding } from './findings.js'

/** What generated requests showed. */
export interface Fuzzed {
  readonly requests: number
  readonly phases: Readonly<Record<string, number>>
  /** Answers that asked to come again later. */
  readonly busy: number
  readonly serverErrors: number
  readonly violations: number
  /** Times that it could not ask. */
  readonly unasked: number
  readonly findings: readonly Finding[]
  /** Why its outcome counts for nothing; null where it ran as it should. */
  readonly broken: string | null
}

interface Fuzzing {
  readonly world: World
  readonly document: ApiDocument
  readonly aim: Aim
  readonly seed: number
  readonly seconds: number
  readonly only: readonly string[] | undefined
  /** A folder where the reports are to stay. */
  readonly report: string | undefined
}

interface Taking extends Fuzzing {
  readonly findings: Findings
}

/** What Schemathesis does: examples of the document, boundaries, random requests, sequences along links. */
type Phase = 'examples' | 'coverage' | 'fuzzing' | 'stateful'

const HOOKS = 'hooks.py'
const CONFIG = 'schemathesis.toml'
const AIM = 'aim.json'
/** The exit codes by which it says that it ran: nothing found, or something. */
const RAN = new Set<number | string>([0, 1])

/** Runs it in a folder of its own; its exit code or the signal that ended it, and the end of what it said. */
const run = (args: readonly string[], folder: string): Promise<{ ended: number | string; said: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.env['SCHEMATHESIS_BIN'] ?? 'schemathesis', args, {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: folder, CONFORMANCE_AIM: join(folder, AIM) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said = (said + chunk.toString()).slice(-4_000)
      })
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ ended: code ?? signal ?? 'unknown', said }))
  })

/** Each run by itself, at the same time: where one is cut short the others still had their turn, and requests meet. */
const RUNS: readonly (readonly Phase[])[] = [['examples', 'coverage'], ['fuzzing'], ['stateful']]

/** Generates requests of some phases and gathers what they show; why that counts for nothing, or null. */
const take = async (
  phases: readonly Phase[],
  folder: string,
  { findings, ...asked }: Taking,
): Promise<string | null> => {
  const { world, seed, seconds, only, report } = asked
  const events = join(report ? resolve(report) : folder, `${phases.at(-1)}.ndjson`)
  const { ended, said } = await run(
    [
      ...['--config-file', join(folder, CONFIG), 'run', new URL('/openapi.json', world.service.url).href],
      ...['--phases', phases.join(','), '--seed', String(seed), '--max-time', String(seconds)],
      ...['--report-ndjson-path', events, '--no-color'],
      ...(only ?? []).flatMap((id) => ['--include-operation-id', id]),
    ],
    folder,
  )
  const lines = createInterface({ input: createReadStream(events), crlfDelay: Infinity })
  for await (const line of lines) findings.take(line)
  return RAN.has(ended) && phases.some((phase) => (findings.phases[phase] ?? 0) > 0)
    ? null
    : `${phases.join()} ended with ${ended}: ${said}`
}

/** Has Schemathesis generate requests from the document that the service serves, each as whoever was answered before. */
export const fuzz = async (fuzzing: Fuzzing): Promise<Fuzzed> => {
  const { world, document, aim, report } = fuzzing
  const folder = join(world.folder, 'schemathesis')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (report) await mkdir(report, { recursive: true })
  await writeFile(join(folder, CONFIG), configuration(aim))
  await copyFile(join(packageRoot(), 'scripts', 'conformance', HOOKS), join(folder, HOOKS))
  const { values: _, ...asking } = aim
  await writeFile(join(folder, AIM), JSON.stringify(asking), { mode: 0o600 })
  const findings = new Findings((method, path) => document.find(method, path)?.operation.id)
  // No sequence leads from an operation to itself.
  const runs = fuzzing.only ? RUNS.filter((phases) => !phases.includes('stateful')) : RUNS
  const broken = await Promise.all(runs.map((phases) => take(phases, folder, { ...fuzzing, findings })))
  const why = broken.filter((one) => one !== null).join('; ')
  return { ...findings.counted(), findings: findings.all(), broken: why === '' ? null : why }
}
