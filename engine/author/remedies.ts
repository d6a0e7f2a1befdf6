import { INPUTS } from '#contract/decisions/inputs.js'
import type { Gate } from '#contract/vocabulary.js'
import { canonicalBytes } from '../canonical.js'
import { EvaluationError } from '../errors.js'
import type { PolicyEngine } from '../load.js'
import { applyPatch, PatchError } from '../patch.js'
import type { PatchOperation } from '#contract/decisions/patch.js'
import type { GoldenCase } from './cases.js'
import type { Fault } from './finding.js'
import { inTurns } from './in-turns.js'

/** The remedy of one reason. */
interface Remedy {
  readonly id: string
  readonly patch: readonly PatchOperation[]
}

/**
 * Proves the remedies by pairs: the facts of each golden case in which a reason with a patch fires, and the same facts
 * patched, which their gate takes and which no longer give that reason. Gives a fault for each remedy that does not hold,
 * or that no case proves.
 */
export async function remedyFaults(engine: PolicyEngine, cases: readonly GoldenCase[]): Promise<Fault[]> {
  const faults = await inTurns(Object.entries(engine.reasons), ([id, { patch, file, line }]) => {
    if (patch === undefined) return []
    const at = (message: string, remedy: string): Fault => ({ file, line, rule: id, message, remedy })
    const fired = cases.filter(({ expect, input }) => expect.reasons.includes(id) && isApplicable(input, patch))
    if (fired.length === 0) return [at(`no golden case proves the patch of ${id}`, UNPROVEN)]
    return fired.flatMap((golden) => {
      const wrong = failureOf(engine, golden, { id, patch })
      return wrong === undefined ? [] : [at(`${wrong} in ${golden.gate} "${golden.name}"`, UNHEALED)]
    })
  })
  return faults.flat()
}

const UNPROVEN = 'add a case in which the reason fires and the patch fits'
const UNHEALED = 'correct the patch in the metadata of the rule: after it, the reason must be gone'

/** Whether the facts have the places that a patch changes; a remedy need not fit where the part it speaks of is not there. */
function isApplicable(facts: unknown, patch: readonly PatchOperation[]): boolean {
  try {
    applyPatch(facts, patch)
    return true
  } catch (error) {
    if (error instanceof PatchError) return false
    throw error
  }
}

/** What is wrong with a patched case; undefined where the reason is gone. Facts to which policy has no answer heal nothing. */
function failureOf(engine: PolicyEngine, { gate, input }: GoldenCase, { id, patch }: Remedy): string | undefined {
  const facts = applyPatch(input, patch)
  if (!INPUTS[gate].safeParse(facts).success) return `the patch of ${id} gives facts that the gate does not take`
  return reasonsAfter(engine, gate, facts).includes(id) ? `${id} is still there after its patch` : undefined
}

function reasonsAfter(engine: PolicyEngine, gate: Gate, facts: unknown): string[] {
  try {
    const { answer } = engine.evaluate(gate, canonicalBytes(facts))
    const { reasons } = JSON.parse(new TextDecoder().decode(answer)) as { reasons: { id: string }[] }
    return reasons.map((reason) => reason.id)
  } catch (error) {
    if (error instanceof EvaluationError) return Object.keys(engine.reasons)
    throw error
  }
}
