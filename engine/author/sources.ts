import { globSync } from 'node:fs'
import { GATES, type Gate } from '#contract/vocabulary.js'

/** Sources under `policies/` that make the policy: rules, and platform data. */
export const SOURCES = ['governance', 'platform.json'] as const
/** Tests stay out of what is compiled. */
export const TEST_SUFFIX = '_test.rego'

/** The rule that answers for a gate, as `opa build -e` takes it. */
export const entrypointOf = (gate: Gate): string => `governance/${gate}/decision`

/** Entrypoints by gate. */
export const entrypoints = (): Record<Gate, string> =>
  Object.fromEntries(GATES.map((gate) => [gate, entrypointOf(gate)])) as Record<Gate, string>

/** Rego files of the policy without its tests, relative to `policies/`, sorted. */
export const ruleFiles = (root: string): string[] =>
  globSync('governance/**/*.rego', { cwd: root })
    .filter((file) => !file.endsWith(TEST_SUFFIX))
    .toSorted()
