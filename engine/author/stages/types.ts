import { allCapabilities } from '../capabilities.js'
import type { Fault } from '../finding.js'
import type { Opa } from '../opa.js'
import { opaFaults } from '../opa-errors.js'
import { CAPABILITIES, SCHEMAS } from '../policy-files.js'
import { schemaFaults } from '../schema-use.rules.js'
import { SOURCES } from '../sources.js'
import type { Bench, Stage } from './bench.js'

const MAX_ERRORS = '100'

/** `opa check` of rules and tests; only compiles, nothing is evaluated. */
const check = async ({ tool, folder }: Bench, ...flags: string[]): Promise<Fault[]> => {
  const { ok, stdout, stderr } = await tool.run(
    ['check', '-f', 'json', '-m', MAX_ERRORS, '--schema', SCHEMAS, ...flags, ...SOURCES],
    folder,
  )
  return ok ? [] : opaFaults(stdout.trim() ? stdout : stderr)
}

/** Strict compilation against the input schemas. With all of OPA's builtins, so that what we leave out is named apart. */
export const types: Stage = async (bench) => {
  const faults = await check(bench, '--strict')
  return { faults: faults.length > 0 ? faults : (await bench.parsed()).flatMap(schemaFaults) }
}

/** What the compiler says of a function that it doesn't know. */
const UNDEFINED = /^undefined function (\S+)$/

/**
 * The same compilation with our capabilities: a builtin that reaches out, is not deterministic or is not in our engine
 * fails at its line, in tests too, before any test runs.
 */
export const capabilities: Stage = async (bench) => {
  return { faults: await capabilityFaults(bench.tool, await check(bench, '--capabilities', CAPABILITIES)) }
}

/** What the compiler found under our capabilities, told as builtins that are not to be had. */
export async function capabilityFaults(tool: Opa, faults: readonly Fault[]): Promise<Fault[]> {
  if (faults.length === 0) return []
  const { builtins } = await allCapabilities(tool)
  const nondeterministic = new Set(builtins.filter((one) => one.nondeterministic).map(({ name }) => name))
  return faults.map((fault) => asCapability(fault, nondeterministic))
}

function asCapability(fault: Fault, nondeterministic: ReadonlySet<string>): Fault {
  const name = UNDEFINED.exec(fault.message)?.[1]
  if (name === undefined) return { ...fault, remedy: 'use only what capabilities.json lists' }
  const why = nondeterministic.has(name) ? 'is not deterministic or reaches out' : 'is not in the engine'
  return {
    ...fault,
    rule: name,
    message: `${name} ${why}`,
    remedy: 'take it out, and pass what it would find as a fact',
  }
}
