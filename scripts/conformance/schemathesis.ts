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
  /** Where the report is to stay. */
  readonly report: string | undefined
}

const HOOKS = 'hooks.py'
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

/** Has Schemathesis generate requests from the document that the service serves, each as whoever was answered before. */
export const fuzz = async ({ world, document, aim, seed, seconds, only, report }: Fuzzing): Promise<Fuzzed> => {
  const folder = join(world.folder, 'schemathesis')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const events = resolve(report ?? join(folder, 'events.ndjson'))
  const config = join(folder, 'schemathesis.toml')
  await writeFile(config, configuration(aim))
  await copyFile(join(packageRoot(), 'scripts', 'conformance', HOOKS), join(folder, HOOKS))
  const { values: _, ...asking } = aim
  await writeFile(join(folder, AIM), JSON.stringify(asking), { mode: 0o600 })
  const { ended, said } = await run(
    [
      ...['--config-file', config, 'run', new URL('/openapi.json', world.service.url).href],
      ...['--seed', String(seed), '--max-time', String(seconds), '--report-ndjson-path', events, '--no-color'],
      ...(only ?? []).flatMap((id) => ['--include-operation-id', id]),
    ],
    folder,
  )
  const findings = new Findings((method, path) => document.find(method, path)?.operation.id)
  const lines = createInterface({ input: createReadStream(events), crlfDelay: Infinity })
  for await (const line of lines) findings.take(line)
  const broken = RAN.has(ended) && findings.requests > 0 ? null : `it ended with ${ended}: ${said}`
  return { ...findings.counted(), findings: findings.all(), broken }
}
