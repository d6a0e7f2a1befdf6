import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { soundCases } from '#engine/author/cases.js'
import { readPolicyFolder } from '#engine/author/policy-files.js'
import { readShippedBundle, shippedBundleFolder } from '#engine/bundle.js'
import { loadPolicy, type PolicyEngine } from '#engine/load.js'
import { gateAlone } from './gate-alone.js'
import { slowestSubject, type Subject } from './gate-facts.js'
import { growthByRules, growthByTenants } from './gate-growth.js'
import { measure, median, type Measured } from './gate-measure.js'
import { opaBench, opaRest, type OpaSubject } from './gate-opa.js'

/** Ours and opa's take turns, and the median of the rounds counts, because other work on the machine comes and goes. */
const ROUNDS = 5
const ROUND_MS = 1_500
const REST_SECONDS = 3
const WARM_UP_MS = 500

interface Rounds {
  readonly evaluate: readonly Measured[]
  readonly gate: readonly Measured[]
  /** Evaluations a second of `opa bench`. */
  readonly opa: readonly number[]
}

/** One decision of the gate up to its record: kill switch, canonical input, policy, answer, outcome and permit. */
async function gateDecision(engine: PolicyEngine, { input }: Subject): Promise<() => unknown> {
  // Sign-ins and votes in the facts are as old as the case has them.
  const { gate } = await gateAlone(engine, () => input.now)
  const { action, now: _now, required_scope: _scope, waivers: _waivers, ...facts } = input
  return () => {
    const { outcome } = gate.weigh(action, facts as never, { correlationId: 'bench' })
    if (outcome.kind !== 'allow') throw new Error(`the gate answered ${outcome.kind}`)
  }
}

async function playRounds(engine: PolicyEngine, subject: Subject, theirs: OpaSubject): Promise<Rounds> {
  const rounds = { evaluate: [] as Measured[], gate: [] as Measured[], opa: [] as number[] }
  const { gate, bytes } = subject
  const decide = await gateDecision(engine, subject)
  measure(() => engine.evaluate(gate, bytes), WARM_UP_MS)
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.evaluate.push(measure(() => engine.evaluate(gate, bytes), ROUND_MS))
    rounds.opa.push(await opaBench(theirs))
    rounds.gate.push(measure(decide, ROUND_MS))
  }
  return rounds
}

/** The printed figures; ratios are of the same round, then the median. */
function report(subject: Subject, rounds: Rounds, rest: number): Record<string, string | number> {
  const middle = (pick: (measured: Measured) => number, of: readonly Measured[]) => round(median(of.map(pick)))
  const ops = median(rounds.evaluate.map(({ opsPerSecond }) => opsPerSecond))
  return {
    evaluate_ops_per_s: Math.round(ops),
    evaluate_p50_us: middle(({ p50Us }) => p50Us, rounds.evaluate),
    evaluate_p99_us: middle(({ p99Us }) => p99Us, rounds.evaluate),
    vs_opa_bench: round(median(rounds.evaluate.map(({ opsPerSecond }, index) => opsPerSecond / rounds.opa[index]!))),
    gate_p50_us: middle(({ p50Us }) => p50Us, rounds.gate),
    gate_p99_us: middle(({ p99Us }) => p99Us, rounds.gate),
    vs_opa_rest: round(ops / rest),
    gate: subject.gate,
    case: subject.name,
    input_bytes: subject.bytes.byteLength,
  }
}

const round = (value: number): number => Math.round(value * 100) / 100

async function main(opa: string, json: boolean): Promise<void> {
  const root = dirname(shippedBundleFolder())
  const engine = await loadPolicy(await readShippedBundle())
  const subject = slowestSubject(engine, soundCases(await readPolicyFolder(root)))
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-bench-'))
  try {
    const inputFile = join(folder, 'input.json')
    await writeFile(inputFile, subject.bytes)
    const theirs = { opa, root, gate: subject.gate, inputFile }
    const rounds = await playRounds(engine, subject, theirs)
    const figures = report(subject, rounds, await opaRest(theirs, subject.input, REST_SECONDS))
    const by_rules = await growthByRules(opa, subject)
    const by_tenants = growthByTenants(engine, subject)
    if (json) return console.log(JSON.stringify({ ...figures, growth: { by_rules, by_tenants } }))
    console.table(figures)
    console.log('As the rules of the gate become more:')
    console.table(by_rules)
    console.log('As more organisations ask:')
    console.table(by_tenants)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const { values } = parseArgs({ options: { opa: { type: 'string' }, json: { type: 'boolean', default: false } } })
if (!values.opa) throw new Error('usage: gate.js --opa PATH [--json]')
await main(values.opa, values.json)
