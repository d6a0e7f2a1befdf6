import type { World } from './world.js'

/** What a step shows for itself: ids, codes and counts that can be looked up again. */
export type Evidence = Record<string, unknown>

/** One claim that is proven in a world. It throws `NotShown` (or anything) where the claim does not hold. */
export interface Step<Shown = World> {
  readonly name: string
  readonly show: (world: Shown) => Promise<Evidence>
}

/** The claim does not hold; the message says what was seen instead. */
export class NotShown extends Error {
  constructor(
    message: string,
    readonly seen: unknown,
  ) {
    super(message)
  }
}

/** Stops the step unless the claim holds. */
export function shown(holds: boolean, claim: string, seen: unknown): asserts holds {
  if (!holds) throw new NotShown(`not shown: ${claim}`, seen)
}

/** The outcome of one step, as its line says it. */
export interface Line {
  readonly step: string
  readonly ok: boolean
  readonly evidence: Evidence
}

/** Runs one step; whatever goes wrong becomes a line that says so. */
export const runStep = async <Shown>(step: Step<Shown>, world: Shown): Promise<Line> => {
  try {
    return { step: step.name, ok: true, evidence: await step.show(world) }
  } catch (error) {
    const { message } = error as Error
    return {
      step: step.name,
      ok: false,
      evidence: { error: message, ...(error instanceof NotShown && { seen: error.seen }) },
    }
  }
}
