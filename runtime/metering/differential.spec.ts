import { parse } from '@bytecodealliance/jco'
import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import { FUEL_EXPORT, meter } from './index.js'

/** Random structured programs over two locals and a memory; loops are bounded by a counter of their own. */
const expression = fc.constantFrom(
  'local.get $a',
  'local.get $b',
  'i32.const 7',
  'local.get $a local.get $b i32.add',
  'local.get $a i32.const 3 i32.mul',
  'i32.const 8 i32.load',
  'local.get $b i32.const 5 i32.rem_u',
  'i32.const 1 memory.grow',
)
const { statement } = fc.letrec<{ statement: string; body: string }>((tie) => ({
  body: fc.array(tie('statement'), { maxLength: 3 }).map((all) => all.join('\n')),
  statement: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    expression.map((value) => `${value} local.set $a`),
    expression.map((value) => `${value} local.set $b`),
    expression.map((value) => `i32.const 8 ${value} i32.store`),
    expression.map((value) => `i32.const 16 ${value} i32.const 9 memory.fill`),
    fc.tuple(expression, tie('body'), tie('body')).map(([test, yes, no]) => `${test} if ${yes} else ${no} end`),
    fc.tuple(expression, tie('body'), tie('body')).map(([test, one, two]) => `block ${one} ${test} br_if 0 ${two} end`),
    fc
      .tuple(expression, tie('body'), tie('body'))
      .map(([test, one, two]) => `block block ${test} br_table 0 1 0 end ${one} br 0 end ${two}`),
    tie('body').map((body) => `loop ${body} call $again br_if 0 end`),
    fc.constant('local.get $a return'),
  ),
}))

const run = async (wasm: Uint8Array, first: number, second: number) => {
  const { exports } = new WebAssembly.Instance(await WebAssembly.compile(wasm as BufferSource))
  const fuel = exports[FUEL_EXPORT] as WebAssembly.Global<'i64'> | undefined
  if (fuel) fuel.value = 1_000_000n
  const result = (exports['run'] as (...values: number[]) => number)(first, second)
  const memory = Buffer.from((exports['memory'] as WebAssembly.Memory).buffer.slice(0, 64)).toString('hex')
  return { result, memory, left: fuel?.value }
}

it('a metered module computes what the module computes, and pays for it', async () => {
  const program = fc.array(statement, { minLength: 1, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(program, fc.integer(), fc.integer(), async (statements, first, second) => {
      const wasm = await parse(`(module (memory (export "memory") 1 4) (global $rounds (mut i32) (i32.const 40))
        (func $again (result i32) global.get $rounds i32.const 1 i32.sub global.set $rounds global.get $rounds i32.const 0 i32.gt_s)
        (func (export "run") (param $a i32) (param $b i32) (result i32) ${statements.join('\n')} local.get $a))`)
      const raw = await run(wasm, first, second)
      const metered = await run(meter(wasm, { maxMemoryPages: 16 }).wasm, first, second)
      expect({ ...metered, left: undefined }).toEqual(raw)
      expect(metered.left).toBeLessThan(1_000_000n)
      expect(metered.left).toBeGreaterThan(0n)
    }),
    { numRuns: 150 },
  )
})
