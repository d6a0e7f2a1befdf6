import { parseArgs } from 'node:util'
import { admit } from '#runtime/admission/admit.js'
import { buildComponent } from '#runtime/toolchain/build-component.js'
import { GUESTS, requestBody } from './call-guests.js'
import { machine, readable } from './conditions.js'
import { artifactAlike, callPath, copyInstall, installForReal, type Copy } from './installs.js'
import { HARMLESS, HOSTILE } from './isolation-guests.js'
import { quantile, startLoad, type PacedOrder, type PacedReport } from './policy-load.js'
import { durability, startService, type MeasuredService } from './service.js'

const HOSTILE_EXTENSIONS = 100
const NEIGHBOURS = 4
/** Quiet and hostile phases take turns, each pair in the other order than the one before, so that drift cancels out. */
const PAIRS = 5
const PHASE_MS = 10_000
const WARM_UP_MS = 5_000
const NEIGHBOURS_PER_SECOND = 50
const MEMORY_PAGES = 1_024
const KINDS = Object.keys(HOSTILE) as (keyof typeof HOSTILE)[]

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** Calls of misbehaving extensions a second, each in its turn. */
    'per-second': { type: 'string', default: '10' },
  },
})
const hostilePerSecond = Number(values['per-second'])
if (!(hostilePerSecond > 0)) {
  console.error('--per-second takes a number above 0')
  process.exit(2)
}

interface Stage {
  readonly service: MeasuredService
  readonly neighbours: readonly string[]
  readonly hostile: readonly string[]
}

/** Neighbours that have code of their own each, so that each has slots of its own; likewise those that misbehave. */
const layStage = async (): Promise<Stage> => {
  const service = await startService({})
  const reads = ['kv:read'] as const
  await installForReal(service, {
    ...{ name: 'bench-neighbour', guest: GUESTS.blocking, capabilities: ['kv'], permissions: reads },
    // What waits is to be seen as latency, not as a refusal.
    limits: { concurrency: 64 },
  })
  await installForReal(service, {
    ...{ name: 'bench-harmless', guest: HARMLESS, capabilities: ['kv', 'log'], limits: {} },
    permissions: [...reads, 'log:write'],
  })
  const neighbours = await copiesOf(service, 'bench-neighbour', {
    count: NEIGHBOURS,
    components: [await buildComponent({ source: { js: GUESTS.blocking }, capabilities: ['kv'] })],
  })
  const components = await Promise.all(
    KINDS.map((kind) =>
      buildComponent({ source: { wat: HOSTILE[kind] }, capabilities: kind === 'flood' ? ['kv', 'log'] : [] }),
    ),
  )
  const hostile = await copiesOf(service, 'bench-harmless', { count: HOSTILE_EXTENSIONS, components })
  return { service, neighbours: neighbours.map(callPath), hostile: hostile.map(callPath) }
}

/** Installs that are copies of a model, and run the components in turn. */
const copiesOf = async (
  service: MeasuredService,
  model: string,
  { count, components }: { readonly count: number; readonly components: readonly Uint8Array[] },
): Promise<string[]> => {
  const artifacts = await Promise.all(components.map((one) => admit(one, { maxMemoryPages: MEMORY_PAGES })))
  const copies: Copy[] = []
  for (let number = 0; number < count; number++) {
    const artifact = await artifactAlike(service, artifacts[number % artifacts.length]!)
    copies.push({ name: `${model}-${number}`, artifact })
  }
  return copyInstall(service, model, copies)
}

/** Calls that take turns over these paths at a steady pace. */
const order = ({ service }: Stage, paced: Pick<PacedOrder, 'paths' | 'perSecond' | 'milliseconds' | 'expect'>) => ({
  ...{ ...paced, urls: [service.url], method: 'POST', body: requestBody() },
  headers: { authorization: `Bearer ${service.keys['acme_member']}`, 'content-type': 'application/json' },
})

