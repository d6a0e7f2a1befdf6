import { setImmediate } from 'node:timers/promises'
import type { Restriction } from '#contract/decisions/restrictions.js'
import type { Gate } from '#contract/vocabulary.js'
import { canonicalBytes } from '../canonical.js'
import { EvaluationError, PolicyLoadError } from '../errors.js'
import { loadTenantModule, TENANT_BUDGET, type TenantModule } from '../tenant/load.js'
import { canBeSettled } from '../tenant/settled.js'
import { soundCases } from './cases.js'
import { faultOf, type CheckReport, type Fault, type StageOutcome } from './finding.js'
import type { Opa } from './opa.js'
import { opaFaults } from './opa-errors.js'
import { CAPABILITIES, SCHEMAS, withPolicyFolder, type PolicyFiles } from './policy-files.js'
import { runStages, type RunOptions, type Stages } from './run-stages.js'
import { formatFaults } from './stages/format.js'
import { testFaults, runTests } from './stages/tests.js'
import { capabilityFaults } from './stages/types.js'
import { buildTenantModule, TENANT_SOURCE } from './tenant-module.js'

/** Where the tests of a module stand beside it. */
const TENANT_TESTS = 'tenant_test.rego'
/** What one decision may cost at most when it is checked, so that an unusual one still fits the bound of every evaluation. */
const MAX_SAMPLE_FUEL = TENANT_BUDGET / 5
/** After how many samples other work of the process has its turn. */
const TURN = 20

/** An input that a module is asked about: a past decision, or a golden case. */
export interface TenantSample {
  /** How findings and answers name it. */
  readonly name: string
  readonly gate: Gate
  /** RFC 8785 bytes. */
  readonly input: Uint8Array
}

/** The golden cases of a policy as samples. */
export const goldenSamples = (files: PolicyFiles): TenantSample[] =>
  soundCases(files).map(({ gate, name, input }) => ({
    ...{ name: `the golden case "${name}"`, gate },
    input: canonicalBytes(input),
  }))

export interface TenantSources {
  /** Rego of the package `tenant`. */
  readonly source: string
  /** Its tests, in the package `tenant_test`. */
  readonly tests: string
}

export interface TenantCheckOptions extends RunOptions {
  readonly tool: Opa
  readonly samples: readonly TenantSample[]
}

/** What the checks say of an organisation's own policy, and what it said of each sample, by name. */
export interface TenantCheck {
  readonly report: CheckReport
  /** The module, where it compiled. */
  readonly wasm: Uint8Array | null
  readonly said: ReadonlyMap<string, readonly Restriction[]>
}

/** What the stages work on and leave behind. */
interface Desk {
  readonly tool: Opa
  readonly folder: string
  /** Names of the files that lie in it. */
  readonly files: readonly string[]
  readonly samples: readonly TenantSample[]
  readonly said: Map<string, readonly Restriction[]>
  wasm: Uint8Array | null
  module: TenantModule | null
}

const check = async ({ tool, folder, files }: Desk, ...flags: string[]): Promise<Fault[]> => {
  const { ok, stdout, stderr } = await tool.run(['check', '-f', 'json', '-m', '100', ...flags, ...files], folder)
  return ok ? [] : opaFaults(stdout.trim() ? stdout : stderr)
}

/** The stages that an organisation's own policy goes through, in their order; each one stops the rest. */
const STAGES: Stages<Desk> = {
  format: async ({ tool, folder, files }) => ({ faults: await formatFaults(tool, folder, files) }),
  types: async (desk) => ({ faults: await check(desk, '--strict', '--schema', `${SCHEMAS}/tenant.json`) }),
  capabilities: async (desk) => ({
    faults: await capabilityFaults(desk.tool, await check(desk, '--capabilities', CAPABILITIES)),
  }),
  tests: async ({ tool, folder, files }) => testFaults(await runTests(tool, folder, [...files, '--timeout', '5s'])),
  build,
  budget,
}

/**
 * Checks an organisation's own policy, and asks it about samples: each must cost little, and each answer must be restrictions
 * that lead somewhere. All of its Rego stands behind the wall of `options.tool` until it is a metered module.
 * Raises `RuntimeRefusal` where nothing could be checked at all.
 */
export function checkTenantPolicy({ source, tests }: TenantSources, options: TenantCheckOptions): Promise<TenantCheck> {
  const files = new Map([
    [TENANT_SOURCE, Buffer.from(source)],
    ...(tests === '' ? [] : [[TENANT_TESTS, Buffer.from(tests)] as const]),
  ])
  return withPolicyFolder(files, async (folder) => {
    const { samples, signal } = options
    const [tool, said] = [options.tool.until(signal), new Map<string, readonly Restriction[]>()]
    const desk: Desk = { tool, folder, files: [...files.keys()], samples, said, wasm: null, module: null }
    const run = await runStages(STAGES, desk, options)
    return { report: { ...run, coverage: null }, wasm: desk.wasm, said: desk.said }
  })
}

async function build(desk: Desk): Promise<StageOutcome> {
  const wasm = await buildTenantModule(desk.tool, desk.folder)
  try {
    desk.module = await loadTenantModule(wasm)
    desk.wasm = wasm
    return { faults: [], detail: `${wasm.byteLength} bytes` }
  } catch (error) {
    if (!(error instanceof PolicyLoadError)) throw error
    return { faults: [faultOf('load', error.message, 'take out what the message names')] }
  }
}

/** Asks the module about each sample, up to the first that it cannot answer as it must: that costs the service no more than one. */
async function budget(desk: Desk): Promise<StageOutcome> {
  let dearest = 0
  for (const [index, sample] of desk.samples.entries()) {
    const asked = ask(desk.module!, sample)
    if ('fault' in asked) return { faults: [asked.fault] }
    desk.said.set(sample.name, asked.restrictions)
    dearest = Math.max(dearest, asked.fuel)
    if (index % TURN === 0) await setImmediate()
  }
  return { faults: [], detail: `${desk.samples.length} decisions, the dearest ${dearest} units` }
}

function ask(module: TenantModule, { name, gate, input }: TenantSample) {
  try {
    const { restrictions, fuel } = module.evaluate(input)
    const lost = restrictions.find((each) => each.effect === 'hold' && !canBeSettled(gate, each.approval.kind))
    if (lost) {
      const message = `holds for an approval that nobody acts on at the gate ${gate}`
      return { fault: { ...faultOf(name, message, HOLDS), file: TENANT_SOURCE, rule: lost.reason } }
    }
    if (fuel > MAX_SAMPLE_FUEL)
      return { fault: faultOf(name, `costs ${fuel} units, at most ${MAX_SAMPLE_FUEL} are let pass`, CHEAPER) }
    return { restrictions, fuel }
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error
    const remedy = error.reason === 'invalid' ? AS_RESTRICTIONS : CHEAPER
    return { fault: faultOf(name, `gets no answer (${error.reason}): ${error.message}`, remedy) }
  }
}

const HOLDS = 'ask for the kind review at publish, consent at install, kill_release at the kill switch; elsewhere deny'
const CHEAPER = 'make the rules cheaper: no comprehension inside a comprehension, no patterns'
const AS_RESTRICTIONS =
  'give a set of objects with effect, reason (tenant.…), message and remedy, and for a hold approval'
