import { BuiltinHost } from '../builtins/host.js'
import { HOST_BUILTINS } from '../builtins/library.js'
import { openPolicy } from '../sdk.js'
import type { Opa } from './opa.js'
import { withToolFolder, writeFiles } from './policy-files.js'

interface Builtin {
  readonly name: string
  readonly decl: { readonly args?: readonly unknown[] }
  readonly nondeterministic?: boolean
  readonly deprecated?: boolean
  readonly relation?: boolean
}

interface Capabilities {
  readonly builtins: readonly Builtin[]
  readonly features?: readonly string[]
}

/** Builtins that the compiler itself takes away before there is code; `eq` and `assign` are the operators = and :=. */
const COMPILE_TIME = [
  'assign',
  'eq',
  'internal.print',
  'internal.test_case',
  'print',
  'rego.metadata.chain',
  'rego.metadata.rule',
]
/** Memory for the probe's module, in pages of 64 KiB; it is never evaluated. */
const PROBE_PAGES = 16
/** Language features that compile to a builtin, by that builtin. */
const FEATURE_NEEDS: Readonly<Record<string, string>> = { template_strings: 'internal.template_string' }

/**
 * What our engine can really evaluate, as OPA's capabilities document: builtins that compile to WASM by themselves,
 * found by compiling a call of each, and the host builtins that the engine supplies; nothing nondeterministic,
 * and nothing deprecated, which Rego v1 refuses anyway.
 * @returns the text of `policies/capabilities.json`, the same for the same opa
 */
export async function generateCapabilities(tool: Opa): Promise<string> {
  const all = await allCapabilities(tool)
  const candidates = all.builtins.filter(({ nondeterministic, deprecated }) => !nondeterministic && !deprecated)
  const needHost = await hostDependent(
    tool,
    candidates.filter(({ name }) => !COMPILE_TIME.includes(name)),
  )
  const builtins = candidates.filter(({ name }) => HOST_BUILTINS.includes(name) || !needHost.has(name))
  const names = new Set(builtins.map(({ name }) => name))
  const features = (all.features ?? []).filter(
    (feature) => !(feature in FEATURE_NEEDS) || names.has(FEATURE_NEEDS[feature]!),
  )
  return `${JSON.stringify({ ...all, builtins, features }, undefined, 2)}\n`
}

/** Everything that this `opa` knows. */
export const allCapabilities = (tool: Opa): Promise<Capabilities> =>
  withToolFolder(async (folder) => JSON.parse(await tool.output(['capabilities', '--current'], folder)) as Capabilities)

/** Those of `builtins` that a compiled policy asks its host for. */
const hostDependent = (tool: Opa, builtins: readonly Builtin[]): Promise<Set<string>> =>
  withToolFolder(async (folder) => {
    await writeFiles(folder, new Map([['probe.rego', probeModule(builtins)]]))
    const files = await tool.build(['-e', 'probe/answer', 'probe.rego'], folder)
    return new Set(hostBuiltinsOf(new WebAssembly.Module(files.get('policy.wasm') as BufferSource)))
  })

/** Names of the builtins that a module asks its host for, as its own table says. */
function hostBuiltinsOf(module: WebAssembly.Module): string[] {
  const memory = new WebAssembly.Memory({ initial: PROBE_PAGES })
  const host = new BuiltinHost(memory, {})
  return host.attach(openPolicy(module, memory, host.imports).instance.exports, undefined)
}

/** A policy that calls each builtin once, with arguments of unknown type. */
function probeModule(builtins: readonly Builtin[]): string {
  const rules = builtins.map(({ name, decl, relation }) => {
    const args = (decl.args ?? []).map((_, index) => `input.argument_${index}`)
    const call = relation ? `${name}(${[...args, 'result'].join(', ')})` : `result := ${name}(${args.join(', ')})`
    return `answer["${name}"] := result if {\n\t${call}\n}`
  })
  return ['package probe', ...rules].join('\n\n')
}
