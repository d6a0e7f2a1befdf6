import { EvaluationError } from '../../errors.js'
import { MAX_BUDGET } from '../../bundle.js'
import { loadPolicy, type PolicyEngine } from '../../load.js'
import { BUDGET_FACTOR } from '../build.js'
import { judge, type GoldenCase } from '../cases.js'
import type { Fault } from '../finding.js'
import { inTurns } from '../in-turns.js'
import type { Stage } from './bench.js'
import { faultAt } from './golden.js'

/** What a golden case may cost at most, so that twenty times the dearest stays within every evaluation's bound. */
export const MAX_CASE_FUEL = MAX_BUDGET / BUDGET_FACTOR
/** A case may cost this many times what it costs under the active revision. */
export const MAX_GROWTH = 2
/** Growth below this many fuel units is nobody's concern: a tenth of a millisecond. */
const NEGLIGIBLE_FUEL = 100_000

/** What the policy costs: fuel of each golden case, also against the active revision. */
export const budget: Stage = async (bench) => {
  const engine = await bench.engine()
  const base = bench.base && (await loadPolicy(bench.base))
  const costOf = (one: GoldenCase) => ({ one, fuel: judge(engine, one).fuel, before: fuelOf(base, one) })
  const costs = await inTurns(bench.cases.cases, costOf)
  const worst = costs.reduce((most, { fuel }) => Math.max(most, fuel), 0)
  const faults = costs.flatMap(({ one, fuel, before }) => costFaults(one, fuel, before))
  return { faults, detail: `dearest case ${worst} units${base ? `, compared with ${base.revision}` : ''}` }
}

/** What a case costs under the active revision; undefined where it has no answer there, and nothing to compare with. */
function fuelOf(base: PolicyEngine | undefined, one: GoldenCase): number | undefined {
  try {
    return base && judge(base, one).fuel
  } catch (error) {
    if (error instanceof EvaluationError) return undefined
    throw error
  }
}

/** Whether one case costs too much, by itself or against what it cost before. */
export function costFaults(one: GoldenCase, fuel: number, before: number | undefined): Fault[] {
  const remedy = 'make the rules cheaper: look up in objects, and pass as facts what was matched'
  if (fuel > MAX_CASE_FUEL) return [faultAt(one, `costs ${fuel} units, at most ${MAX_CASE_FUEL} are taken`, remedy)]
  if (before === undefined || fuel <= before * MAX_GROWTH || fuel - before <= NEGLIGIBLE_FUEL) return []
  return [faultAt(one, `costs ${fuel} units, ${before} under the active revision`, remedy)]
}
