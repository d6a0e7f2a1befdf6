import { GLUE_FILE, type Artifact } from '../admission/artifact.js'
import type { GuestRequest, GuestResponse } from '../slots/child/frames.js'
import { FUEL } from '../slots/child/guest.js'
import { HOST_MODULE, MEMORY, WrittenMemories } from '../slots/child/written-memory.js'
import { emptyHost } from './script-host.js'

interface Glue {
  instantiate(
    getCoreModule: (file: string) => WebAssembly.Module,
    imports: Record<string, Record<string, unknown>>,
    instantiateCore: (module: WebAssembly.Module, imports?: WebAssembly.Imports) => WebAssembly.Instance,
  ): { readonly handle: (request: GuestRequest) => GuestResponse }
}

/** What of an instance lasts beyond a call, core module by core module. */
export interface CoreState {
  readonly file: string
  /** Values of the globals that can change. */
  readonly globals: readonly unknown[]
  /** A copy of the memory that it owns. */
  readonly memory: Uint8Array | undefined
}

/** One instance of an admitted artifact, without any host. */
export interface OpenComponent {
  /** Calls `handle` with so many units of fuel for each core module. Raises what the guest raises. */
  call(request: GuestRequest, fuel: number): GuestResponse
  /** Whether the latest call ran out of fuel. */
  readonly outOfFuel: boolean
  state(): CoreState[]
}

/** Compiles an artifact for as many instances as are wanted. */
export const openArtifact = async ({ record, files }: Artifact): Promise<() => OpenComponent> => {
  const url = `data:text/javascript;base64,${Buffer.from(files.get(GLUE_FILE)!).toString('base64')}`
  const glue = (await import(url)) as Glue
  const modules = new Map(
    record.cores.map(({ file }) => [file, new WebAssembly.Module(files.get(file) as BufferSource)]),
  )
  return () => instantiated({ glue, modules, record })
}

interface Compiled {
  readonly glue: Glue
  readonly modules: ReadonlyMap<string, WebAssembly.Module>
  readonly record: Artifact['record']
}

const instantiated = ({ glue, modules, record }: Compiled): OpenComponent => {
  const opened = new Map<WebAssembly.Module, WebAssembly.Exports>()
  const memories = new WrittenMemories()
  const instantiateCore = (module: WebAssembly.Module, coreImports?: WebAssembly.Imports): WebAssembly.Instance => {
    const instance = new WebAssembly.Instance(module, memories.importsOf(coreImports))
    memories.add(instance.exports)
    opened.set(module, instance.exports)
    return instance
  }
  const watched = { [HOST_MODULE]: { watchAllocator: memories.watchAllocator.bind(memories) } }
  const imports = { ...emptyHost().imports, ...watched }
  const component = glue.instantiate((file) => modules.get(file)!, imports, instantiateCore)
  const fuelOf = (core: WebAssembly.Exports) => core[FUEL] as WebAssembly.Global<'i64'>
  return {
    call(request, fuel) {
      for (const core of opened.values()) fuelOf(core).value = BigInt(fuel)
      return component.handle(request)
    },
    get outOfFuel() {
      return [...opened.values()].some((core) => fuelOf(core).value < 0n)
    },
    state: () =>
      record.cores.map(({ file, state_globals }) => {
        const core = opened.get(modules.get(file)!)!
        const memory = core[MEMORY] as WebAssembly.Memory | undefined
        return {
          file,
          globals: state_globals.map((name) => (core[name] as WebAssembly.Global).value),
          memory: memory && new Uint8Array(memory.buffer).slice(),
        }
      }),
  }
}
