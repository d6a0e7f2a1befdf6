import { RuntimeRefusal } from '../errors.js'
import type { ExecutionResult, HostPort, Job } from './job.js'

/** Too much waits already: `slots.overloaded`; they are shut down: `slots.closed`. What is refused never began. */
export class PoolRefusal extends RuntimeRefusal {}

/** How one of several runners stands. */
export interface RunnerState {
  /** Where it is reached. */
  readonly url: string
  /** `lost`: not heard, and asked again now and then. `draining`: it ends what runs and takes nothing new. */
  readonly state: 'ready' | 'draining' | 'lost'
  /** The wall that it puts around foreign code; null until it has been heard once. */
  readonly wall: string | null
  /** Calls of this instance that run there. */
  readonly running: number
}

/** Slots and queue as numbers, for health and metrics. */
export interface SlotsSnapshot {
  readonly size: number
  readonly members: number
  readonly busy: number
  readonly blank: number
  readonly waiting: number
  /** Where slots are on other machines. */
  readonly runners?: readonly RunnerState[]
}

/** Where jobs run: beside this process (`SlotPool`) or on other machines. Also what it is injected by. */
export abstract class Slots {
  /**
   * Runs one job. Resolves with whatever outcome it has; an abort ends it as `killed`. Raises `PoolRefusal` where it was
   * never begun, and what kept its artifact from being loaded.
   */
  abstract execute(job: Job, host: HostPort, signal?: AbortSignal): Promise<ExecutionResult>
  /** Ends every running and waiting job that matches, as `killed`. Returns how many. */
  abstract end(matches: (job: Job) => boolean): number
  abstract snapshot(): SlotsSnapshot
  /** Ends everything, and resolves once nothing runs any more. */
  abstract close(): Promise<void>
}
