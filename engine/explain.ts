import { Answer } from '#contract/decisions/answer.js'
import type { PatchOperation } from '#contract/decisions/patch.js'
import type { Gate } from '#contract/vocabulary.js'
import { canonicalBytes } from './canonical.js'
import type { PolicyEngine } from './load.js'
import { applyPatch, PatchError } from './patch.js'
import type { ReasonEntry } from './reasons.js'

/** A rule that fired, with what its metadata says; a rule the catalogue does not know has no words. */
export interface FiredRule extends Partial<ReasonEntry> {
  readonly id: string
  /** Whether it is among the reasons of the refusal or hold. */
  readonly refuses: boolean
}

/** What of an engine explaining takes. */
type Evaluator = Pick<PolicyEngine, 'evaluate' | 'reasons'>

export interface Explanation {
  readonly outcome: Answer['outcome']
  readonly rules: readonly FiredRule[]
  /** What policy would answer once all remedies that change facts were taken; null where none does, or they do not fit. */
  readonly after: { readonly outcome: Answer['outcome']; readonly reasons: readonly string[] } | null
}

/**
 * Explains a decision from its recorded input: which rules fired, where they stand, and what would follow from their
 * remedies, all of them applied in one evaluation. Raises EvaluationError.
 */
export function explain(engine: Evaluator, gate: Gate, input: Uint8Array): Explanation {
  const answer = ask(engine, gate, input)
  const refusing = new Set(answer.reasons.map(({ id }) => id))
  const rules = answer.rules.map((id) => ({ id, refuses: refusing.has(id), ...engine.reasons[id] }))
  const patches = rules.filter(({ refuses }) => refuses).flatMap(({ patch }) => patch ?? [])
  return {
    outcome: answer.outcome,
    rules,
    after: patches.length > 0 ? foresee(engine, gate, { input, patches }) : null,
  }
}

function foresee(
  engine: Evaluator,
  gate: Gate,
  change: { input: Uint8Array; patches: PatchOperation[] },
): Explanation['after'] {
  try {
    const facts: unknown = JSON.parse(new TextDecoder().decode(change.input))
    const { outcome, reasons } = ask(engine, gate, canonicalBytes(applyPatch(facts, change.patches)))
    return { outcome, reasons: reasons.map(({ id }) => id) }
  } catch (error) {
    if (error instanceof PatchError) return null
    throw error
  }
}

const ask = (engine: Evaluator, gate: Gate, input: Uint8Array): Answer =>
  Answer.parse(JSON.parse(new TextDecoder().decode(engine.evaluate(gate, input).answer)))