const callNeighbours = (stage: Stage, milliseconds: number): Promise<PacedReport> => {
  const paced = { paths: stage.neighbours, perSecond: NEIGHBOURS_PER_SECOND, milliseconds, expect: 200 }
  return startLoad(order(stage, paced)).report
}

/** Lets the misbehaving ones be called for as long as `work` takes; what it gave, and how many of them were answered. */
const amongHostile = async <T>(stage: Stage, work: () => Promise<T>): Promise<{ result: T; answers: number }> => {
  const paced = { paths: stage.hostile, perSecond: hostilePerSecond, milliseconds: null, expect: null }
  const load = startLoad(order(stage, paced))
  const result = await work()
  load.stop()
  return { result, answers: (await load.report).answers }
}

interface Played {
  readonly quiet: number[]
  readonly hostile: number[]
  failures: number
  firstFailure: string | null
  hostileAnswers: number
}

const playPairs = async (stage: Stage): Promise<Played> => {
  const played: Played = { quiet: [], hostile: [], failures: 0, firstFailure: null, hostileAnswers: 0 }
  const keep = (into: number[], { latenciesMs, failures, firstFailure }: PacedReport): void => {
    into.push(...latenciesMs)
    played.failures += failures
    played.firstFailure ??= firstFailure
  }
  const quiet = async () => keep(played.quiet, await callNeighbours(stage, PHASE_MS))
  const hostile = async () => {
    const { result, answers } = await amongHostile(stage, () => callNeighbours(stage, PHASE_MS))
    keep(played.hostile, result)
    played.hostileAnswers += answers
  }
  for (let pair = 0; pair < PAIRS; pair++) {
    const phases = [quiet, hostile]
    for (const run of pair % 2 === 0 ? phases : phases.toReversed()) await run()
    process.stderr.write(`• pair ${pair + 1} of ${PAIRS}\n`)
  }
  return played
}

/** How the calls of misbehaving extensions ended, by the service's own records. */
const endingsOf = async ({ service }: Stage): Promise<Record<string, number>> => {
  const text = `SELECT outcome, count(*)::int AS count FROM extension_execution_log
    WHERE extension LIKE 'com.acme-labs.bench-harmless-%' GROUP BY outcome ORDER BY outcome`
  const { rows } = await service.ground.database.inScope({ platform: true }, (tx) =>
    tx.query<{ outcome: string; count: number }>(text),
  )
  return Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]))
}

const sorted = (latencies: readonly number[]): number[] => latencies.toSorted((one, other) => one - other)

const report = async (stage: Stage, played: Played): Promise<object> => {
  const [quiet, hostile] = [sorted(played.quiet), sorted(played.hostile)]
  const ratio = (part: number): number => quantile(hostile, part) / quantile(quiet, part)
  const { failures, firstFailure } = played
  return {
    ...{ p99_ratio: ratio(0.99), p95_ratio: ratio(0.95), p50_ratio: ratio(0.5) },
    quiet: { calls: quiet.length, p50_ms: quantile(quiet, 0.5), p99_ms: quantile(quiet, 0.99) },
    among_hostile: { calls: hostile.length, p50_ms: quantile(hostile, 0.5), p99_ms: quantile(hostile, 0.99) },
    ...{ neighbours: NEIGHBOURS, neighbours_per_s: NEIGHBOURS_PER_SECOND, failures, first_failure: firstFailure },
    ...{ hostile_extensions: HOSTILE_EXTENSIONS, hostile_per_s: hostilePerSecond },
    ...{ hostile_answers: played.hostileAnswers, hostile_endings: await endingsOf(stage) },
    ...{ pairs: PAIRS, ...(await durability(stage.service)), machine: machine() },
  }
}

process.stderr.write('• the service starts, and extensions are installed\n')
const stage = await layStage()
try {
  await callNeighbours(stage, WARM_UP_MS)
  await amongHostile(stage, () => callNeighbours(stage, WARM_UP_MS))
  const figures = readable(await report(stage, await playPairs(stage)))
  process.stdout.write(`${JSON.stringify(figures, null, values.json ? undefined : 2)}\n`)
} finally {
  await stage.service.close()
}
