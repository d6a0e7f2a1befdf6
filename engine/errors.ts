/**
 * Why an evaluation gave no answer: `budget` fuel ran out, `memory` the cap was hit, `trap` the module stopped by itself,
 * `invalid` the input or the answer was not what the engine takes. Each is a refusal for whoever asked.
 */
export type EvaluationCause = 'budget' | 'memory' | 'trap' | 'invalid'

/** Thrown by an evaluation. The instance it happened in is never used again. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError'

  constructor(
    readonly reason: EvaluationCause,
    message: string,
    /** Fuel units that were spent until then. */
    readonly fuel = 0,
  ) {
    super(message)
  }
}

/** Thrown where a bundle cannot be loaded at all: unreadable, not instrumentable, or asking for builtins we do not have. */
export class PolicyLoadError extends Error {
  override readonly name = 'PolicyLoadError'
}
