import type { DecisionInput } from '#contract/decisions/inputs.js'
import { SCOPE_IDS } from '#contract/scopes.js'
import type { Gate } from '#contract/vocabulary.js'
import type { GoldenCase } from '#engine/author/cases.js'
import { canonicalBytes } from '#engine/canonical.js'
import type { PolicyEngine } from '#engine/load.js'

/** Least size of a measured input, in bytes. */
const MIN_INPUT_BYTES = 1_024
const WARM_UP = 2_000
const TRIALS = 3_000

/** What is measured: one input of one gate that policy allows. */
export interface Subject {
  readonly gate: Gate
  readonly name: string
  readonly input: DecisionInput<Gate>
  readonly bytes: Uint8Array
}

/** The allowed golden case that takes longest, each brought to at least 1 KB by scopes that its actor holds besides. */
export function slowestSubject(engine: PolicyEngine, cases: readonly GoldenCase[]): Subject {
  // A gate that stands alone knows of no waivers.
  const own = cases.filter(({ input }) => (input as DecisionInput<Gate>).waivers.length === 0)
  const allowed = own.filter(({ expect }) => expect.outcome === 'allow').map(toSubject)
  const timed = allowed.map((subject) => ({ subject, took: timeOf(engine, subject) }))
  return timed.reduce((slowest, each) => (each.took > slowest.took ? each : slowest)).subject
}

function toSubject({ gate, name, input }: GoldenCase): Subject {
  const facts = input as DecisionInput<Gate>
  const own = canonicalBytes(facts)
  const scopes = [...new Set([...facts.actor.scopes, ...SCOPE_IDS])]
  const padded = own.byteLength >= MIN_INPUT_BYTES ? facts : { ...facts, actor: { ...facts.actor, scopes } }
  return { gate, name, input: padded as DecisionInput<Gate>, bytes: canonicalBytes(padded) }
}

/** Milliseconds for a fixed number of evaluations, once warm. */
function timeOf(engine: PolicyEngine, { gate, bytes }: Subject): number {
  for (let turn = 0; turn < WARM_UP; turn += 1) engine.evaluate(gate, bytes)
  const start = performance.now()
  for (let turn = 0; turn < TRIALS; turn += 1) engine.evaluate(gate, bytes)
  return performance.now() - start
}
