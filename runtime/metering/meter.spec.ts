import { parse } from '@bytecodealliance/jco'
import { describe, expect, it } from '@jest/globals'
import {
  FUEL_EXPORT,
  GROWTH_REFUSED_EXPORT,
  MEMORY_EXPORT,
  PAGE_CAP_EXPORT,
  meter,
  type MeterOptions,
} from './index.js'

const OPTIONS: MeterOptions = { maxMemoryPages: 16 }

async function instance(wat: string, options: MeterOptions = OPTIONS, imports: WebAssembly.Imports = {}) {
  const metered = meter(await parse(wat), options)
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(metered.wasm as BufferSource), imports)
  const fuel = exports[FUEL_EXPORT] as WebAssembly.Global<'i64'>
  const call = (name: string, ...parameters: number[]) =>
    (exports[name] as (...values: number[]) => number)(...parameters)
  const spend = (name: string, ...parameters: number[]) => {
    fuel.value = 1_000_000_000n
    call(name, ...parameters)
    return Number(1_000_000_000n - fuel.value)
  }
  return { metered, exports, fuel, call, spend }
}

const refusal = async (wat: string, options: MeterOptions = OPTIONS) => {
  const wasm = await parse(wat)
  try {
    meter(wasm, options)
    return 'admitted'
  } catch (error) {
    return (error as { code: string }).code
  }
}

const FACTORIAL = `(module (func (export "run") (param i32) (result i32) (local i32)
  i32.const 1 local.set 1
  block loop local.get 0 i32.eqz br_if 1
    local.get 1 local.get 0 i32.mul local.set 1
    local.get 0 i32.const 1 i32.sub local.set 0 br 0
  end end local.get 1))`

describe('fuel', () => {
  it('leaves results as they were and charges in proportion to the work', async () => {
    const { call, spend, fuel } = await instance(FACTORIAL)
    fuel.value = 1000n
    expect(call('run', 5)).toBe(120)
    const one = spend('run', 11) - spend('run', 10)
    expect(one).toBe(13)
    expect(spend('run', 1010) - spend('run', 10)).toBe(1000 * one)
  })

  it('is the same on every run and in every rewrite', async () => {
    const wasm = await parse(FACTORIAL)
    expect(Buffer.from(meter(wasm, OPTIONS).wasm).equals(Buffer.from(meter(wasm, OPTIONS).wasm))).toBe(true)
    const [first, second] = [await instance(FACTORIAL), await instance(FACTORIAL)]
    expect(first.spend('run', 77)).toBe(second.spend('run', 77))
  })

  it.each([
    ['an empty loop', '(func (export "run") loop br 0 end)'],
    ['a loop that jumps back from inside a block', '(func (export "run") loop block br 1 end end)'],
    ['recursion', '(func $again (export "run") call $again)'],
    ['a tail call', '(func $again (export "run") return_call $again)'],
    [
      'indirect recursion',
      '(table 1 funcref) (elem (i32.const 0) $again) (func $again (export "run") i32.const 0 call_indirect)',
    ],
    ['a branch table', '(func (export "run") loop i32.const 0 br_table 0 0 end)'],
    [
      'large copies in a loop',
      '(memory 16) (func (export "run") loop i32.const 0 i32.const 0 i32.const 1048576 memory.copy br 0 end)',
    ],
  ])('ends %s', async (_name, body) => {
    const { call, fuel } = await instance(`(module ${body})`)
    fuel.value = 10_000n
    expect(() => call('run')).toThrow(WebAssembly.RuntimeError)
    expect(fuel.value).toBeLessThan(0n)
  })

  it('lets an arm of a switch pay for itself alone', async () => {
    const expensive = 'i32.const 1 drop '.repeat(500)
    const { spend } = await instance(`(module (func (export "run") (param i32)
      block block block local.get 0 br_table 0 1 2 end ${expensive} return end ${expensive} ${expensive} end))`)
    expect(spend('run', 0)).toBeGreaterThan(1000)
    expect(spend('run', 1)).toBeGreaterThan(2000)
    expect(spend('run', 2)).toBeLessThan(20)
  })

  it('charges only the branch that is taken', async () => {
    const { spend } = await instance(`(module (func (export "run") (param i32)
      local.get 0 if ${'i32.const 1 drop '.repeat(300)} else nop end))`)
    expect(spend('run', 1) - spend('run', 0)).toBe(600)
  })

  it('charges a short branch ahead, taken or not', async () => {
    const { spend } = await instance(`(module (func (export "run") (param i32)
      local.get 0 if ${'i32.const 1 drop '.repeat(4)} end))`)
    expect(spend('run', 1)).toBe(spend('run', 0))
    expect(spend('run', 0)).toBeGreaterThan(8)
  })

  it('charges an interpreter for the arm that runs, however many short ones there are', async () => {
    const arms = 200
    const body = `${'block '.repeat(arms)} local.get 0 br_table ${Array.from({ length: arms }, (_, arm) => arm).join(' ')} end
      ${Array.from({ length: arms - 1 }, () => 'i32.const 1 drop i32.const 1 drop return end').join(' ')}`
    const { spend } = await instance(`(module (func (export "run") (param i32) ${body}))`)
    expect(spend('run', 3)).toBeLessThan(40)
  })

  it('charges bulk operations by length', async () => {
    const { spend } = await instance(`(module (memory 4) (func (export "run") (param i32)
      i32.const 0 i32.const 7 local.get 0 memory.fill))`)
    expect(spend('run', 8000) - spend('run', 0)).toBe(1000)
  })

  it('gives the start function what the options say, and nothing by default', async () => {
    const looping =
      '(module (func $s (local i32) loop local.get 0 i32.const 1 i32.add local.tee 0 i32.const 50 i32.lt_u br_if 0 end) (start $s))'
    await expect(instance(looping)).rejects.toThrow(WebAssembly.RuntimeError)
    await expect(instance(looping, { ...OPTIONS, initialFuel: 10_000n })).resolves.toBeDefined()
  })
})

