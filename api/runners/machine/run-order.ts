import { RuntimeRefusal } from '#runtime/errors.js'
import type { ExecutionResult } from '#runtime/slots/job.js'
import type { Slots } from '#runtime/slots/slots.js'
import type { OrderFrame } from '../channel/lane-frames.js'
import { readJob } from '../channel/job-bytes.js'
import { ChannelRefusal } from '../channel/signed.js'
import type { ArtifactSource } from './artifact-source.js'
import type { HeardKills } from './heard-kills.js'
import type { Orders } from './orders.js'
import type { ServedLane } from './served-lane.js'

/** How long an order waits for the kill list under which it was signed. */
const LIST_WITHIN_MS = 1_000

/** An order that is genuine and is not followed now. Codes `runner.*`. */
class RunnerRefusal extends RuntimeRefusal {}

export interface RunOrderParts {
  readonly orders: Orders
  readonly kills: HeardKills
  readonly slots: Pick<Slots, 'execute'>
  readonly artifacts: ArtifactSource
  readonly isDraining: () => boolean
  /** Told of each call's end; null where it was not begun. */
  readonly onEnd: (outcome: ExecutionResult['outcome'] | null) => void
}

/** Follows one order on its lane. Raises what refuses it; once it is accepted, resolves with how it ended. */
export type RunOrder = (
  frame: OrderFrame,
  on: { readonly lane: ServedLane; readonly signal: AbortSignal },
) => Promise<ExecutionResult>

/** Makes what follows orders: each is verified, held against the kill list, and only then run. */
export const runOrderWith =
  ({ orders, kills, slots, artifacts, isDraining, onEnd }: RunOrderParts): RunOrder =>
  async (frame, { lane, signal }) => {
    let ended: ExecutionResult['outcome'] | null = null
    try {
      if (isDraining()) throw new RunnerRefusal('runner.draining', 'this runner takes nothing new')
      const claims = orders.take(frame.order, frame.job)
      // What the order names is what the job has: the digest alone would bind an order to a job of somebody else's making.
      const deadline = Date.now() + Math.max(0, claims.deadline - claims.issued_at)
      const job = readJob(frame.job, { deadline, bodiesOf: (bodies) => lane.bodies(bodies) })
      const named = [claims.decision, claims.tenant, claims.artifact]
      if ([job.executionId, job.tenantId, job.artifact.digest].some((has, at) => has !== named[at]))
        throw new ChannelRefusal('order.altered', 'it names another call than its job')
      if (!(await kills.reach(BigInt(claims.epoch), LIST_WITHIN_MS)))
        throw new RunnerRefusal('runner.behind', 'the kill list of the order has not been heard here')
      const verdict = kills.state.check(job.labels)
      if (verdict) throw refusalOf(verdict)
      const withdraw = artifacts.offer(job.artifact.digest, (file) => lane.readFile(file))
      try {
        lane.accept()
        const result = await slots.execute(job, lane, signal)
        ended = result.outcome
        return result
      } finally {
        withdraw()
      }
    } finally {
      onEnd(ended)
    }
  }

const refusalOf = (verdict: object): RunnerRefusal =>
  'stale' in verdict
    ? new RunnerRefusal('runner.stale', 'the kill list was not heard within the lease')
    : new RunnerRefusal('runner.killed', 'a kill switch stands against this call')
