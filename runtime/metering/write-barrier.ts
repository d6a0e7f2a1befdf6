import { ByteWriter } from './byte-writer.js'
import { Bulk, Op, ValueType, type Instruction } from './instructions.js'
import type { Locals } from './locals.js'

/** A mark stands for so many bytes of memory: 2¹² of them. */
export const MARK_SHIFT = 12
/** The memory of marks, beside the module's own. */
const MARKS = 1
const WASM_PAGE_BYTES = 65_536

const LOCAL_GET = 0x20
const LOCAL_SET = 0x21
const LOCAL_TEE = 0x22
const I32_CONST = 0x41
const I32_ADD = 0x6a
const I32_SUB = 0x6b
const I32_SHR_U = 0x76
/** `i32.store8` on another memory than the first: bit 6 of the alignment says that its index follows. */
const STORE_MARK = [0x3a, 0x40, MARKS, 0] as const
const FILL_MARKS = [Op.bulk, Bulk.memoryFill, MARKS] as const

/** Pages of 64 KiB for the marks of a memory of at most `maxMemoryPages`; beyond it a store traps, and so does its mark. */
export function markPages(maxMemoryPages: number): number {
  return Math.ceil((maxMemoryPages * (WASM_PAGE_BYTES >> MARK_SHIFT)) / WASM_PAGE_BYTES)
}

/** Whether the instruction writes memory, and so is preceded by {@link markWrite}. */
export function writesMemory(instruction: Instruction): boolean {
  return storedType(instruction) !== undefined || isBulkWrite(instruction)
}

/**
 * Code that goes before an instruction which writes memory, and leaves its operands as they were: marks the block that the
 * write begins in. A write that reaches over the end of a block by less than its own 16 bytes marks the first alone, so
 * whoever restores takes 16 bytes more than the marks say. Where the write traps, the marks may have trapped before.
 */
export function markWrite(instruction: Instruction, locals: Locals): Uint8Array {
  const type = storedType(instruction)
  return type === undefined ? markRange(locals) : markStore(instruction.offset, type, locals)
}

/** On the stack: address, value. */
function markStore(offset: number, type: number, locals: Locals): Uint8Array {
  const address = locals.take('address', ValueType.i32)
  const value = locals.take('value', type)
  const writer = new ByteWriter(40).byte(LOCAL_SET).u32(value).byte(LOCAL_TEE).u32(address)
  if (offset !== 0)
    writer
      .byte(I32_CONST)
      .s64(BigInt(offset | 0))
      .byte(I32_ADD)
  writer.bytes([I32_CONST, MARK_SHIFT, I32_SHR_U, I32_CONST, 1, ...STORE_MARK])
  return writer.byte(LOCAL_GET).u32(address).byte(LOCAL_GET).u32(value).finish()
}

/** On the stack: address, a byte or a source, length. Marks from the first block to the last. */
function markRange(locals: Locals): Uint8Array {
  const [address, source, length] = ['address', 'source', 'length'].map((use) => locals.take(use, ValueType.i32)) as [
    number,
    number,
    number,
  ]
  const writer = new ByteWriter(64).byte(LOCAL_SET).u32(length).byte(LOCAL_SET).u32(source).byte(LOCAL_TEE).u32(address)
  writer.bytes([I32_CONST, MARK_SHIFT, I32_SHR_U, I32_CONST, 1])
  // Blocks up to the end, rounded up, less those before the start.
  writer.byte(LOCAL_GET).u32(address).byte(LOCAL_GET).u32(length).byte(I32_ADD)
  writer
    .byte(I32_CONST)
    .s64(BigInt((1 << MARK_SHIFT) - 1))
    .bytes([I32_ADD, I32_CONST, MARK_SHIFT, I32_SHR_U])
  writer
    .byte(LOCAL_GET)
    .u32(address)
    .bytes([I32_CONST, MARK_SHIFT, I32_SHR_U, I32_SUB, ...FILL_MARKS])
  for (const local of [address, source, length]) writer.byte(LOCAL_GET).u32(local)
  return writer.finish()
}

/** The type of value that a store takes from the stack; undefined where it is none. */
function storedType({ op, sub }: Instruction): number | undefined {
  if (op === Op.simd) return sub === 11 || (sub >= 88 && sub <= 91) ? ValueType.v128 : undefined
  if (op < 0x36 || op > 0x3e) return undefined
  if (op === 0x38) return ValueType.f32
  if (op === 0x39) return ValueType.f64
  return op === 0x36 || op === 0x3a || op === 0x3b ? ValueType.i32 : ValueType.i64
}

function isBulkWrite({ op, sub }: Instruction): boolean {
  return op === Op.bulk && (sub === Bulk.memoryInit || sub === Bulk.memoryCopy || sub === Bulk.memoryFill)
}
