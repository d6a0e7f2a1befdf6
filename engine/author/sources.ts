import { GATES, type Gate } from '#contract/vocabulary.js'
import type { PolicyFiles } from './policy-files.js'

/** Sources that make the policy, as `opa` takes them: rules, and platform data. */
export const SOURCES = ['governance', 'platform.json'] as const
/** Tests stay out of what is compiled. */
export const TEST_SUFFIX = '_test.rego'

/** The rule that answers for a gate, as `opa build -e` takes it. */
const entrypointOf = (gate: Gate): string => `governance/${gate}/decision`

/** Entrypoints by gate. */
export const entrypoints = (): Record<Gate, string> =>
  Object.fromEntries(GATES.map((gate) => [gate, entrypointOf(gate)])) as Record<Gate, string>

/** Rego files of the policy without its tests, sorted. */
export const ruleFiles = (files: PolicyFiles): string[] =>
  [...files.keys()].filter((file) => file.endsWith('.rego') && !file.endsWith(TEST_SUFFIX)).toSorted()
