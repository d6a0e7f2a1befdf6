import { GATES, type Gate } from '#contract/vocabulary.js'
import type { ReasonCatalogue } from '../reasons.js'

/** The part of an answer that is counted. */
export interface Counted {
  readonly outcome: string
  readonly rules: readonly string[]
}

/** What was counted of one gate. */
export interface GateTally {
  readonly inputs: number
  readonly allowed: number
  /** How often each rule of the gate fired, those that never did among them. */
  readonly fired: Readonly<Record<string, number>>
}

/** The least that makes a comparison worth something. */
export interface Floors {
  /** Times that each rule must fire. */
  readonly firings: number
  /** Share of inputs that must be allowed. */
  readonly allowed: number
}

const FULL_INPUTS = 10_000
const FULL_FIRINGS = 50
const ALLOWED = 0.2

/** 50 firings at 10,000 inputs and more, proportionally fewer below, at least one. */
export const floorsFor = (inputs: number): Floors => ({
  firings: Math.max(1, Math.ceil(FULL_FIRINGS * Math.min(1, inputs / FULL_INPUTS))),
  allowed: ALLOWED,
})

/** Ids of all rules by the gate in whose package they stand. Fails on a rule that belongs to no gate. */
export function rulesByGate(catalogue: ReasonCatalogue): Record<Gate, string[]> {
  const ids = (gate: Gate) =>
    Object.keys(catalogue).filter((id) => catalogue[id]!.file.startsWith(`governance/${gate}/`))
  const byGate = Object.fromEntries(GATES.map((gate) => [gate, ids(gate)])) as Record<Gate, string[]>
  const known = new Set(Object.values(byGate).flat())
  const stray = Object.keys(catalogue).filter((id) => !known.has(id))
  if (stray.length > 0) throw new Error(`no gate has the rules ${stray.join(', ')}`)
  return byGate
}

/** Counts answers. A rule counts once for each answer that names it; fails on a rule that the catalogue lacks. */
export function tally(rules: readonly string[], answers: readonly Counted[]): GateTally {
  const fired = new Map(rules.map((id) => [id, 0]))
  for (const { rules: named } of answers)
    for (const id of new Set(named)) {
      const count = fired.get(id)
      if (count === undefined) throw new Error(`the answer names the rule ${id}, which is not in the catalogue`)
      fired.set(id, count + 1)
    }
  const allowed = answers.filter(({ outcome }) => outcome === 'allow').length
  return { inputs: answers.length, allowed, fired: Object.fromEntries(fired) }
}

/** Rules of a gate that never fired. */
export const neverFired = ({ fired }: GateTally): string[] => Object.keys(fired).filter((id) => fired[id] === 0)

/** One line for each way in which the inputs of a gate were not good enough. */
export function shortfalls(gate: Gate, { inputs, allowed, fired }: GateTally, floors: Floors): string[] {
  const rare = Object.entries(fired).filter(([, count]) => count < floors.firings)
  const lines = rare.map(([id, count]) => `${gate}: ${id} fired ${count} times, at least ${floors.firings} are wanted`)
  if (inputs > 0 && allowed / inputs >= floors.allowed) return lines
  return [
    ...lines,
    `${gate}: ${allowed} of ${inputs} inputs were allowed, at least ${floors.allowed * 100} % are wanted`,
  ]
}
