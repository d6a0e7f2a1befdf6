import { AdmissionError } from '../errors.js'
import type { ByteReader } from './byte-reader.js'

/** Opcodes that the pass looks at by name; everything else is only skipped and priced. */
export const Op = {
  unreachable: 0x00,
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  brTable: 0x0e,
  call: 0x10,
  tableGet: 0x25,
  tableSet: 0x26,
  memoryGrow: 0x40,
  bulk: 0xfc,
  simd: 0xfd,
} as const

/** Sub-opcodes of 0xFC. */
export const Bulk = {
  memoryInit: 8,
  dataDrop: 9,
  memoryCopy: 10,
  memoryFill: 11,
  tableInit: 12,
  elemDrop: 13,
  tableCopy: 14,
  tableGrow: 15,
  tableSize: 16,
  tableFill: 17,
} as const

/** Codes of value types. */
export const ValueType = { v128: 0x7b, f64: 0x7c, f32: 0x7d, i64: 0x7e, i32: 0x7f } as const

export interface Instruction {
  readonly op: number
  /** Sub-opcode after a prefix byte, else 0. */
  readonly sub: number
  /** What a load or store adds to its address, else 0. */
  readonly offset: number
  /** Relative branch depths, for br, br_if and br_table. */
  readonly labels: readonly number[]
}

const NO_LABELS: readonly number[] = []

/**
 * Reads one instruction with its immediates. What it doesn't know is refused, never skipped:
 * threads, exceptions, GC, multi-memory and relaxed SIMD are `admission.unsupported`.
 */
export function readInstruction(reader: ByteReader): Instruction {
  const op = reader.byte()
  if (op >= Op.br && op <= Op.brTable) return { op, sub: 0, offset: 0, labels: readLabels(reader, op) }
  if (op === Op.bulk) {
    const sub = reader.u32()
    skipBulk(reader, sub)
    return { op, sub, offset: 0, labels: NO_LABELS }
  }
  if (op === Op.simd) {
    const sub = reader.u32()
    return { op, sub, offset: skipSimd(reader, sub), labels: NO_LABELS }
  }
  const accesses = op >= 0x28 && op <= 0x3e
  const offset = accesses ? readMemoryOffset(reader) : 0
  if (!accesses) skipImmediates(reader, op)
  return { op, sub: 0, offset, labels: NO_LABELS }
}

function readLabels(reader: ByteReader, op: number): number[] {
  if (op !== Op.brTable) return [reader.u32()]
  const count = reader.u32()
  const labels: number[] = []
  for (let index = 0; index <= count; index++) labels.push(reader.u32())
  return labels
}

function skipImmediates(reader: ByteReader, op: number): void {
  if (isPlain(op)) return
  if (op >= Op.block && op <= Op.if) return reader.skipLeb()
  switch (op) {
    case 0x10: // call
    case 0x12: // return_call
    case 0x20: // local.get
    case 0x21: // local.set
    case 0x22: // local.tee
    case 0x23: // global.get
    case 0x24: // global.set
    case Op.tableGet:
    case Op.tableSet:
    case 0xd2: // ref.func
      return reader.skipLeb()
    case 0x11: // call_indirect
    case 0x13: // return_call_indirect
      reader.skipLeb()
      return reader.skipLeb()
    case 0x1c: // select with types
      for (let count = reader.u32(); count > 0; count--) skipValueType(reader)
      return
    case 0x3f: // memory.size
    case Op.memoryGrow:
      return onlyMemoryZero(reader)
    case 0x41: // i32.const
      return reader.skipLeb(5)
    case 0x42: // i64.const
      return reader.skipLeb(10)
    case 0x43: // f32.const
      return reader.skip(4)
    case 0x44: // f64.const
      return reader.skip(8)
    case 0xd0: // ref.null
      return skipReferenceType(reader)
    default:
      throw unsupported(`instruction 0x${op.toString(16)}`)
  }
}

/** Instructions without immediates: unreachable, nop, else, end, return, drop, select, the numeric ones, ref.is_null. */
function isPlain(op: number): boolean {
  return (
    op <= 0x01 ||
    op === Op.else ||
    op === Op.end ||
    op === 0x0f ||
    op === 0x1a ||
    op === 0x1b ||
    (op >= 0x45 && op <= 0xc4) ||
    op === 0xd1
  )
}

function skipBulk(reader: ByteReader, sub: number): void {
  if (sub <= 7) return
  switch (sub) {
    case Bulk.memoryInit:
      reader.skipLeb()
      return onlyMemoryZero(reader)
    case Bulk.memoryCopy:
      onlyMemoryZero(reader)
      return onlyMemoryZero(reader)
    case Bulk.memoryFill:
      return onlyMemoryZero(reader)
    case Bulk.tableInit:
    case Bulk.tableCopy:
      reader.skipLeb()
      return reader.skipLeb()
    case Bulk.dataDrop:
    case Bulk.elemDrop:
    case Bulk.tableGrow:
    case Bulk.tableSize:
    case Bulk.tableFill:
      return reader.skipLeb()
    default:
      throw unsupported(`instruction 0xfc ${sub}`)
  }
}

/** The offset of its memory access, if it has one. */
function skipSimd(reader: ByteReader, sub: number): number {
  if (sub > 255) throw unsupported('relaxed SIMD, whose results differ between machines')
  if (sub === 12 || sub === 13) reader.skip(16)
  if (sub >= 21 && sub <= 34) reader.skip(1)
  if (sub <= 11 || sub === 92 || sub === 93) return readMemoryOffset(reader)
  if (sub < 84 || sub > 91) return 0
  const offset = readMemoryOffset(reader)
  reader.skip(1)
  return offset
}

function readMemoryOffset(reader: ByteReader): number {
  // Bit 6 of the alignment says that a memory index follows (multi-memory).
  if (reader.u32() >= 0x40) throw unsupported('more than one memory')
  return reader.u32()
}

function onlyMemoryZero(reader: ByteReader): void {
  if (reader.u32() !== 0) throw unsupported('more than one memory')
}

/** A value type: numbers, v128, funcref, externref. Typed and GC references are refused. */
export function skipValueType(reader: ByteReader): number {
  const type = reader.byte()
  if ((type >= 0x7b && type <= 0x7f) || type === 0x70 || type === 0x6f) return type
  throw unsupported(`value type 0x${type.toString(16)}`)
}

/** funcref or externref. */
export function skipReferenceType(reader: ByteReader): void {
  const type = reader.byte()
  if (type !== 0x70 && type !== 0x6f) throw unsupported(`reference type 0x${type.toString(16)}`)
}

/** Passes over a constant expression, its `end` included. */
export function skipConstantExpression(reader: ByteReader): void {
  while (readInstruction(reader).op !== Op.end);
}

/** What the metering pass doesn't know is refused by this. */
export function unsupported(what: string): AdmissionError {
  return new AdmissionError('admission.unsupported', `the module uses ${what}, which can't be metered`, {
    feature: what,
  })
}
