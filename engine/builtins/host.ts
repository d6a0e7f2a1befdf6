import { EvaluationError } from '../errors.js'
import { NoAnswer, type Call, type Family } from './call.js'
import { read, write } from './notation.js'
import type { Value } from './value.js'

/**
 * Fuel units for one step of a builtin. A step is about ten nanoseconds of JavaScript; in the same time a
 * module spends some fifty units. What a budget allows thus takes about as long outside of WASM as in it.
 */
const FUEL_PER_STEP = 30
/** Steps for one call, whatever it does: crossing from WASM to JavaScript and back. */
const CALL_COST = 100
/** Steps for each byte of arguments or result: what reading or writing it takes outside of WASM. */
const BYTE_COST = 1
/** Longest argument and longest result in bytes. What a decision needs is far smaller. */
export const MAX_VALUE_BYTES = 65_536

/** The functions of OPA's ABI by which values enter and leave a module. */
interface ValueExports {
  builtins(): number
  opa_json_dump(value: number): number
  opa_value_dump(value: number): number
  opa_value_parse(text: number, length: number): number
  opa_malloc(size: number): number
  opa_free(address: number): void
}

/**
 * Answers a module's calls of builtins that it does not bring along. They run outside of WASM, so the host makes them pay
 * from the same fuel for every byte they read and write, and for what they do beyond that. A call that cannot pay ends the evaluation with
 * `budget`; an argument or result above its cap ends it with `memory`.
 */
export class BuiltinHost {
  readonly #memory: WebAssembly.Memory
  readonly #library: Family
  readonly #names = new Map<number, string>()
  #exports!: ValueExports
  #fuel: WebAssembly.Global<'i64'> | undefined
  #bytes: Buffer

  constructor(memory: WebAssembly.Memory, library: Family) {
    this.#memory = memory
    this.#library = library
    this.#bytes = Buffer.from(memory.buffer)
  }

  /** What a module imports. */
  get imports(): WebAssembly.Imports {
    const builtin = (id: number, _context: number, ...args: number[]) => this.#answer(id, args)
    return {
      env: {
        memory: this.#memory,
        opa_abort: (address: number) => {
          throw new Error(this.#text(address).toString('utf8'))
        },
        opa_println: () => undefined,
        opa_builtin0: builtin,
        opa_builtin1: builtin,
        opa_builtin2: builtin,
        opa_builtin3: builtin,
        opa_builtin4: builtin,
      },
    }
  }

  /** Connects the module's own functions and fuel, and says which builtins it will ask for. */
  attach(exports: WebAssembly.Exports, fuel: WebAssembly.Global<'i64'> | undefined): string[] {
    this.#exports = exports as unknown as ValueExports
    this.#fuel = fuel
    const table = this.#text(this.#exports.opa_json_dump(this.#exports.builtins())).toString('utf8')
    for (const [name, id] of Object.entries(JSON.parse(table) as Record<string, number>)) this.#names.set(id, name)
    return [...this.#names.values()]
  }

  #answer(id: number, addresses: readonly number[]): number {
    this.#pay(CALL_COST)
    const name = this.#names.get(id) ?? ''
    const builtin = Object.hasOwn(this.#library, name) ? this.#library[name]! : undefined
    if (!builtin) throw new Error(`the engine has no builtin ${name}`)
    try {
      return this.#give(
        builtin(
          addresses.map((address) => this.#take(address)),
          this.#call,
        ),
        name,
      )
    } catch (error) {
      if (error instanceof NoAnswer) return 0
      throw error
    }
  }

  readonly #call: Call = { pay: (steps) => this.#pay(steps) }

  /** Takes the fuel of so many steps; the evaluation ends where there is not enough. */
  #pay(steps: number): void {
    if (!this.#fuel) return
    this.#fuel.value -= BigInt(Math.ceil(Math.min(FUEL_PER_STEP * steps, Number.MAX_SAFE_INTEGER)))
    if (this.#fuel.value < 0n) throw new EvaluationError('budget', 'a builtin ran out of fuel')
  }

  /** An argument, out of the module. */
  #take(address: number): Value {
    const dumped = this.#exports.opa_value_dump(address)
    const bytes = this.#text(dumped)
    refuseAbove(bytes.byteLength, 'an argument')
    this.#pay(BYTE_COST * bytes.byteLength)
    const value = read(bytes.toString('utf8'))
    this.#exports.opa_free(dumped)
    return value
  }

  /** A result, into the module. */
  #give(value: Value, name: string): number {
    const bytes = Buffer.from(write(value))
    refuseAbove(bytes.byteLength, 'a result')
    this.#pay(BYTE_COST * bytes.byteLength)
    const address = this.#exports.opa_malloc(bytes.byteLength)
    this.#view().set(bytes, address)
    const result = this.#exports.opa_value_parse(address, bytes.byteLength)
    if (result === 0) throw new Error(`the module does not read what ${name} answers`)
    this.#exports.opa_free(address)
    return result
  }

  #text(address: number): Buffer {
    const memory = this.#view()
    return memory.subarray(address, memory.indexOf(0, address))
  }

  /** Current memory; growing detaches the buffer that an earlier view stood on. */
  #view(): Buffer {
    if (this.#bytes.buffer !== this.#memory.buffer) this.#bytes = Buffer.from(this.#memory.buffer)
    return this.#bytes
  }
}

function refuseAbove(size: number, what: string): void {
  if (size > MAX_VALUE_BYTES)
    throw new EvaluationError('memory', `${what} of a builtin has ${size} bytes, at most ${MAX_VALUE_BYTES} are taken`)
}
