import type { Gate } from '#contract/vocabulary.js'
import { apart, ThreadEnded } from '../apart.js'
import type { BundleFiles } from '../bundle.js'
import { PolicyLoadError, type EvaluationCause } from '../errors.js'
import type { Explanation } from '../explain.js'

/** What is asked of which policy. `input` are RFC 8785 bytes. */
export interface TryOrder {
  readonly candidate: BundleFiles
  readonly gate: Gate
  readonly input: Uint8Array
}

/** What the thread says. */
export type Tried =
  | {
      readonly kind: 'answered'
      readonly answer: Uint8Array
      readonly fuel: number
      readonly after: Explanation['after']
    }
  | { readonly kind: 'failed'; readonly cause: EvaluationCause; readonly fuel: number }
  | { readonly kind: 'refused'; readonly message: string }

/** An answer, or why there is none. */
export type TriedAnswer = Exclude<Tried, { kind: 'refused' }>

const PROGRAM = 'try/thread.js'
const BOUNDS = { deadlineMs: 20_000, heapMb: 256 }

/**
 * What a policy answers to facts, evaluated as it is in service, in a thread of its own: whatever the policy does, the
 * thread that asks goes on. Raises PolicyLoadError where it does not load.
 */
export async function tryPolicy(order: TryOrder): Promise<TriedAnswer> {
  const tried = await asked(order)
  if (tried.kind === 'refused') throw new PolicyLoadError(tried.message)
  return tried
}

async function asked(order: TryOrder): Promise<Tried> {
  try {
    return await apart<Tried>(PROGRAM, order, BOUNDS)
  } catch (error) {
    if (!(error instanceof ThreadEnded)) throw error
    return { kind: 'failed', cause: error.why === 'deadline' ? 'budget' : 'memory', fuel: 0 }
  }
}
