import {
  ARCHITECTURES,
  CLONE,
  CLONE3,
  deniedOn,
  LAST_KNOWN_CALL,
  numberOn,
  PRCTL,
  type Architecture,
} from './syscalls.js'

/** One instruction of classic BPF: `struct sock_filter` of linux/filter.h. */
type Instruction = readonly [code: number, ifTrue: number, ifFalse: number, operand: number]
const INSTRUCTION_BYTES = 8

/** Where `struct seccomp_data` keeps what is asked; arguments are 64 bits wide, of which the lower half comes first. */
const AT = { number: 0, architecture: 4, firstArgument: 16 } as const

const load = (offset: number): Instruction => [0x20, 0, 0, offset]
const answer = (what: number): Instruction => [0x06, 0, 0, what]
/** Each goes on with the next instruction, or the next `count`, where it holds; else it leaves them out. */
const ifEqual = (operand: number, count = 1): Instruction => [0x15, 0, count, operand]
const ifOther = (operand: number): Instruction => [0x15, 1, 0, operand]
const ifAbove = (operand: number): Instruction => [0x25, 0, 1, operand]
const ifAtLeast = (operand: number): Instruction => [0x35, 0, 1, operand]
const ifAnyBit = (operand: number): Instruction => [0x45, 0, 1, operand]

const ERRNO = 0x0005_0000
const ALLOW = 0x7fff_0000
const KILL_PROCESS = 0x8000_0000
const EPERM = ERRNO | 1
const ENOSYS = ERRNO | 38

/** x86-64 with 32-bit pointers: the same calls under other numbers. */
const X32_BIT = 0x4000_0000
const CLONE_THREAD = 0x0001_0000
/** Every `CLONE_NEW…` flag. */
const CLONE_NAMESPACES = 0x7e02_0000

/**
 * The seccomp filter of the launcher: bytes for `bwrap --seccomp` and for `prctl(PR_SET_SECCOMP)`. What is denied answers
 * EPERM, what libc can do without ENOSYS, and calls made for another machine end the process. Node and `opa` run under it
 * with threads, timers, pipes and the files they are shown; they begin no process and have no sockets but what they were given.
 */
export function seccompFilter(architecture: Architecture): Buffer {
  const denied = Object.values(deniedOn(architecture)).flat()
  const program: Instruction[] = [
    load(AT.architecture),
    ...[ifOther(ARCHITECTURES[architecture].audit), answer(KILL_PROCESS)],
    load(AT.number),
    ...(architecture === 'x64' ? [ifAtLeast(X32_BIT), answer(KILL_PROCESS)] : []),
    ...[ifAbove(LAST_KNOWN_CALL), answer(ENOSYS)],
    ...[ifEqual(numberOn(architecture, CLONE3)!), answer(ENOSYS)],
    ...denied.flatMap((number) => [ifEqual(number), answer(EPERM)]),
    ifEqual(numberOn(architecture, CLONE)!, THREADS_ONLY.length),
    ...THREADS_ONLY,
    answer(ALLOW),
  ]
  return encode(program)
}

/** What `clone` may do: begin a thread in the namespaces that are. */
const THREADS_ONLY: readonly Instruction[] = [
  load(AT.firstArgument),
  ...[ifAnyBit(CLONE_NAMESPACES), answer(EPERM)],
  ...[ifAnyBit(CLONE_THREAD), answer(ALLOW)],
  answer(EPERM),
]

function encode(program: readonly Instruction[]): Buffer {
  const bytes = Buffer.alloc(program.length * INSTRUCTION_BYTES)
  program.forEach(([code, ifTrue, ifFalse, operand], index) => {
    const at = index * INSTRUCTION_BYTES
    bytes.writeUInt16LE(code, at)
    bytes.writeUInt8(ifTrue, at + 2)
    bytes.writeUInt8(ifFalse, at + 3)
    bytes.writeUInt32LE(operand >>> 0, at + 4)
  })
  return bytes
}

/** What `prctl` is called by number: for whoever has only a bare system call. */
export const prctlNumber = (architecture: Architecture): number => numberOn(architecture, PRCTL)!
