import type { LoadedPolicy } from '@open-policy-agent/opa-wasm'
import { FUEL_EXPORT, meter } from '#runtime/metering/index.js'
import { BuiltinHost } from './builtins/host.js'
import { LIBRARY, refusedBuiltins } from './builtins/library.js'
import { EvaluationError, PolicyLoadError, type EvaluationCause } from './errors.js'
import { quicken } from './opa-runtime/link.js'
import { openPolicy } from './sdk.js'

const PAGE_BYTES = 65_536
/** Pages an instance starts with; OPA's runtime and a small policy fit. */
const INITIAL_PAGES = 5
/**
 * Pages that an instance takes beyond its policy and data before it is first asked: 1 MiB. Growing costs fuel, so that an evaluation
 * which had to grow would cost more than the same one after it.
 */
const READY_PAGES = 16
/** Fuel for setting an instance up: parsing the largest permitted data takes about a tenth of it. */
const SETUP_FUEL = 200_000_000n

/** How OPA's ABI numbers the notations that a result set can be written in. */
export const NOTATION = { json: 0, values: 1 } as const
type Notation = (typeof NOTATION)[keyof typeof NOTATION]

/** The functions of OPA's WASM ABI (1.2 and later) that an evaluation uses. */
interface PolicyExports {
  opa_eval(
    reserved: number,
    entrypoint: number,
    data: number,
    input: number,
    inputLength: number,
    heap: number,
    format: number,
  ): number
  opa_malloc(size: number): number
}

/** A module that went through metering and validation, ready to be instantiated any number of times. */
export interface CompiledPolicy {
  readonly module: WebAssembly.Module
  readonly maxPages: number
  readonly data: Uint8Array
}

/** Meters and compiles a policy. A module that cannot be metered is refused, never run raw. Raises {@link PolicyLoadError}. */
export async function compilePolicy(wasm: Uint8Array, data: Uint8Array, maxPages: number): Promise<CompiledPolicy> {
  try {
    const metered = meter(quicken(wasm), { maxMemoryPages: maxPages, initialFuel: SETUP_FUEL })
    return { module: await WebAssembly.compile(metered.wasm as BufferSource), maxPages, data }
  } catch (error) {
    throw new PolicyLoadError(`the policy module cannot be admitted: ${(error as Error).message}`)
  }
}

/** One instance of a policy: evaluates from and to bytes, and is thrown away after any {@link EvaluationError}. */
export class PolicyInstance {
  readonly #policy: LoadedPolicy
  readonly #exports: PolicyExports
  readonly #fuel: WebAssembly.Global<'i64'>
  readonly #notation: Notation
  readonly #readyPages: number
  #memory: Buffer

  /**
   * Raises {@link PolicyLoadError} where the module asks for builtins we refuse or does not start.
   * @param notation how result sets are written: as JSON, or as Rego's values, in which a set is not an array
   */
  constructor(compiled: CompiledPolicy, notation: Notation = NOTATION.json) {
    this.#notation = notation
    const loaded = instantiate(compiled)
    this.#policy = loaded.policy
    this.#fuel = loaded.fuel
    this.#exports = (loaded.policy.wasmInstance as WebAssembly.Instance).exports as unknown as PolicyExports
    this.#makeReady(compiled.maxPages)
    this.#memory = Buffer.from(loaded.policy.mem.buffer)
    this.#readyPages = this.#pages
  }

  /** Entrypoints by path, such as `governance/call/decision`, with the number each is called by. */
  get entrypoints(): Readonly<Record<string, number>> {
    return this.#policy.entrypoints as Record<string, number>
  }

  /** Whether an evaluation needed more memory than there was. It gives none of it back, and the next one would cost less than it should. */
  get hasGrown(): boolean {
    return this.#pages > this.#readyPages
  }

  get #pages(): number {
    return this.#policy.mem.buffer.byteLength / PAGE_BYTES
  }

  /**
   * Evaluates one entrypoint over JSON bytes.
   * @returns OPA's result set as text in the instance's notation, one UTF-16 unit for each byte, and the fuel units spent
   */
  evaluate(entrypoint: number, input: Uint8Array, budget: number): { text: string; fuel: number } {
    this.#fuel.value = BigInt(budget)
    try {
      const address = this.#place(input)
      const end = address + input.byteLength
      const [data, length] = [this.#policy.dataAddr, input.byteLength]
      const result = this.#exports.opa_eval(0, entrypoint, data, address, length, end, this.#notation)
      return { text: this.#read(result), fuel: this.#spent(budget) }
    } catch (error) {
      throw new EvaluationError(this.#causeOf(error), describe(error), this.#spent(budget))
    }
  }

  /** Has the module itself grow, since it does not see what a host grows. An evaluation begins with the heap as it was before. */
  #makeReady(maxPages: number): void {
    const pages = Math.min(READY_PAGES, maxPages - this.#pages)
    if (pages > 0) this.#exports.opa_malloc((pages - 1) * PAGE_BYTES)
  }

  /** Writes the input where the heap begins, as OPA's ABI asks; memory grows up to its cap. */
  #place(input: Uint8Array): number {
    const address = this.#policy.dataHeapPtr as number
    const missing = address + input.byteLength - this.#policy.mem.buffer.byteLength
    if (missing > 0) this.#policy.mem.grow(Math.ceil(missing / PAGE_BYTES))
    this.#view().set(input, address)
    return address
  }

  #read(address: number): string {
    const memory = this.#view()
    return memory.toString('latin1', address, memory.indexOf(0, address))
  }

  /** Current memory; growing detaches the buffer that an earlier view stood on. */
  #view(): Buffer {
    if (this.#memory.buffer !== this.#policy.mem.buffer) this.#memory = Buffer.from(this.#policy.mem.buffer)
    return this.#memory
  }

  #spent(budget: number): number {
    const left = Number(this.#fuel.value)
    return budget - Math.max(left, 0)
  }

  #causeOf(error: unknown): EvaluationCause {
    if (error instanceof EvaluationError) return error.reason
    if (this.#fuel.value < 0n) return 'budget'
    const message = describe(error)
    if (message.startsWith('opa_malloc') || message.includes('Memory.grow')) return 'memory'
    if (message.startsWith('failed to parse')) return 'invalid'
    return 'trap'
  }
}

const describe = (error: unknown): string => (error instanceof Error ? error.message : String(error))

function instantiate(compiled: CompiledPolicy): { policy: LoadedPolicy; fuel: WebAssembly.Global<'i64'> } {
  try {
    const memory = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: compiled.maxPages })
    const host = new BuiltinHost(memory, LIBRARY)
    const { instance, policy } = openPolicy(compiled.module, memory, host.imports)
    const fuel = instance.exports[FUEL_EXPORT] as WebAssembly.Global<'i64'>
    const refused = refusedBuiltins(host.attach(instance.exports, fuel))
    if (refused.length > 0)
      throw new PolicyLoadError(`the policy asks for builtins that the engine refuses: ${refused.join(', ')}`)
    policy.setData(exactBuffer(compiled.data))
    return { policy, fuel }
  } catch (error) {
    if (error instanceof PolicyLoadError) throw error
    throw new PolicyLoadError(`the policy module does not start: ${describe(error)}`)
  }
}

/** The bytes in a buffer of their own: opa-wasm takes an ArrayBuffer for JSON text and writes out all of it. */
const exactBuffer = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer
