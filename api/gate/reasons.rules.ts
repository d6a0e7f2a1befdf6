import type { DecisionExplained } from '#contract/api/decisions.js'
import type { Reason } from '#contract/decisions/answer.js'
import type { UnavailableCause } from '#contract/decisions/outcome.js'
import type { Restriction } from '#contract/decisions/restrictions.js'
import type { ReasonCatalogue } from '#engine/reasons.js'
import type { KillOrder } from '../killswitch/kill-state.service.js'

/** Rules that fired, in words, and where they stand in the sources of the bundle that answered. */
export const rulesInWords = (
  rules: readonly string[],
  catalogue: ReasonCatalogue,
  restrictions: readonly Restriction[] = [],
): DecisionExplained['rules'] =>
  rules.map((id) => {
    const entry = catalogue[id]
    const said = restrictions.find(({ reason }) => reason === id)?.message
    const words = { title: entry?.title ?? null, description: entry?.description ?? said ?? null }
    return { id, ...words, location: entry ? { file: entry.file, line: entry.line } : null }
  })

/** Why nothing runs while a kill switch is engaged. */
export const killReason = (order: KillOrder): Reason => ({
  id: 'kill.engaged',
  message: `A kill switch of the scope ${order.scope} is engaged: ${order.reason}`.slice(0, 1000),
  remedy: 'Ask who engaged it, or an operator, to release it',
  params: { scope: order.scope, order: order.id },
})

/** The only refusal of the kill switch's floor: what it lets through it lets through by scope and reach alone. */
export const FLOOR_REFUSED: Reason = {
  id: 'killswitch.floor_refused',
  message: 'While policy is unavailable, engaging needs the scope kill:engage and a target of the own organisation',
  remedy: 'Ask an operator, or somebody of that organisation with the scope kill:engage',
}

/** The only refusal of the floor below break-glass. */
export const POLICY_FLOOR_REFUSED: Reason = {
  id: 'policy.floor_refused',
  message:
    'While the policy before break-glass cannot answer, going back needs the scope policy:activate, and leads only to what has decided otherwise than by break-glass',
  remedy: 'Name such a revision ("gatehouse policy history"), or wait until the time of break-glass has run out',
}

const UNAVAILABLE: Record<UnavailableCause, Omit<Reason, 'id'>> = {
  policy_unavailable: {
    message: 'The policy bundle could not be loaded',
    remedy: 'Ask an operator to look at /readyz; nothing is allowed until policy loads',
  },
  budget_exhausted: {
    message: 'Policy ran out of its evaluation budget',
    remedy: 'Ask a security lead to look at the policy; the same request will run out again',
  },
  memory_exhausted: {
    message: 'Policy ran out of its memory',
    remedy: 'Ask a security lead to look at the policy; the same request will run out again',
  },
  answer_invalid: {
    message: 'Policy gave an answer that is none',
    remedy: 'Ask a security lead to look at the policy',
  },
  input_invalid: {
    message: 'The facts do not have the form that policy reads',
    remedy: 'Report the decision id to an operator',
  },
  ledger_unavailable: {
    message: 'The decision could not be recorded',
    remedy: 'Retry; if it stays, ask an operator to look at the ledger',
  },
  kill_lease_stale: {
    message: 'This node has not heard the kill list lately',
    remedy: 'Retry; if it stays, ask an operator to look at the database',
  },
  tenant_policy_unavailable: {
    message: "The organisation's own policy could not be loaded, ran out of its budget, or gave an answer that is none",
    remedy:
      'Have somebody of the organisation go back to an earlier one: gatehouse policy tenant rollback --reason TEXT',
  },
}

/** Why no decision could be made, in the form of a reason. */
export const unavailableReason = (cause: UnavailableCause): Reason => ({
  id: `unavailable.${cause}`,
  ...UNAVAILABLE[cause],
})
