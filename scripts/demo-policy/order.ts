import { readdirSync } from 'node:fs'
import type { Step } from '../demo/step.js'

/**
 * What the life of a policy is shown by, in its order: the one place that says so. A step stands in any file of `steps/`,
 * alone or in a list; each builds on what those before it left behind.
 */
const ORDER = [
  'draft_edited',
  'fmt_refused',
  'schema_refused',
  'capability_refused',
  'test_refused',
  'coverage_refused',
  'golden_refused',
  'budget_refused',
  'sealed_reproducible',
  'tampered_bundle_refused',
  'what_if_flips',
  'flip_budget_exceeded',
  'shadow_disagreements',
  'self_approval_refused',
  'edit_voids_approval',
  'approved',
  'canary_reverted',
  'activated',
  'rolled_back',
  'waiver_applied_and_expired',
  'tenant_cannot_widen',
  'runaway_tenant_alone_refused',
  'stock_opa_agrees',
  'explained',
  'replayed_under_each_revision',
  'kill_with_corrupt_wasm',
]

/** The steps there are, in order, and the names that nothing shows yet. */
export interface Ordered {
  readonly steps: readonly Step[]
  readonly absent: readonly string[]
}

const isStep = (value: unknown): value is Step =>
  typeof value === 'object' && value !== null && 'name' in value && 'show' in value

/** Finds every step under `steps/`. Throws where one has no place in the order, or two have the same name. */
export const orderedSteps = async (): Promise<Ordered> => {
  const folder = new URL('steps/', import.meta.url)
  const files = readdirSync(folder).filter((file) => /^[\w-]+\.[jt]s$/.test(file))
  const modules = await Promise.all(files.map((file) => import(new URL(file, folder).href) as Promise<object>))
  const found = modules.flatMap((module) => Object.values(module).flat() as unknown[]).filter(isStep)
  const misplaced = found.filter(
    ({ name }, at) => !ORDER.includes(name) || found.findIndex((s) => s.name === name) < at,
  )
  if (misplaced.length > 0)
    throw new Error(`give each step its own place in ORDER: ${misplaced.map(({ name }) => name).join(', ')}`)
  const steps = ORDER.flatMap((name) => found.filter((step) => step.name === name))
  return { steps, absent: ORDER.filter((name) => !steps.some((step) => step.name === name)) }
}
