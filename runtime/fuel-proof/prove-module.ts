import { AdmissionError } from '../errors.js'
import { meter, type MeteredModule } from '../metering/index.js'
import { markPages } from '../metering/write-barrier.js'
import { adapterFor } from './adapter.js'
import { watchOpcodes } from './coverage.js'
import { interfaceOf, type ModuleInterface } from './interface.js'
import { Lane, STACK, type Call } from './lane.js'
import { opened } from './opened.js'
import { Choices } from './seeded.js'
import { argumentsFor, type Argument } from './values.js'

/** A module to prove, with calls that are known to be worth making. */
export interface Subject {
  readonly name: string
  readonly wasm: Uint8Array
  readonly calls: readonly { readonly name: string; readonly parameters: readonly Argument[] }[]
}
export interface ProofOptions {
  readonly seed: string
  /** Calls with generated arguments for each exported function. */
  readonly callsEach: number
  /** Opcodes of which an instruction has been run; those of this module are added. */
  readonly covered: Set<string>
  /** What is proven, unless it is the pass that admission runs. */
  readonly meter?: typeof meter
}
/** What came of one module. Differences are told in words. */
export interface Proof {
  /** The code of the refusal, where admission doesn't let the module through. */
  readonly refused?: string
  readonly calls: number
  readonly differences: readonly string[]
  readonly nondeterminism: readonly string[]
  /** Calls at which comparing ended: of the fuel, or of the stack. */
  readonly outOfFuel: number
  readonly outOfStack: number
  /** Put back by its marks, and all its calls made again. */
  readonly replayed: boolean
}

const BUDGET = 10_000_000n
const MAX_PAGES = 65_536
/** The caps are out of the way here, so that growing ends for both alike; their own specs hold them. */
const OPTIONS = { maxMemoryPages: MAX_PAGES, maxTableElements: 10_000_000, initialFuel: BUDGET }
const REFUSED = { calls: 0, differences: [], nondeterminism: [], outOfFuel: 0, outOfStack: 0, replayed: false }

/** Runs a module as it is, metered, metered once more, and as guests are, and compares all that can be seen. */
export function proveModule(subject: Subject, options: ProofOptions): Proof {
  try {
    const comparison = new Comparison(subject, options)
    comparison.run()
    return comparison
  } catch (error) {
    if (error instanceof AdmissionError) return { ...REFUSED, refused: error.code }
    throw error
  }
}

interface Said {
  readonly seen: string
  readonly fuel: bigint | undefined
}

class Comparison implements Proof {
  readonly differences: string[] = []
  readonly nondeterminism: string[] = []
  outOfFuel = 0
  outOfStack = 0
  replayed = false
  private readonly shape: ModuleInterface
  private readonly wasm: Uint8Array
  private readonly adapter: WebAssembly.Module
  private readonly metered: WebAssembly.Module
  private readonly guest: MeteredModule
  private readonly made: Call[] = []

  constructor(
    private readonly subject: Subject,
    private readonly options: ProofOptions,
  ) {
    this.shape = interfaceOf(subject.wasm)
    this.wasm = opened(subject.wasm, this.shape)
    const pass = options.meter ?? meter
    this.metered = compile(pass(this.wasm, OPTIONS).wasm)
    this.guest = pass(this.wasm, { ...OPTIONS, exportState: true })
    this.adapter = compile(adapterFor(this.shape))
  }

  get calls(): number {
    return this.made.length
  }

  run(): void {
    const [first, second] = [this.lane(this.metered), this.lane(this.metered)]
    const guest = this.lane(compile(this.guest.wasm), markPages(MAX_PAGES))
    const raw = this.lane(compile(this.wasm))
    this.compare('instantiation', raw, [first, second, guest])
    if (!raw.started || !first.started || !guest.started) return
    const globals = this.guest.stateGlobals.map((name) => guest.exported[name] as WebAssembly.Global)
    const values = globals.map(({ value }) => value)
    guest.keep()
    const said = this.makeCalls(raw, [first, second, guest])
    this.starve(said)
    const comparable = this.outOfFuel + this.outOfStack === 0 && this.guest.resettable
    if (comparable && this.differences.length === 0 && guest.restore()) {
      globals.forEach((global, index) => (global.value = values[index] as never))
      this.replay(guest, said)
    }
    this.cover()
  }

