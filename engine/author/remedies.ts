import { canonicalBytes } from '../canonical.js'
import type { PolicyEngine } from '../load.js'
import { applyPatch, PatchError } from '../patch.js'
import type { PatchOperation } from '../reasons.js'
import type { GoldenCase } from './cases.js'

/**
 * Proves the remedies: in each golden case where a reason with a patch fires, the patched facts no longer give that
 * reason. Gives one line for each remedy that does not hold, or that no case proves.
 */
export function proveRemedies(engine: PolicyEngine, cases: readonly GoldenCase[]): string[] {
  const patched = Object.entries(engine.reasons).filter(([, { patch }]) => patch !== undefined)
  return patched.flatMap(([id, { patch }]) => {
    const fired = cases.filter(({ expect, input }) => expect.reasons.includes(id) && isApplicable(input, patch!))
    if (fired.length === 0) return [`${id}: no golden case proves its patch`]
    const unhealed = fired.filter((golden) => reasonsOf(engine, golden, applyPatch(golden.input, patch!)).includes(id))
    return unhealed.map(({ gate, name }) => `${id}: still there after its patch in ${gate} "${name}"`)
  })
}

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

function reasonsOf(engine: PolicyEngine, { gate }: GoldenCase, input: unknown): string[] {
  const { answer } = engine.evaluate(gate, canonicalBytes(input))
  const { reasons } = JSON.parse(new TextDecoder().decode(answer)) as { reasons: { id: string }[] }
  return reasons.map(({ id }) => id)
}
