import { quantile, startLoad, warmUp, type PacedReport } from './policy-load.js'
import type { Stage } from './policy-stage.js'

/** Well below what saturates: a shadow takes a core's time where there is some, and never a caller's. */
const PER_SECOND = 30
const PHASE_MS = 15_000
const WARM_UP_MS = 10_000
/** Enough for thousands of calls on either side: a p99 of some hundred is the third worst of them, and says nothing. */
const PAIRS = 10
const LOOK_MS = 100
const RUNS_WITHIN_MS = 30_000

/** What a shadow costs callers. */
export interface ShadowFigures {
  /** p99 of all calls with a shadow running over p99 of all without one. */
  readonly shadow_p99_cost: number
  readonly shadow_pairs: number
  /** Without one, in milliseconds. */
  readonly call_p99_ms: number
  /** Decisions that shadows judged meanwhile: that they worked. */
  readonly shadowed_decisions: number
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

const phase = async (stage: Stage, milliseconds: number): Promise<PacedReport> => {
  const report = await startLoad(stage.calls(PER_SECOND, milliseconds)).report
  if (report.firstFailure) throw new Error(`a call failed: ${report.firstFailure}`)
  return report
}

/** Lets a shadow run for as long as `work` takes; what it gave, and how many decisions the shadow judged. */
const shadowed = async <T>({ client }: Stage, revision: string, work: () => Promise<T>) => {
  const { id } = await client.get('whatifs.startRevision', { params: { revision }, body: { follow: true } })
  const deadline = Date.now() + RUNS_WITHIN_MS
  while ((await client.get('whatifs.show', { params: { id } })).state !== 'running') {
    if (Date.now() > deadline) throw new Error('the shadow does not run')
    await pause(LOOK_MS)
  }
  const result = await work()
  const { decisions } = await client.get('whatifs.show', { params: { id } })
  await client.get('whatifs.cancel', { params: { id } })
  return { result, decisions }
}

/** Calls with and without a shadow in turns, and each pair in the other order than the one before, so that drift cancels out. */
export const measureShadow = async (
  stage: Stage,
  revision: string,
  progress: (line: string) => void,
): Promise<ShadowFigures> => {
  await warmUp(stage.calls(PER_SECOND, WARM_UP_MS))
  const without: number[] = []
  const withOne: number[] = []
  let judged = 0
  const plainPhase = async () => void without.push(...(await phase(stage, PHASE_MS)).latenciesMs)
  const shadowedPhase = async () => {
    const { result, decisions } = await shadowed(stage, revision, () => phase(stage, PHASE_MS))
    withOne.push(...result.latenciesMs)
    judged += decisions
  }
  for (let pair = 0; pair < PAIRS; pair++) {
    const phases = [plainPhase, shadowedPhase]
    for (const run of pair % 2 === 0 ? phases : phases.toReversed()) await run()
    progress(
      `pair ${pair + 1} of ${PAIRS}: so far ${p99(without).toFixed(1)} ms, with a shadow ${p99(withOne).toFixed(1)} ms`,
    )
  }
  return {
    shadow_p99_cost: Math.round((p99(withOne) / p99(without)) * 1_000) / 1_000,
    shadow_pairs: PAIRS,
    call_p99_ms: Math.round(p99(without) * 10) / 10,
    shadowed_decisions: judged,
  }
}

const p99 = (latencies: readonly number[]): number =>
  quantile(
    latencies.toSorted((one, other) => one - other),
    0.99,
  )