describe('caps', () => {
  it('limits a memory without a maximum', async () => {
    const { call, fuel } = await instance(
      '(module (memory 1) (func (export "run") (param i32) (result i32) local.get 0 memory.grow))',
    )
    fuel.value = 10_000n
    expect(call('run', 15)).toBe(1)
    expect(call('run', 1)).toBe(-1)
  })

  it('lets the host lower the cap for one call, and tells that a growth was refused', async () => {
    const { call, fuel, exports } = await instance(
      '(module (memory 1) (func (export "run") (param i32) (result i32) local.get 0 memory.grow))',
    )
    const cap = exports[PAGE_CAP_EXPORT] as WebAssembly.Global<'i32'>
    const refused = exports[GROWTH_REFUSED_EXPORT] as WebAssembly.Global<'i32'>
    fuel.value = 10_000n
    cap.value = 3
    expect([call('run', 1), refused.value]).toEqual([1, 0])
    expect([call('run', 2), refused.value]).toEqual([-1, 1])
    expect([call('run', -2), call('run', 1)]).toEqual([-1, 2])
  })

  it('lowers the maximum of an imported memory, so that a larger one is not accepted', async () => {
    const wat = '(module (import "env" "memory" (memory 2)))'
    await expect(instance(wat, OPTIONS, { env: { memory: new WebAssembly.Memory({ initial: 2 }) } })).rejects.toThrow(
      WebAssembly.LinkError,
    )
    const { metered } = await instance(wat, OPTIONS, {
      env: { memory: new WebAssembly.Memory({ initial: 2, maximum: 16 }) },
    })
    expect(metered.memory).toEqual({ imported: true, minimum: 2, maximum: 16 })
  })

  it('keeps a lower maximum', async () => {
    expect((await instance('(module (memory 1 3))')).metered.memory?.maximum).toBe(3)
  })

  it('limits tables', async () => {
    const { call, fuel } = await instance(
      '(module (table 1 funcref) (func (export "run") (result i32) ref.null func i32.const 9 table.grow 0))',
      { ...OPTIONS, maxTableElements: 5 },
    )
    fuel.value = 1000n
    expect(call('run')).toBe(-1)
  })
})

describe('state', () => {
  it('exports memory and mutable globals under reserved names', async () => {
    const { metered, exports, call, fuel } = await instance(
      '(module (memory 1) (global i32 (i32.const 4)) (global (mut i32) (i32.const 5)) (func (export "run") i32.const 6 global.set 1))',
      { ...OPTIONS, exportState: true },
    )
    expect(metered.stateGlobals).toEqual(['gatehouse:global:1'])
    const global = exports['gatehouse:global:1'] as WebAssembly.Global<'i32'>
    fuel.value = 100n
    call('run')
    expect(global.value).toBe(6)
    global.value = 5
    expect(exports[MEMORY_EXPORT]).toBeInstanceOf(WebAssembly.Memory)
  })

  it('tells modules apart whose state is not all in memory and globals', async () => {
    expect(
      (await instance('(module (memory 1) (func (export "run") i32.const 0 i32.const 0 i32.store))')).metered
        .resettable,
    ).toBe(true)
    expect(
      (await instance('(module (table 1 funcref) (func (export "run") i32.const 0 ref.null func table.set))')).metered
        .resettable,
    ).toBe(false)
    expect(
      (await instance('(module (memory 1) (data $d "x") (func (export "run") data.drop $d))')).metered.resettable,
    ).toBe(false)
  })
})

describe('refusals', () => {
  it.each([
    ['admission.unsupported', '(module (memory 1 2 shared))'],
    ['admission.unsupported', '(module (memory 1) (memory 1))'],
    ['admission.unsupported', '(module (memory i64 1))'],
    ['admission.unsupported', '(module (tag))'],
    ['admission.unsupported', '(module (type (struct)))'],
    [
      'admission.unsupported',
      '(module (func (param v128 v128) (result v128) local.get 0 local.get 1 i8x16.relaxed_swizzle))',
    ],
    ['admission.memory_too_large', '(module (memory 17))'],
    ['admission.memory_too_large', '(module (import "env" "memory" (memory 17)))'],
    ['admission.table_too_large', '(module (table 70000 funcref))'],
    ['admission.reserved_name', '(module (func (export "gatehouse:fuel")))'],
    ['admitted', '(module (global i32 (i32.add (i32.const 1) (i32.const 2))))'],
    ['admitted', '(module (table 3 funcref))'],
    ['admitted', '(module (func (result v128) v128.const i32x4 1 2 3 4))'],
  ])('%s: %s', async (code, wat) => {
    const acceptable = code === 'admitted' ? [code] : ['admission.invalid_wasm', code]
    expect(acceptable).toContain(await refusal(wat))
  })

  it('refuses what is not WebAssembly', () => {
    expect(() => meter(new Uint8Array([0, 1, 2]), OPTIONS)).toThrow('not valid')
  })
})
