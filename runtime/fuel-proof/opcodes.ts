import { meter } from '../metering/index.js'
import { Op, type Instruction } from '../metering/instructions.js'
import { Section } from '../metering/module-layout.js'
import { vectorOf, writeSections } from './sections.js'

/** Instructions by name: `0x6a`, `0xfc 8`. */
export function opcodeOf({ op, sub }: Pick<Instruction, 'op' | 'sub'>): string {
  return op === Op.bulk || op === Op.simd ? `0x${op.toString(16)} ${sub}` : `0x${op.toString(16)}`
}

/** More than any opcode after a prefix has had yet. */
const SUB_OPCODES = 512
const ALL = [
  ...Array.from({ length: 256 }, (_, op) => ({ op, sub: 0 })).filter(({ op }) => op !== Op.bulk && op !== Op.simd),
  ...[Op.bulk, Op.simd].flatMap((op) => Array.from({ length: SUB_OPCODES }, (_, sub) => ({ op, sub }))),
]

const zeros = (count: number): number[] => Array.from({ length: count }, () => 0)
/** One of these suits every instruction: indices, a block's type, a reference's, constants, a list of one type. */
const IMMEDIATES = [[], [0], [0, 0], [0, 0, 0], zeros(4), zeros(8), zeros(16), [0x40, 0x0b], [0x70], [1, 0x7f]]
/** `else` and `end` are instructions of a block. */
const AROUND = [
  [[], []],
  [[Op.unreachable, Op.if, 0x40], [Op.end]],
  [[Op.block, 0x40], []],
] as const

/**
 * The opcodes that admission lets through: of all there may be, those for which there is a module with one that is metered.
 * What follows `unreachable` finds any operands on the stack, so no types have to be known.
 */
export function admittedOpcodes(): Set<string> {
  return new Set(ALL.filter(isAdmitted).map(opcodeOf))
}

function isAdmitted({ op, sub }: { op: number; sub: number }): boolean {
  const code = op === Op.bulk || op === Op.simd ? [op, ...(sub < 128 ? [sub] : [(sub & 127) | 128, sub >> 7])] : [op]
  return AROUND.some(([before, after]) =>
    IMMEDIATES.some((immediates) =>
      isMetered(moduleWith([...before, Op.unreachable, ...code, ...immediates, ...after, Op.unreachable, Op.end])),
    ),
  )
}

/** One of each that an index may name: a function of an i32, a table, a memory, a global, an element and a data segment. */
function moduleWith(instructions: readonly number[]): Uint8Array {
  const body = [0, ...instructions]
  return writeSections(
    new Map([
      [Section.type, vectorOf([[0x60, 1, 0x7f, 0]])],
      [Section.function, vectorOf([[0]])],
      [Section.table, vectorOf([[0x70, 0, 1]])],
      [Section.memory, vectorOf([[0, 1]])],
      [Section.global, vectorOf([[0x7f, 1, 0x41, 0, Op.end]])],
      [Section.element, vectorOf([[1, 0, 1, 0]])],
      [Section.dataCount, new Uint8Array([1])],
      [Section.code, vectorOf([[body.length, ...body]])],
      [Section.data, vectorOf([[1, 0]])],
    ]),
  )
}

function isMetered(wasm: Uint8Array): boolean {
  if (!WebAssembly.validate(wasm as BufferSource)) return false
  try {
    meter(wasm, { maxMemoryPages: 1 })
    return true
  } catch {
    return false
  }
}
