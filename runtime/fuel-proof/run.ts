import { admittedOpcodes } from './opcodes.js'
import { generatedModule } from './generated-modules.js'
import { proveModule, type Subject } from './prove-module.js'
import { suiteModules } from './suite-modules.js'
import { Tally } from './tally.js'

export interface FuelRun {
  readonly seed: string
  /** Random modules to make. */
  readonly generated: number
  /** Folders of the specification's tests; none: without them. */
  readonly suite: readonly string[]
  /** Modules that are made at a time, each by a process of its own. */
  readonly parallel: number
  /** Takes a line for each finding, and one now and then on the way. */
  readonly say: (line: string) => void
}
export interface FuelSummary {
  /** Modules that were compared: those of admission's kind, each once. */
  readonly modules: number
  readonly modules_generated: number
  readonly modules_of_the_specification: number
  /** Not compared, because admission refuses them, by its code. */
  readonly modules_refused: Readonly<Record<string, number>>
  readonly calls: number
  /** Opcodes of which an instruction was run in a module that was compared. */
  readonly opcodes_covered: number
  readonly opcodes_admitted: number
  /** Values, traps, host calls, memories, globals or tables that were not as unmetered; also after a reset. */
  readonly result_differences: number
  /** Calls that took another amount of fuel the second time, as a guest, after a reset, or with less of it. */
  readonly fuel_nondeterminism: number
  /** Modules put back by the marks of what they wrote, and run again. */
  readonly modules_reset: number
  /** Modules whose comparing ended at a call that took all fuel, or all of the stack: where that ends is no promise. */
  readonly out_of_fuel: number
  readonly out_of_stack: number
}

const CALLS_EACH = 4

export interface FuelResult {
  readonly summary: FuelSummary
  /** Opcodes that are admitted and were not run, or the other way round: then the list of those admitted is wrong. */
  readonly unproven: readonly string[]
}

/** Proves all modules, and says which opcodes were run. */
export async function proveFuel(options: FuelRun): Promise<FuelResult> {
  const admitted = admittedOpcodes()
  const covered = new Set<string>()
  const tally = new Tally(options.say)
  const prove = (subject: Subject): void =>
    tally.add(subject, () => proveModule(subject, { seed: options.seed, callsEach: CALLS_EACH, covered }))
  for (const subject of await suiteModules(options.suite)) prove(subject)
  const fromSuite = tally.modules
  for await (const subject of generated(options)) prove(subject)
  const unproven = [...admitted, ...covered].filter((opcode) => !(admitted.has(opcode) && covered.has(opcode)))
  const summary = {
    modules: tally.modules,
    modules_generated: tally.modules - fromSuite,
    modules_of_the_specification: fromSuite,
    modules_refused: tally.refused,
    calls: tally.calls,
    opcodes_covered: covered.size,
    opcodes_admitted: admitted.size,
    result_differences: tally.differences,
    fuel_nondeterminism: tally.nondeterminism,
    modules_reset: tally.reset,
    out_of_fuel: tally.outOfFuel,
    out_of_stack: tally.outOfStack,
  }
  return { summary, unproven }
}

/** In the order of their seeds, whichever was made first. */
async function* generated({ seed, generated: count, parallel }: FuelRun): AsyncGenerator<Subject> {
  const make = (index: number): Promise<Subject> => generatedModule(`${seed} ${index}`)
  for (let begun = 0; begun < count; begun += parallel) {
    const batch = Array.from({ length: Math.min(parallel, count - begun) }, (_, place) => make(begun + place))
    yield* await Promise.all(batch)
  }
}
