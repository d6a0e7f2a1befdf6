import type { CoreModule, GuestRequest, GuestResponse, LoadFrame, SlotUsage } from './frames.js'
import type { Host } from './host-interfaces.js'
import { HOST_MODULE, WrittenMemories } from './written-memory.js'

// Names that the metering pass exports, as in written-memory.ts.
export const FUEL = 'gatehouse:fuel'
export const PAGE_CAP = 'gatehouse:page-cap'
export const GROWTH_REFUSED = 'gatehouse:growth-refused'
const PAGE_BYTES = 65_536

type Handle = (request: GuestRequest) => GuestResponse
interface Component {
  readonly handle: Handle
  /** Tables of resource handles that the glue keeps. */
  readonly gatehouseHandles: () => readonly (readonly unknown[])[]
}
/** Gives each instance a host of its own, so that nothing which one was given reaches another. */
type HostFactory = () => Host
/** Core modules by their file name. */
type CompiledModules = ReadonlyMap<string, { module: WebAssembly.Module; core: CoreModule }>

/** The glue that jco makes, with synchronous instantiation. */
interface Glue {
  instantiate(
    getCoreModule: (file: string) => WebAssembly.Module,
    imports: Host['imports'],
    instantiateCore: (module: WebAssembly.Module, imports?: WebAssembly.Imports) => WebAssembly.Instance,
  ): Component
}

interface SavedGlobal {
  readonly global: WebAssembly.Global
  readonly value: unknown
}

/** Thrown by the glue or the guest's code; `payload` where the guest itself answered with an error. */
export type GuestFailure = Error & { readonly payload?: unknown }

/** One component, compiled once, with an instance that every invocation finds as it was after initialisation. */
export class Guest {
  private readonly glue: Glue
  private readonly load: LoadFrame
  private readonly host: HostFactory
  private readonly modules: CompiledModules
  private instance: GuestInstance | undefined

  private constructor(glue: Glue, load: LoadFrame, host: HostFactory) {
    this.glue = glue
    this.load = load
    this.host = host
    this.modules = new Map(
      load.cores.map((core) => [core.file, { core, module: new WebAssembly.Module(core.wasm as BufferSource) }]),
    )
  }

  /** Compiles and instantiates. Raises what the component raises while it starts. */
  static async load(load: LoadFrame, host: HostFactory): Promise<Guest> {
    const url = `data:text/javascript;base64,${Buffer.from(load.glue).toString('base64')}`
    return Guest.of((await import(url)) as Glue, load, host)
  }

  /** The same with the glue as a module. */
  static of(glue: Glue, load: LoadFrame, host: HostFactory): Guest {
    const guest = new Guest(glue, load, host)
    guest.pristine()
    return guest
  }

  /** The instance for the next invocation, as good as new. */
  pristine(): GuestInstance {
    this.instance ??= new GuestInstance(this.glue, this.modules, {
      host: this.host(),
      initialFuel: this.load.initial_fuel,
    })
    return this.instance
  }

  /** Puts the instance back, or drops it where that can't be done exactly: after a trap, growth, or with handles held. */
  recycle(clean: boolean): void {
    if (this.instance === undefined) return
    const restored = clean && this.load.resettable && this.instance.restore()
    if (!restored) this.instance = undefined
  }
}

/** One instance of an artifact, which goes back to how it was after initialisation before each call. */
export class GuestInstance {
  private readonly component: Component
  private readonly cores: WebAssembly.Exports[] = []
  private readonly globals: SavedGlobal[]
  private readonly memories = new WrittenMemories()
  private readonly handles: readonly (readonly unknown[])[]
  private readonly host: Host
  private budget = 0n

  constructor(glue: Glue, modules: CompiledModules, { host, initialFuel }: { host: Host; initialFuel: number }) {
    const stateGlobals: WebAssembly.Global[] = []
    const byModule = new Map([...modules.values()].map(({ module, core }) => [module, core]))
    const instantiateCore = (module: WebAssembly.Module, coreImports?: WebAssembly.Imports): WebAssembly.Instance => {
      const instance = new WebAssembly.Instance(module, this.memories.importsOf(coreImports))
      this.cores.push(instance.exports)
      this.memories.add(instance.exports)
      for (const name of byModule.get(module)!.state_globals)
        stateGlobals.push(instance.exports[name] as WebAssembly.Global)
      return instance
    }
    const watched = { [HOST_MODULE]: { watchAllocator: this.memories.watchAllocator.bind(this.memories) } }
    const imports = { ...host.imports, ...watched }
    this.component = glue.instantiate((file) => modules.get(file)!.module, imports, instantiateCore)
    this.host = host
    host.begin()
    this.globals = stateGlobals.map((global) => ({ global, value: global.value }))
    this.memories.keep()
    this.handles = this.component.gatehouseHandles().map((table) => [...table])
    this.budget = BigInt(initialFuel)
  }

  /** Fills the fuel of every core module and lowers the cap of every memory. Raises what the guest raises. */
  call(request: GuestRequest, fuel: number, memoryPages: number): GuestResponse {
    this.budget = BigInt(fuel)
    for (const core of this.cores) {
      ;(core[FUEL] as WebAssembly.Global<'i64'>).value = this.budget
      ;(core[PAGE_CAP] as WebAssembly.Global<'i32'>).value = memoryPages
      ;(core[GROWTH_REFUSED] as WebAssembly.Global<'i32'>).value = 0
    }
    try {
      return this.component.handle(request)
    } finally {
      this.host.flush()
    }
  }

  usage(): SlotUsage {
    return { fuel: Number(this.spent()), memory_bytes: this.memories.bytes }
  }

  get outOfFuel(): boolean {
    return this.spent() > this.budget
  }

  get growthRefused(): boolean {
    return this.cores.some((core) => (core[GROWTH_REFUSED] as WebAssembly.Global<'i32'>).value === 1)
  }

  get pages(): number {
    return this.usage().memory_bytes / PAGE_BYTES
  }

  /** Puts memories and globals back; false where that wouldn't be all: a memory grew, resource handles changed, or the host knows more of it. */
  restore(): boolean {
    if (!this.host.canBePutBack || this.memories.haveGrown) return false
    const handles = this.component.gatehouseHandles()
    if (handles.length !== this.handles.length || !handles.every((table, index) => same(table, this.handles[index]!)))
      return false
    this.memories.restore()
    for (const { global, value } of this.globals) global.value = value as never
    return true
  }

  /** Each core module has the whole budget to itself; what counts is the sum. */
  private spent(): bigint {
    return this.cores.reduce((sum, core) => sum + this.budget - (core[FUEL] as WebAssembly.Global<'i64'>).value, 0n)
  }
}

function same(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((value, index) => value === right[index])
}
