// The parts of jco that generate code; its front door pulls in native addons, which no launched program may load.
import { $init, generate } from '@bytecodealliance/jco-transpile/component'
import { componentWit } from '@bytecodealliance/jco-transpile/wasm-tools'
import { digestOf } from '../digest.js'
import { AdmissionError } from '../errors.js'
import { meter, METER_VERSION, type MeteredModule } from '../metering/index.js'
import { artifactOf, GLUE_FILE, type AdmissionRecord, type Artifact } from './artifact.js'
import { allowedImports } from './component-imports.rules.js'
import { refuseUnplainNames } from './core-names.rules.js'
import { refuseOutsized } from './core-shape.rules.js'
import { refuseUnknownFunctions } from './glue-functions.rules.js'
import { MAX_CORE_MODULES } from './limits.js'
import { adaptGlue } from './glue.rules.js'

export interface AdmitOptions {
  /** Cap on each of the component's memories, in pages of 64 KiB. */
  readonly maxMemoryPages: number
  /** Interfaces that the manifest declares; undefined: any of ours. */
  readonly capabilities?: readonly string[]
}

const GENERATE = {
  name: 'extension',
  instantiation: { tag: 'sync' },
  noTypescript: true,
  noComponentErrorWrapping: true,
  base64Cutoff: 0,
} as const
/** For start functions: QuickJS relocates its data there. */
const INITIAL_FUEL = 50_000_000
const COMPONENT_PREAMBLE = Buffer.from([0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00])

/**
 * Turns a component's bytes into what a slot runs: metered, capped core modules and generated glue.
 * Heavy, on untrusted bytes: it runs behind the launcher, never in the API process. Deterministic.
 * Raises `AdmissionError`: `admission.not_a_component`, `.import_refused`, `.undeclared_import`, `.no_handle`,
 * `.too_many_modules` and other `.too_many_…`, `.name_refused`, `.transpile_failed`, and those of metering.
 */
export async function admit(component: Uint8Array, options: AdmitOptions): Promise<Artifact> {
  if (!COMPONENT_PREAMBLE.equals(component.subarray(0, 8)))
    throw new AdmissionError('admission.not_a_component', 'the file is not a WebAssembly component')
  const imports = allowedImports(await generated(() => componentWit(component)))
  refuseUndeclared(imports.own, options.capabilities)
  const { files, exports } = await generated(async () => {
    await $init
    return generate(component, GENERATE)
  })
  const names = exports.filter(([, kind]) => kind === 'function').map(([name]) => name)
  if (!names.includes('handle'))
    throw new AdmissionError('admission.no_handle', 'the component does not export the function handle')
  const built = build(Object.fromEntries(files), options)
  const record: AdmissionRecord = {
    meter_version: METER_VERSION,
    component_digest: digestOf(component),
    imports: imports.own,
    ...(imports.wasi.length > 0 && { wasi: imports.wasi }),
    exports: names.sort(),
    max_memory_pages: options.maxMemoryPages,
    initial_fuel: INITIAL_FUEL,
    ...built.described,
  }
  return artifactOf(record, built.files)
}

/** Generator errors (parser, validator, lifting) all mean that the component is unusable. */
async function generated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    throw new AdmissionError('admission.transpile_failed', `the component is not valid: ${words.slice(0, 500)}`)
  }
}

function refuseUndeclared(imports: readonly string[], capabilities: readonly string[] | undefined): void {
  if (capabilities === undefined) return
  const undeclared = imports.filter((name) => name !== 'clock' && name !== 'random' && !capabilities.includes(name))
  if (undeclared.length === 0) return
  const message = `the component imports ${undeclared.join(', ')}, which its manifest does not declare`
  throw new AdmissionError('admission.undeclared_import', message, { imports: undeclared })
}

type Described = Pick<AdmissionRecord, 'cores' | 'files' | 'resettable'>

function build(
  files: Record<string, Uint8Array>,
  options: AdmitOptions,
): { files: Map<string, Uint8Array>; described: Described } {
  const cores = Object.keys(files)
    .filter((name) => name.endsWith('.wasm'))
    .sort()
  if (cores.length > MAX_CORE_MODULES)
    throw new AdmissionError('admission.too_many_modules', `${cores.length} core modules; at most ${MAX_CORE_MODULES}`)
  for (const name of cores) refuseOutsized(files[name]!)
  const metered = new Map(cores.map((name) => [name, meterCore(files[name]!, options)]))
  for (const name of cores) refuseUnplainNames(files[name]!)
  const generatedGlue = Buffer.from(files[GLUE_FILE]!).toString('utf8')
  refuseUnknownFunctions(generatedGlue)
  const glue = Buffer.from(adaptGlue(generatedGlue))
  const made = new Map<string, Uint8Array>([...metered].map(([name, { wasm }]) => [name, wasm]))
  made.set(GLUE_FILE, glue)
  return {
    files: made,
    described: {
      resettable: [...metered.values()].every(({ resettable }) => resettable),
      cores: [...metered].map(([file, { stateGlobals }]) => ({ file, state_globals: [...stateGlobals] })),
      files: [...made].map(([path, bytes]) => ({ path, digest: digestOf(bytes), size_bytes: bytes.length })),
    },
  }
}

function meterCore(wasm: Uint8Array, { maxMemoryPages }: AdmitOptions): MeteredModule {
  return meter(wasm, { maxMemoryPages, initialFuel: BigInt(INITIAL_FUEL), exportState: true })
}
