import { globSync } from 'node:fs'
import { join } from 'node:path'
import { GATES, type Gate } from '#contract/vocabulary.js'
import { packageRoot } from '#runtime/package-root.js'

/** Sources under `policies/` that make the policy: rules, and platform data. */
export const SOURCES = ['governance', 'platform.json'] as const
/** What the engine has, as opa's capabilities: always ours, since a policy must not choose what it may call. */
export const capabilitiesFile = (): string => join(packageRoot(), 'policies', 'capabilities.json')
/** Tests stay out of what is compiled. */
export const TEST_SUFFIX = '_test.rego'

/** The rule that answers for a gate, as `opa build -e` takes it. */
const entrypointOf = (gate: Gate): string => `governance/${gate}/decision`

/** Entrypoints by gate. */
export const entrypoints = (): Record<Gate, string> =>
  Object.fromEntries(GATES.map((gate) => [gate, entrypointOf(gate)])) as Record<Gate, string>

/** Rego files of the policy without its tests, relative to `policies/`, sorted. */
export const ruleFiles = (root: string): string[] =>
  globSync('governance/**/*.rego', { cwd: root })
    .filter((file) => !file.endsWith(TEST_SUFFIX))
    .toSorted()
