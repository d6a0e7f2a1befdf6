import { availableParallelism } from 'node:os'
import type { PastCursor, WhatIfReport, WhatIfState } from '#contract/api/what-if.js'
import { assembleBundle, type BundleFiles } from '../bundle.js'
import { Crew, type CrewOptions } from './crew.js'
import { obstacle, type Judgement, type Replayable } from './judge.rules.js'
import type { PastDecision } from './past-decision.js'
import { reportOf } from './report.rules.js'
import { Tally } from './tally.rules.js'

const DEFAULTS: CrewOptions = {
  threads: Math.min(availableParallelism(), 8),
  deadlineMs: 2_000,
  heapMb: 192,
  maxEnded: 25,
}
const SAMPLES = 3
/** Batches under way for each thread: one that it judges and one that waits, so that memory stays flat. */
const AHEAD = 2

export interface WhatIfRequest {
  /** Files of the candidate's bundle. */
  readonly candidate: BundleFiles
  /** Past decisions in batches, in an order that is the same each time, from after the cursor on. */
  readonly past: (after: PastCursor | null) => AsyncIterable<readonly PastDecision[]>
  /** What an earlier run handed to `onProgress` before it was cut. */
  readonly resume?: WhatIfState | undefined
  /** Most samples of each rule, reason, extension, publisher and tenant. */
  readonly samples?: number
  /** Told after every batch; `state` takes a copy from which a later run can go on. */
  readonly onProgress?: (progress: Progress) => void
  readonly signal?: AbortSignal | undefined
  readonly crew?: Partial<CrewOptions>
}

export interface Progress {
  readonly decisions: number
  readonly flips: number
  readonly state: () => WhatIfState
}

interface UnderWay {
  readonly batch: readonly PastDecision[]
  readonly judgements: Promise<readonly Judgement[]>
}

/**
 * What a candidate would have answered to past decisions, and what would have been different. Batches are judged side by
 * side and added up in their order, so that the report depends on the decisions alone, however often the run was cut.
 * @throws PolicyLoadError where the candidate does not load
 * @throws the signal's reason once it is aborted
 */
export async function whatIf(request: WhatIfRequest): Promise<WhatIfReport> {
  const { signal } = request
  signal?.throwIfAborted()
  const tally = begin(request)
  const options = { ...DEFAULTS, ...request.crew }
  const crew = new Crew(request.candidate, options)
  const abort = (): void => void crew.dismiss(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  try {
    await replayAll(request, { tally, crew, ahead: options.threads * AHEAD })
    return reportOf(tally.state())
  } finally {
    signal?.removeEventListener('abort', abort)
    await crew.dismiss(new Error('the replay is over'))
  }
}

function begin({ candidate, resume, samples }: WhatIfRequest): Tally {
  const { revision } = assembleBundle(candidate)
  if (!resume) return Tally.empty(revision, samples ?? SAMPLES)
  if (resume.candidate !== revision)
    throw new TypeError(`the replay that was cut was of ${resume.candidate}, this candidate is ${revision}`)
  return new Tally(resume)
}

async function replayAll(
  { past, onProgress, signal }: WhatIfRequest,
  { tally, crew, ahead }: { tally: Tally; crew: Crew; ahead: number },
): Promise<void> {
  const underWay: UnderWay[] = []
  const settleOldest = async (): Promise<void> => {
    const { batch, judgements } = underWay.shift()!
    const judged = await judgements
    for (const [index, decision] of batch.entries()) tally.add(decision, judged[index]!)
    onProgress?.({ decisions: tally.decisions, flips: tally.flips, state: () => tally.state() })
  }
  for await (const batch of past(tally.cursor)) {
    signal?.throwIfAborted()
    const judgements = judgeBatch(crew, batch)
    // It is awaited in its turn; until then a failure is nobody's.
    judgements.catch(() => {})
    underWay.push({ batch, judgements })
    if (underWay.length >= ahead) await settleOldest()
  }
  while (underWay.length > 0) await settleOldest()
  signal?.throwIfAborted()
}

/** Judges what can be replayed; of the rest its record tells why not. */
async function judgeBatch(crew: Crew, batch: readonly PastDecision[]): Promise<readonly Judgement[]> {
  const obstacles = batch.map(obstacle)
  const replayable = batch.filter((_, index) => obstacles[index] === undefined)
  const judged = (await crew.judge(replayable as readonly (PastDecision & Replayable)[])).values()
  return obstacles.map((why) => (why === undefined ? judged.next().value! : { found: 'not_replayable', why }))
}
