import { parse } from '@bytecodealliance/jco'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { meter } from '../metering/index.js'
import { generatedModule } from './generated-modules.js'
import { admittedOpcodes } from './opcodes.js'
import { proveModule, type Proof } from './prove-module.js'

const WAT = `(module
  (import "env" "note" (func $note (param i32) (result i64)))
  (memory 1 3) (table 2 funcref) (elem (i32.const 0) $store)
  (global $total (mut i64) (i64.const 0))
  (func $store (export "store") (param i32 i32) local.get 0 local.get 1 i32.store offset=4090)
  (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add)
  (func (export "vector") (param v128 f32) (result v128 f32) local.get 0 local.get 0 i32x4.add local.get 1 f32.sqrt)
  (func (export "note") (param i32) (result i32) global.get $total local.get 0 call $note i64.add global.set $total
    i32.const 1 memory.grow)
  (func (export "never") (param i32) i32.const 0 if i32.const 1 i32.popcnt drop end)
  (func (export "indirect") (param i32) i32.const 1 i32.const 2 local.get 0 call_indirect (param i32 i32)))`

const NOTHING_FOUND = { differences: [], nondeterminism: [] }

describe('the proof of fuel', () => {
  let wasm: Uint8Array
  const prove = (pass?: typeof meter, covered = new Set<string>()): Proof =>
    proveModule(
      { name: 'spec', wasm, calls: [] },
      { seed: 'spec', callsEach: 5, covered, ...(pass && { meter: pass }) },
    )
  beforeAll(async () => void (wasm = await parse(WAT)))

  it('finds nothing in the pass that admission runs', () => {
    expect(prove()).toMatchObject({ ...NOTHING_FOUND, calls: 30, outOfFuel: 0, outOfStack: 0 })
  })

  it.each([1, 2, 3])(
    'finds nothing in random module %i, which is the same each time',
    async (index) => {
      const subject = await generatedModule(`spec ${index}`)
      expect((await generatedModule(`spec ${index}`)).wasm).toEqual(subject.wasm)
      const proof = proveModule(subject, { seed: 'spec', callsEach: 2, covered: new Set() })
      expect(proof).toMatchObject(NOTHING_FOUND)
      expect(proof.refused).toBeUndefined()
    },
    120_000,
  )

  it('counts instructions that were run, not those that are only there', () => {
    const covered = new Set<string>()
    prove(undefined, covered)
    expect([...covered]).toEqual(expect.arrayContaining(['0x6a', '0xfd 174', '0x11']))
    expect(covered.has('0x69')).toBe(false)
  })

  it('finds a value that metering changes', () => {
    const subtracting: typeof meter = (module, options) => meter(replaced(module, 0x6a, 0x6b), options)
    expect(prove(subtracting).differences[0]).toContain('add(')
  })

  it('finds a price that is not the same for a guest', () => {
    const dearer: typeof meter = (module, options) =>
      meter(options.exportState === true ? replaced(module, 0x6a, 0x6d) : replaced(module, 0x6a, 0x6b), options)
    expect(prove(dearer).nondeterminism[0]).toContain('add(')
  })

  it('finds a write that is not marked', async () => {
    wasm = await parse(`(module (memory 1) (func (export "run") (result i32)
      i32.const 70 i32.const 70 i32.load i32.const 1 i32.add i32.store i32.const 70 i32.load))`)
    const unmarked: typeof meter = (module, options) => {
      const made = meter(module, options)
      // The store of a mark, i32.store8 to memory 1, becomes two drops; `nop`s fill it up.
      return { ...made, wasm: replacedRun(made.wasm, [0x3a, 0x40, 1, 0], [0x1a, 0x1a, 1, 1]) }
    }
    expect(prove()).toMatchObject({ ...NOTHING_FOUND, replayed: true })
    expect(prove(unmarked).differences[0]).toContain('after a reset')
  })
})

describe('admitted opcodes', () => {
  it('are those for which a module passes', () => {
    const admitted = admittedOpcodes()
    for (const opcode of ['0x0', '0x5', '0xb', '0x12', '0x1c', '0xd2', '0xfc 17', '0xfd 255'])
      expect(admitted).toContain(opcode)
    // Exceptions, typed references, relaxed SIMD, and numbers that are nobody's.
    for (const opcode of ['0x6', '0x14', '0xfd 256', '0xfd 154', '0xfc 18', '0xfe'])
      expect(admitted).not.toContain(opcode)
  })
})

function replaced(wasm: Uint8Array, from: number, to: number): Uint8Array {
  return wasm.map((byte) => (byte === from ? to : byte))
}

function replacedRun(wasm: Uint8Array, from: readonly number[], to: readonly number[]): Uint8Array {
  const bytes = Buffer.from(wasm)
  for (let at = bytes.indexOf(Buffer.from(from)); at !== -1; at = bytes.indexOf(Buffer.from(from), at))
    bytes.set(to, at)
  return bytes
}
