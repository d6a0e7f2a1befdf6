import { parentPort, workerData } from 'node:worker_threads'
import { assembleBundle, type PolicyBundle } from '../bundle.js'
import type { PolicyEngine } from '../load.js'
import { ownThread, standBack } from '../thread-time.js'
import { judge } from './judge.rules.js'
import { unpack, type Parcel } from './parcel.js'
import {
  AT,
  IDLE,
  LOADING,
  THREAD,
  TICKS,
  type Findings,
  type Flip,
  type ThreadOrder,
  type ThreadReport,
} from './thread.types.js'

/** What of an engine judging takes. */
type Candidate = Pick<PolicyEngine, 'evaluate' | 'reasons'>

const { candidate, progress } = workerData as ThreadOrder
const place = new Int32Array(progress)
const say = (report: ThreadReport): void => parentPort!.postMessage(report)

const move = (at: number): void => {
  Atomics.store(place, AT, at)
  Atomics.add(place, TICKS, 1)
}

/** The place of an equal flip among those found so far; the same answers come as the same objects. */
function placeOf(flip: Flip, changes: Flip[], seen: Map<unknown, Map<unknown, number>>): number {
  const after = seen.get(flip.before) ?? new Map<unknown, number>()
  seen.set(flip.before, after)
  const known = flip.after.cause === null ? after.get(flip.after) : after.get(flip.after.cause)
  if (known !== undefined) return known
  after.set(flip.after.cause ?? flip.after, changes.length)
  return changes.push(flip) - 1
}

function judgeAll(engine: Candidate, parcel: Parcel): Findings {
  const otherwise: number[] = []
  const notReplayable: Findings['notReplayable'][number][] = []
  const flips: Findings['flips'][number][] = []
  const changes: Flip[] = []
  const seen = new Map<unknown, Map<unknown, number>>()
  let index = 0
  for (const past of unpack(parcel)) {
    move(index)
    const judgement = judge(engine, past)
    if (judgement.found === 'differs_otherwise') otherwise.push(index)
    if (judgement.found === 'not_replayable') notReplayable.push([index, judgement.why])
    if (judgement.found === 'flip') flips.push([index, placeOf(judgement, changes, seen)])
    index += 1
  }
  return { otherwise, notReplayable, flips, changes }
}

/** Serves this thread: loads the candidate and judges one parcel after another, behind all that somebody waits for. */
export async function serve(load: (bundle: PolicyBundle) => Promise<Candidate>): Promise<void> {
  Atomics.store(place, THREAD, ownThread())
  standBack()
  move(LOADING)
  try {
    const engine = await load(assembleBundle(candidate))
    parentPort!.on('message', (parcel: Parcel) => {
      const findings = judgeAll(engine, parcel)
      // Before it is said: whoever watches may look before it listens.
      move(IDLE)
      say({ kind: 'found', findings })
    })
    move(IDLE)
    say({ kind: 'ready' })
  } catch (error) {
    move(IDLE)
    say({ kind: 'refused', message: (error as Error).message })
  }
}
