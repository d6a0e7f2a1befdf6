import { GATES, type Gate } from '#contract/vocabulary.js'
import { soundCases } from '../author/cases.js'
import type { Opa } from '../author/opa.js'
import type { PolicyFiles } from '../author/policy-files.js'
import type { PolicyEngine } from '../load.js'
import { compareGate, type Difference, type GateComparison } from './compare.js'
import type { Json } from './shape.js'
import { floorsFor, neverFired, rulesByGate, shortfalls } from './tally.rules.js'
import { withTopdown } from './topdown.js'

export interface RunOptions {
  readonly tool: Opa
  /** The compiled policy. */
  readonly engine: PolicyEngine
  /** The sources that it should answer like; their golden cases are what inputs are made of. */
  readonly files: PolicyFiles
  readonly gates?: readonly Gate[]
  /** Inputs for each gate. */
  readonly inputs: number
  readonly seed: number
  readonly say?: (line: string) => void
}

/** What is said of a gate in the result. */
export interface GateFigures extends Pick<GateComparison, 'inputs' | 'allowed' | 'misrouted' | 'differences'> {
  readonly rules: number
  readonly rarest_rule: string
  readonly rarest_fired: number
}

/** The result as it is printed. */
export interface Summary {
  readonly inputs: number
  readonly differences: number
  readonly rules_never_fired: number
  /** Rules that fired less often than wanted, those that never did among them. */
  readonly rules_below_floor: number
  readonly seed: number
  readonly gates: Readonly<Partial<Record<Gate, GateFigures>>>
}

export interface RunResult {
  readonly summary: Summary
  /** The first differences of each gate, made small. */
  readonly shown: readonly Difference[]
  /** Why the inputs were not good enough; empty where they were. */
  readonly shortfalls: readonly string[]
}

/** Compares the compiled gates with OPA's interpreter, one after the other. */
export async function runDifferential(options: RunOptions): Promise<RunResult> {
  const { tool, files, engine, gates = GATES, inputs, seed, say } = options
  const cases = soundCases(files)
  const rules = rulesByGate(engine.reasons)
  const platform = JSON.parse(new TextDecoder().decode(files.get('platform.json'))) as Json
  const compared = await withTopdown(tool, files, async (topdown) => {
    const all: [Gate, GateComparison][] = []
    for (const gate of gates) {
      const onBatch = (done: number) => say?.(`${gate}: ${done} of ${inputs} inputs`)
      const given = { engine, topdown, cases, platform, rules: rules[gate], inputs, seed, onBatch }
      all.push([gate, await compareGate(gate, given)])
    }
    return all
  })
  return resultOf(compared, options)
}

function resultOf(compared: readonly [Gate, GateComparison][], { inputs, seed }: RunOptions): RunResult {
  const floors = floorsFor(inputs)
  const all = compared.map(([, one]) => one)
  const sum = (count: (one: GateComparison) => number) => all.reduce((total, one) => total + count(one), 0)
  const rare = ({ fired }: GateComparison) => Object.values(fired).filter((count) => count < floors.firings).length
  return {
    summary: {
      inputs: sum((one) => one.inputs),
      differences: sum((one) => one.differences),
      rules_never_fired: sum((one) => neverFired(one).length),
      rules_below_floor: sum(rare),
      seed,
      gates: Object.fromEntries(compared.map(([gate, one]) => [gate, figuresOf(one)])),
    },
    shown: all.flatMap(({ shown }) => shown),
    shortfalls: compared.flatMap(([gate, one]) => shortfalls(gate, one, floors)),
  }
}

function figuresOf({ inputs, allowed, misrouted, differences, fired }: GateComparison): GateFigures {
  const [rarest = ['', 0] as const] = Object.entries(fired).toSorted(([, a], [, b]) => a - b)
  const rules = Object.keys(fired).length
  return { inputs, allowed, misrouted, differences, rules, rarest_rule: rarest[0], rarest_fired: rarest[1] }
}