  /** Makes every call in every lane; ends early where the fuel or the stack did. What the metered lane said, call by call. */
  private makeCalls(raw: Lane, metered: readonly Lane[]): Said[] {
    const said: Said[] = []
    for (const call of this.plan()) {
      const title = this.title(call)
      for (const lane of metered) {
        lane.fuel = BUDGET
        lane.call(call)
      }
      const outcomes = metered.map(({ outcome }) => outcome)
      if (outcomes.includes(STACK)) return (this.outOfStack++, said)
      this.compareFuel(title, metered)
      if (metered[0]!.fuel! < 0n) return (this.outOfFuel++, said)
      if (raw.call(call) === STACK) return (this.outOfStack++, said)
      this.made.push(call)
      said.push({ seen: metered[0]!.seen(), fuel: metered[0]!.fuel })
      this.compare(title, raw, metered)
      if (this.differences.length > 0) return said
    }
    return said
  }

  private compare(title: string, raw: Lane, metered: readonly Lane[]): void {
    const expected = raw.seen()
    metered.forEach((lane, index) => {
      const [actual, form] = [lane.seen(), index === 2 ? 'as a guest' : 'metered']
      if (actual !== expected) this.differences.push(`${title}: ${shorten(expected)} became ${shorten(actual)} ${form}`)
      else if (lane.started && !raw.sameMemories(lane)) this.differences.push(`${title}: memory differs ${form}`)
    })
  }

  private compareFuel(title: string, lanes: readonly Lane[]): void {
    const left = lanes.map(({ fuel }) => fuel)
    if (new Set(left).size > 1) this.nondeterminism.push(`${title}: fuel left ${left.join(', ')}`)
  }

  /** With half of the fuel that a call took, it must end without. */
  private starve(said: readonly Said[]): void {
    const choices = new Choices(`${this.options.seed} ${this.subject.name} starved`)
    const starved = said.length === 0 ? -1 : choices.below(said.length)
    const spent = BUDGET - (said[starved]?.fuel ?? BUDGET)
    if (spent === 0n) return
    const lane = this.lane(this.metered)
    this.made.slice(0, starved + 1).forEach((call, index) => {
      lane.fuel = index === starved ? spent / 2n : BUDGET
      lane.call(call)
    })
    if (lane.fuel! >= 0n)
      this.nondeterminism.push(`${this.title(this.made[starved]!)}: took ${spent}, and less with less`)
  }

  /** The guest was put back: the same calls must go as before, for the same fuel. */
  private replay(guest: Lane, said: readonly Said[]): void {
    this.replayed = true
    this.made.forEach((call, index) => {
      guest.fuel = BUDGET
      guest.call(call)
      const { seen, fuel } = said[index]!
      if (guest.seen() !== seen) this.differences.push(`${this.title(call)}: after a reset ${shorten(guest.seen())}`)
      if (guest.fuel !== fuel)
        this.nondeterminism.push(`${this.title(call)}: ${guest.fuel} left after a reset, not ${fuel}`)
    })
  }

  private cover(): void {
    const watched = watchOpcodes(this.wasm, this.options.covered)
    if (watched === undefined) return
    const lane = this.lane(compile(watched.wasm))
    for (const call of this.made) lane.call(call)
    if (lane.started) for (const opcode of watched.ran(lane.exported)) this.options.covered.add(opcode)
  }

  private plan(): Call[] {
    const { functions } = this.shape
    const index = new Map(functions.map(({ name }, place) => [name, place]))
    const given = this.subject.calls.flatMap(({ name, parameters }) => {
      const place = index.get(name)
      return place === undefined ? [] : [{ index: place, parameters }]
    })
    const generated = functions.flatMap(({ signature }, place) =>
      Array.from({ length: this.options.callsEach }, (_, round) => ({
        index: place,
        parameters: argumentsFor(signature, new Choices(`${this.options.seed} ${this.subject.name} ${place} ${round}`)),
      })),
    )
    return [...given, ...generated]
  }

  private lane(module: WebAssembly.Module, marks?: number): Lane {
    const parts = { module, adapter: this.adapter, shape: this.shape }
    return new Lane(marks === undefined ? parts : { ...parts, markPages: marks })
  }

  private title({ index, parameters }: Call): string {
    return `${this.subject.name} ${this.shape.functions[index]!.name}(${parameters.join()})`
  }
}

function compile(wasm: Uint8Array): WebAssembly.Module {
  return new WebAssembly.Module(wasm as BufferSource)
}

function shorten(text: string): string {
  const flat = text.replaceAll('\n', ' | ')
  return flat.length > 200 ? `${flat.slice(0, 200)}…` : flat
}
