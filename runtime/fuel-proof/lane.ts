import { FUEL_EXPORT, MARKS_EXPORT, MEMORY_EXPORT } from '../metering/index.js'
import { WrittenMemories } from '../slots/child/written-memory.js'
import { ADAPTED } from './adapter.js'
import type { ModuleInterface } from './interface.js'
import { memoriesOf, stateOf, valueText } from './opened.js'
import { Stubs } from './stubs.js'
import type { Argument } from './values.js'

/** One call of an exported function, by its place among them. */
export interface Call {
  readonly index: number
  readonly parameters: readonly Argument[]
}
/** What a lane is made of: the code under test, and what all lanes of a module share. */
export interface LaneParts {
  readonly module: WebAssembly.Module
  readonly adapter: WebAssembly.Module
  readonly shape: ModuleInterface
  /** With marks of what is written, as guests have them: of so many pages. */
  readonly markPages?: number
}

/** The stack's end comes at another depth in other code, and with it the fuel spent until then. */
export const STACK = 'trap: stack'

const NONE: WebAssembly.Exports = {}

/** One instance of one form of a module. */
export class Lane {
  /** How instantiation or the last call ended, values with every bit. */
  outcome = 'instantiated'
  private readonly stubs: Stubs
  private readonly written = new WrittenMemories()
  private exports = NONE
  private functions: WebAssembly.Exports = {}

  constructor(private readonly parts: LaneParts) {
    this.stubs = new Stubs(parts.shape)
    this.outcome = this.run(() => {
      this.instantiate()
      return undefined
    })
  }

  /** Whether there is an instance: its start function did not trap, and its segments fit. */
  get started(): boolean {
    return this.exports !== NONE
  }

  /** Units left; undefined where the lane isn't metered, or its instance was never made. */
  get fuel(): bigint | undefined {
    return (this.exports[FUEL_EXPORT] as WebAssembly.Global<'i64'> | undefined)?.value
  }

  set fuel(units: bigint) {
    const global = this.exports[FUEL_EXPORT] as WebAssembly.Global<'i64'> | undefined
    if (global !== undefined) global.value = units
  }

  call({ index, parameters }: Call): string {
    const adapted = this.functions[String(index)] as (...values: readonly Argument[]) => unknown
    this.outcome = this.run(() => adapted(...parameters))
    return this.outcome
  }

  /** Outcome, host calls and state as text; memories apart. */
  seen(): string {
    return [this.outcome, ...this.stubs.log, stateOf(this.exports)].join('\n')
  }

  sameMemories(other: Lane): boolean {
    const [mine, theirs] = [memoriesOf(this.exports), memoriesOf(other.exports)]
    return mine.every((memory, index) => Buffer.from(memory.buffer).equals(Buffer.from(theirs[index]!.buffer)))
  }

  /** Its exports; none where it didn't start. */
  get exported(): WebAssembly.Exports {
    return this.exports
  }

  /** Takes what {@link restore} puts back. */
  keep(): void {
    this.written.keep()
  }

  /** Puts memories back by their marks, as a slot does, and forgets host calls. False where a memory grew. */
  restore(): boolean {
    if (this.written.haveGrown) return false
    this.written.restore()
    this.stubs.reset()
    return true
  }

  private instantiate(): void {
    const { markPages, module, adapter, shape } = this.parts
    this.written.add(this.stubs.functions)
    for (const memory of this.stubs.memories)
      if (markPages !== undefined)
        this.written.add({
          [MEMORY_EXPORT]: memory,
          [MARKS_EXPORT]: new WebAssembly.Memory({ initial: markPages, maximum: markPages }),
        })
    const imports = markPages === undefined ? this.stubs.imports : this.written.importsOf(this.stubs.imports)
    const { exports } = new WebAssembly.Instance(module, imports)
    this.written.add(exports)
    const adapted = Object.fromEntries(shape.functions.map(({ name }, index) => [String(index), exports[name]]))
    this.functions = new WebAssembly.Instance(adapter, { [ADAPTED]: adapted }).exports
    this.exports = exports
  }

  private run(work: () => unknown): string {
    try {
      const result = work()
      return `values: ${(Array.isArray(result) ? result : [result ?? '']).map(valueText).join()}`
    } catch (error) {
      return `trap: ${kindOf(error as Error)}`
    }
  }
}

/** What kind of trap it was; numbers in it are offsets, which move. */
function kindOf({ name, message }: Error): string {
  if (name === 'RangeError' && message.includes('call stack')) return 'stack'
  return `${name} ${message.replaceAll(/\d+/g, '#')}`
}
