import { canonicalBytes } from '../canonical.js'
import { EvaluationError } from '../errors.js'
import type { PolicyEngine } from '../load.js'
import { applyPatch, PatchError } from '../patch.js'
import type { PatchOperation } from '#contract/decisions/patch.js'
import type { GoldenCase } from './cases.js'
import type { Fault } from './finding.js'
import { inTurns } from './in-turns.js'

/**
 * Proves the remedies: in each golden case where a reason with a patch fires, the patched facts no longer give that
 * reason. Gives a fault for each remedy that does not hold, or that no case proves.
 */
export async function remedyFaults(engine: PolicyEngine, cases: readonly GoldenCase[]): Promise<Fault[]> {
  const faults = await inTurns(Object.entries(engine.reasons), ([id, { patch, file, line }]) => {
    if (patch === undefined) return []
    const at = (message: string, remedy: string): Fault => ({ file, line, rule: id, message, remedy })
    const fired = cases.filter(({ expect, input }) => expect.reasons.includes(id) && isApplicable(input, patch))
    if (fired.length === 0) return [at(`no golden case proves the patch of ${id}`, UNPROVEN)]
    return fired
      .filter((golden) => !heals(engine, golden, { id, patch }))
      .map(({ gate, name }) => at(`${id} is still there after its patch in ${gate} "${name}"`, UNHEALED))
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

/** Whether the reason is gone after its patch. Facts to which policy has no answer are refused, so nothing is healed. */
function heals(
  engine: PolicyEngine,
  { gate, input }: GoldenCase,
  { id, patch }: { id: string; patch: readonly PatchOperation[] },
): boolean {
  try {
    const { answer } = engine.evaluate(gate, canonicalBytes(applyPatch(input, patch)))
    const { reasons } = JSON.parse(new TextDecoder().decode(answer)) as { reasons: { id: string }[] }
    return !reasons.some((reason) => reason.id === id)
  } catch (error) {
    if (error instanceof EvaluationError) return false
    throw error
  }
}
