/** Thread of a try: loads a policy, whoever wrote it, and asks it once. Started by `try.ts` alone. */
import { parentPort, workerData } from 'node:worker_threads'
import { ZodError } from 'zod'
import { assembleBundle } from '../bundle.js'
import { EvaluationError, PolicyLoadError } from '../errors.js'
import { explain, type Explanation } from '../explain.js'
import { loadPolicy, type PolicyEngine } from '../load.js'
import type { Tried, TryOrder } from './try.js'

async function answer({ candidate, gate, input }: TryOrder): Promise<Tried> {
  try {
    const engine = await loadPolicy(assembleBundle(candidate))
    const { answer: bytes, fuel } = engine.evaluate(gate, input)
    return { kind: 'answered', answer: bytes, fuel, after: afterRemedies(engine, { gate, input }) }
  } catch (error) {
    if (error instanceof PolicyLoadError) return { kind: 'refused', message: error.message }
    if (error instanceof EvaluationError) return { kind: 'failed', cause: error.reason, fuel: error.fuel }
    // What is answered is no answer.
    if (error instanceof ZodError) return { kind: 'failed', cause: 'invalid', fuel: 0 }
    throw error
  }
}

/** Null also where policy has no answer to the facts that remedies give. */
function afterRemedies(engine: PolicyEngine, { gate, input }: Omit<TryOrder, 'candidate'>): Explanation['after'] {
  try {
    return explain(engine, gate, input).after
  } catch (error) {
    if (error instanceof EvaluationError) return null
    throw error
  }
}

parentPort!.postMessage(await answer(workerData as TryOrder))
