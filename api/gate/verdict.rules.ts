import type { Answer, Reason } from '#contract/decisions/answer.js'
import type { UnavailableCause } from '#contract/decisions/outcome.js'
import type { Restriction } from '#contract/decisions/restrictions.js'
import type { ReasonCatalogue } from '#engine/reasons.js'
import { isHidden, reasonsInWords } from '#engine/reasons-in-words.rules.js'
import type { KillOrder } from '../killswitch/kill-state.service.js'
import { FLOOR_REFUSED, POLICY_FLOOR_REFUSED, killReason, unavailableReason } from './reasons.rules.js'

/** Who decided, and what was said. Every decision is one of these. */
export type Verdict =
  | {
      readonly by: 'policy'
      readonly answer: Answer
      readonly bytes: Uint8Array
      readonly fuel: number
      readonly revision: string
      readonly catalogue: ReasonCatalogue
      /** Where the module of the organisation was asked: `answer` and `bytes` then hold both. */
      readonly tenant?: { readonly module: string; readonly restrictions: readonly Restriction[] }
    }
  | { readonly by: 'kill'; readonly order: KillOrder }
  | { readonly by: 'floor'; readonly of: 'killswitch' | 'policy'; readonly allowed: boolean }
  | {
      readonly by: 'unavailable'
      readonly cause: UnavailableCause
      readonly fuel: number
      readonly revision: string | null
      /** The module of the organisation that gave no answer. */
      readonly module?: string | null
    }

/** What asking policy comes to. */
export type PolicyVerdict = Extract<Verdict, { readonly by: 'policy' | 'unavailable' }>

/** A verdict in the form that outcome and row are made from. */
export interface Finding {
  readonly outcome: 'allow' | 'hold' | 'deny' | 'unavailable'
  readonly rules: readonly string[]
  readonly reasons: readonly Reason[]
  readonly hidden: boolean
  readonly revision: string | null
  readonly module: string | null
  readonly answer: Uint8Array | null
  readonly fuel: number
}

const below = { hidden: false, revision: null, module: null, answer: null, fuel: 0 } as const

/** Spells a verdict out. */
export const findingOf = (verdict: Verdict): Finding => {
  switch (verdict.by) {
    case 'policy': {
      const { answer, catalogue, bytes, fuel, revision, tenant } = verdict
      const reasons = reasonsInWords(answer.reasons, catalogue, tenant?.restrictions)
      const hidden = isHidden(answer.reasons, catalogue)
      const module = tenant?.module ?? null
      return { outcome: answer.outcome, rules: answer.rules, reasons, hidden, revision, module, answer: bytes, fuel }
    }
    case 'kill':
      return { ...below, outcome: 'deny', rules: ['kill.engaged'], reasons: [killReason(verdict.order)] }
    case 'floor': {
      if (verdict.allowed) return { ...below, outcome: 'allow', rules: [`${verdict.of}.floor`], reasons: [] }
      const refused = verdict.of === 'policy' ? POLICY_FLOOR_REFUSED : FLOOR_REFUSED
      return { ...below, outcome: 'deny', rules: [refused.id], reasons: [refused] }
    }
    case 'unavailable': {
      const { cause, fuel, revision, module = null } = verdict
      return {
        ...below,
        outcome: 'unavailable',
        rules: [],
        reasons: [unavailableReason(cause)],
        fuel,
        revision,
        module,
      }
    }
  }
}
