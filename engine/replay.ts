import type { Gate } from '#contract/vocabulary.js'
import type { PolicyEngine } from './load.js'

/** What a replay found: the revision that answered now, its answer, and how that compares with the recorded one. */
export interface Replay {
  readonly revision: string
  readonly answer: Uint8Array
  /** Whether the answer has the recorded bytes. */
  readonly identical: boolean
}

/** Evaluates the recorded input bytes again and compares the answer byte for byte. Raises EvaluationError. */
export function replay(engine: PolicyEngine, gate: Gate, recorded: { input: Uint8Array; answer: Uint8Array }): Replay {
  const { answer } = engine.evaluate(gate, recorded.input)
  return { revision: engine.revision, answer, identical: Buffer.compare(answer, recorded.answer) === 0 }
}
