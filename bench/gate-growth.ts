import { dirname } from 'node:path'
import { randomUUID } from 'node:crypto'
import type { DecisionInput } from '#contract/decisions/inputs.js'
import type { Gate } from '#contract/vocabulary.js'
import { buildBundle } from '#engine/author/build.js'
import { openOpa } from '#engine/author/opa.js'
import { readPolicyFolder } from '#engine/author/policy-files.js'
import { assembleBundle, shippedBundleFolder } from '#engine/bundle.js'
import { canonicalBytes } from '#engine/canonical.js'
import { loadPolicy, type PolicyEngine } from '#engine/load.js'
import type { Subject } from './gate-facts.js'
import { measure, median, type Measured } from './gate-measure.js'

const RULES = [10, 100, 1_000]
const TENANTS = [1, 10, 100, 1_000]
/** Sizes take turns, so that what else the machine does falls on all of them. */
const ROUNDS = 5
const ROUND_MS = 400
const WARM_UP_MS = 300

/** One line of a table: how many there are, what an evaluation takes, and how that compares with the fewest. */
export interface Growth {
  readonly count: number
  readonly evaluate_ops_per_s: number
  readonly evaluate_p50_us: number
  readonly evaluate_p99_us: number
  /** Throughput by that of the first line, of the same round, then the median. */
  readonly vs_first: number
}

/** A reason more, on an extension that nobody has: it is looked at and does not fire. */
const rule = (gate: Gate, number: number): string => `
# METADATA
# title: Generated ${number}
# description: Denies one extension, for the benchmark.
# custom:
#   id: ${gate}.generated_${number}
#   remedy: Choose another extension.
deny contains "${gate}.generated_${number}" if input.extension.id == "com.generated.e${number}"
`

/** The shipped policy with so many rules more in one gate. */
async function withRules(opa: string, gate: Gate, count: number): Promise<PolicyEngine> {
  const files = new Map(await readPolicyFolder(dirname(shippedBundleFolder())))
  const path = `governance/${gate}/${gate}.rego`
  const more = Array.from({ length: count }, (_, number) => rule(gate, number)).join('')
  files.set(path, Buffer.from(`${Buffer.from(files.get(path)!).toString()}${more}`))
  return loadPolicy(assembleBundle(await buildBundle(await openOpa(opa), files)))
}

interface Sized {
  readonly count: number
  readonly evaluate: () => unknown
}

/** What an evaluation takes as the rules of its gate become more: each one is looked at, as OPA's WebAssembly has no index. */
export async function growthByRules(opa: string, { gate, bytes }: Subject): Promise<Growth[]> {
  const sized: Sized[] = []
  for (const count of RULES) {
    const engine = await withRules(opa, gate, count)
    sized.push({ count, evaluate: () => engine.evaluate(gate, bytes) })
  }
  return inTurns(sized)
}

/** What an evaluation takes as more organisations ask in turn, each about an install of its own. */
export function growthByTenants(engine: PolicyEngine, { gate, input }: Subject): Growth[] {
  return inTurns(
    TENANTS.map((count) => {
      const inputs = Array.from({ length: count }, () => ofAnother(input))
      let turn = 0
      return { count, evaluate: () => engine.evaluate(gate, inputs[turn++ % count]!) }
    }),
  )
}

/** The same question of another organisation: its ids are other ones wherever they stand. */
function ofAnother(input: DecisionInput<Gate>): Uint8Array {
  let text = JSON.stringify(input)
  for (const id of [input.resource.tenant_id, input.resource.id]) if (id) text = text.replaceAll(id, randomUUID())
  return canonicalBytes(JSON.parse(text))
}

function inTurns(sized: readonly Sized[]): Growth[] {
  for (const { evaluate } of sized) measure(evaluate, WARM_UP_MS)
  const rounds = Array.from({ length: ROUNDS }, () => sized.map(({ evaluate }) => measure(evaluate, ROUND_MS)))
  return sized.map(({ count }, index) => {
    const middle = (pick: (measured: Measured, first: Measured) => number): number =>
      Math.round(median(rounds.map((round) => pick(round[index]!, round[0]!))) * 100) / 100
    return {
      count,
      evaluate_ops_per_s: Math.round(middle(({ opsPerSecond }) => opsPerSecond)),
      evaluate_p50_us: middle(({ p50Us }) => p50Us),
      evaluate_p99_us: middle(({ p99Us }) => p99Us),
      vs_first: middle(({ opsPerSecond }, first) => opsPerSecond / first.opsPerSecond),
    }
  })
}
