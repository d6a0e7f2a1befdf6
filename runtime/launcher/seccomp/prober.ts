/**
 * An executable that plays code which has escaped V8 altogether and asks the kernel itself: a static ELF file of bare system
 * calls for x86-64, assembled here so that neither compiler nor binary is to be shipped. It makes each call once and writes
 * what came back to stdout, four bytes each (little-endian, a negative errno where it was refused).
 */
const BASE = 0x40_0000
const ELF_HEADER_BYTES = 64
const PROGRAM_HEADER_BYTES = 56
const CODE_AT = ELF_HEADER_BYTES + PROGRAM_HEADER_BYTES
/** Where answers are kept; far above any code that comes out here. */
const ANSWERS_AT = BASE + 0x10_0000
const RESULT_BYTES = 4

const EXIT = 60
const WRITE = 1
const NONSENSE = -1

/** One system call; arguments that are not given are nonsense, so that nothing comes of a call that gets through. */
export interface ProbedCall {
  readonly number: number
  readonly args?: readonly number[]
}

/** `mov register, imm32` (sign-extended) for the six arguments of a system call: rdi, rsi, rdx, r10, r8, r9. */
const MOVE_ARGUMENT = [
  [0x48, 0xc7, 0xc7],
  [0x48, 0xc7, 0xc6],
  [0x48, 0xc7, 0xc2],
  [0x49, 0xc7, 0xc2],
  [0x49, 0xc7, 0xc0],
  [0x49, 0xc7, 0xc1],
] as const

const int32 = (value: number): number[] => [
  value & 0xff,
  (value >> 8) & 0xff,
  (value >> 16) & 0xff,
  (value >> 24) & 0xff,
]

const systemCall = ({ number, args = [] }: ProbedCall): number[] => [
  ...MOVE_ARGUMENT.flatMap((move, index) => [...move, ...int32(args[index] ?? NONSENSE)]),
  ...[0xb8, ...int32(number)],
  ...[0x0f, 0x05],
]

const exit = systemCall({ number: EXIT, args: [0] })

/** Keeps the answer. Where `forks`, a child that came of it ends at once. */
const probe = (call: ProbedCall, index: number): number[] => {
  const keep = [0x89, 0x04, 0x25, ...int32(ANSWERS_AT + index * RESULT_BYTES)]
  // test eax, eax; jnz over the exit
  const endChild = FORKING.has(call.number) ? [0x85, 0xc0, 0x75, exit.length, ...exit] : []
  return [...systemCall(call), ...endChild, ...keep]
}

/** clone, fork and vfork. */
const FORKING: ReadonlySet<number> = new Set([56, 57, 58])

/** The executable that makes these calls, in their order. */
export function syscallProber(calls: readonly ProbedCall[]): Buffer {
  const code = [
    ...calls.flatMap(probe),
    ...systemCall({ number: WRITE, args: [1, ANSWERS_AT, calls.length * RESULT_BYTES] }),
    ...exit,
  ]
  const file = Buffer.alloc(CODE_AT + code.length)
  file.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1])
  file.writeUInt16LE(2, 16) // ET_EXEC
  file.writeUInt16LE(62, 18) // EM_X86_64
  file.writeUInt32LE(1, 20)
  file.writeBigUInt64LE(BigInt(BASE + CODE_AT), 24)
  file.writeBigUInt64LE(BigInt(ELF_HEADER_BYTES), 32)
  file.writeUInt16LE(ELF_HEADER_BYTES, 52)
  file.writeUInt16LE(PROGRAM_HEADER_BYTES, 54)
  file.writeUInt16LE(1, 56)
  writeSegment(file, ANSWERS_AT - BASE + calls.length * RESULT_BYTES)
  file.set(code, CODE_AT)
  return file
}

/** One segment for all, as large in memory as the answers need; it can be read, written and run. */
function writeSegment(file: Buffer, memoryBytes: number): void {
  file.writeUInt32LE(1, ELF_HEADER_BYTES) // PT_LOAD
  file.writeUInt32LE(7, ELF_HEADER_BYTES + 4)
  file.writeBigUInt64LE(BigInt(BASE), ELF_HEADER_BYTES + 16)
  file.writeBigUInt64LE(BigInt(BASE), ELF_HEADER_BYTES + 24)
  file.writeBigUInt64LE(BigInt(file.length), ELF_HEADER_BYTES + 32)
  file.writeBigUInt64LE(BigInt(memoryBytes), ELF_HEADER_BYTES + 40)
  file.writeBigUInt64LE(0x1000n, ELF_HEADER_BYTES + 48)
}

/** What each call came back with. */
export const answersOf = (output: Buffer): number[] =>
  Array.from({ length: Math.floor(output.length / RESULT_BYTES) }, (_, index) =>
    output.readInt32LE(index * RESULT_BYTES),
  )
