import { Bulk, Op, type Instruction } from './instructions.js'

/** Raised whenever the price of any instruction or the shape of the rewritten module changes: an admitted artifact names it. */
export const METER_VERSION = 3

const FREE = new Set<number>([0x01, Op.block, Op.loop, Op.else, Op.end])
const DEARER = new Map<number, number>([
  [0x10, 3],
  [0x11, 5],
  [0x12, 3],
  [0x13, 5],
  [Op.memoryGrow, 64],
  ...[0x6d, 0x6e, 0x6f, 0x70, 0x7f, 0x80, 0x81, 0x82, 0x91, 0x95, 0x9f, 0xa3].map((op) => [op, 4] as const),
])

/** Fuel units of one instruction: about one a machine operation; block structure is free. */
export function costOf(instruction: Instruction): number {
  return FREE.has(instruction.op) ? 0 : (DEARER.get(instruction.op) ?? 1)
}

/**
 * Bulk operations do work in proportion to their last operand, so they pay for it at run time:
 * the shift turns that operand into units (8 bytes of memory, or one table element, a unit). Undefined: not such an operation.
 */
export function lengthShift(instruction: Instruction): number | undefined {
  if (instruction.op !== Op.bulk) return undefined
  switch (instruction.sub) {
    case Bulk.memoryInit:
    case Bulk.memoryCopy:
    case Bulk.memoryFill:
      return 3
    case Bulk.tableInit:
    case Bulk.tableCopy:
    case Bulk.tableGrow:
    case Bulk.tableFill:
      return 0
    default:
      return undefined
  }
}
