import { describe, expect, it } from '@jest/globals'
import { seccompFilter } from './filter.js'
import { ARCHITECTURES, CLONE, CLONE3, deniedOn, numberOn, type Architecture } from './syscalls.js'

const ALLOW = 'allow'
const EPERM = 'errno 1'
const ENOSYS = 'errno 38'
const KILL = 'kill'
const MASKS = { 0x7fff: ALLOW, 0x8000: KILL } as Readonly<Record<number, string>>

interface Asked {
  readonly number: number
  readonly audit?: number
  readonly firstArgument?: number
}

/** What the kernel would answer: a reading of classic BPF of our own, as far as filters use it. */
const verdict = (filter: Buffer, architecture: Architecture, asked: Asked): string => {
  const data = Buffer.alloc(64)
  data.writeUInt32LE(asked.number, 0)
  data.writeUInt32LE(asked.audit ?? ARCHITECTURES[architecture].audit, 4)
  data.writeUInt32LE(asked.firstArgument ?? 0, 16)
  let held = 0
  const tests = {
    0x15: (operand: number) => held === operand,
    0x25: (operand: number) => held > operand,
    0x35: (operand: number) => held >= operand,
    0x45: (operand: number) => (held & operand) !== 0,
  } as Readonly<Record<number, (operand: number) => boolean>>
  for (let at = 0; at < filter.length; at += 8) {
    const [code, operand] = [filter.readUInt16LE(at), filter.readUInt32LE(at + 4)]
    if (code === 0x20) held = data.readUInt32LE(operand)
    else if (code === 0x06) return MASKS[operand >>> 16] ?? `errno ${operand & 0xffff}`
    else at += 8 * filter.readUInt8(at + (tests[code]!(operand) ? 2 : 3))
  }
  throw new Error('the filter has no end')
}

describe.each(['x64', 'arm64'] as const)('the filter on %s', (architecture) => {
  const filter = seccompFilter(architecture)
  const ask = (asked: Asked) => verdict(filter, architecture, asked)

  it('refuses every call that is denied', () => {
    for (const [group, numbers] of Object.entries(deniedOn(architecture)))
      expect({ group, answers: new Set(numbers.map((number) => ask({ number }))) }).toEqual({
        group,
        answers: new Set([EPERM]),
      })
  })

  it('lets pass what computing takes: reading, writing, memory, futexes, exits', () => {
    const [read, write, mmap, futex, exit] =
      architecture === 'x64' ? [0, 1, 9, 202, 231] : ([63, 64, 222, 98, 94] as const)
    expect([read, write, mmap, futex, exit].map((number) => ask({ number }))).toEqual(Array(5).fill(ALLOW))
  })

  it('lets threads begin, and neither processes nor namespaces', () => {
    const number = numberOn(architecture, CLONE)!
    const [thread, newUser] = [0x003d_0f00, 0x1000_0000]
    expect(ask({ number, firstArgument: thread })).toBe(ALLOW)
    expect(ask({ number, firstArgument: 17 })).toBe(EPERM)
    expect(ask({ number, firstArgument: thread | newUser })).toBe(EPERM)
    expect(ask({ number: numberOn(architecture, CLONE3)! })).toBe(ENOSYS)
  })

  it('knows no call that came after it', () => {
    expect([462, 463, 1000].map((number) => ask({ number }))).toEqual([ALLOW, ENOSYS, ENOSYS])
  })

  it('ends whoever speaks as another machine', () => {
    const i386 = 0x4000_0003
    expect(ask({ number: 1, audit: i386 })).toBe(KILL)
    if (architecture === 'x64') expect(ask({ number: 0x4000_0000 + 1 })).toBe(KILL)
  })

  it('is short enough for the kernel', () => {
    expect(filter.length / 8).toBeLessThan(4096)
  })
})
