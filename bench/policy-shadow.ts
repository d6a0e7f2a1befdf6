import { median } from './gate-measure.js'
import { startLoad, type PacedReport } from './policy-load.js'
import type { Stage } from './policy-stage.js'

/** As while activating: a shadow takes a core's time where there is some, and never a caller's. */
const PER_SECOND = 30
const PHASE_MS = 10_000
const WARM_UP_MS = 10_000
const PAIRS = 7
const LOOK_MS = 100
const RUNS_WITHIN_MS = 30_000

/** What a shadow costs callers. */
export interface ShadowFigures {
  /** p99 with a shadow running over p99 without one: the median of pairs. */
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

/** Calls with and without a shadow in turns. */
export const measureShadow = async (
  stage: Stage,
  revision: string,
  progress: (line: string) => void,
): Promise<ShadowFigures> => {
  await phase(stage, WARM_UP_MS)
  const pairs: { without: number; ratio: number; decisions: number }[] = []
  for (let pair = 0; pair < PAIRS; pair++) {
    const without = await phase(stage, PHASE_MS)
    const { result, decisions } = await shadowed(stage, revision, () => phase(stage, PHASE_MS))
    pairs.push({ without: without.p99Ms, ratio: result.p99Ms / without.p99Ms, decisions })
    progress(
      `pair ${pair + 1} of ${PAIRS}: ${without.p99Ms.toFixed(1)} ms, with a shadow ${result.p99Ms.toFixed(1)} ms`,
    )
  }
  return {
    shadow_p99_cost: Math.round(median(pairs.map(({ ratio }) => ratio)) * 1_000) / 1_000,
    shadow_pairs: PAIRS,
    call_p99_ms: Math.round(median(pairs.map(({ without }) => without)) * 10) / 10,
    shadowed_decisions: pairs.reduce((sum, { decisions }) => sum + decisions, 0),
  }
}
