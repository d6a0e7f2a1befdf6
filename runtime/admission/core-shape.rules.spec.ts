import { parse } from '@bytecodealliance/jco'
import { describe, expect, it } from '@jest/globals'
import { COUNTING_WAT } from '../testing/guests.js'
import { refuseOutsized } from './core-shape.rules.js'

const many = (count: number, each: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => each(at)).join(' ')

const codeOf = async (wat: string): Promise<string> => {
  const wasm = await parse(wat)
  try {
    refuseOutsized(wasm)
    return 'admitted'
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('the shape of a core module', () => {
  it.each<[string, number, (count: number) => string]>([
    ['types', 10_000, (count) => many(count, () => '(type (func))')],
    ['functions', 100_000, (count) => many(count, () => '(func)')],
    ['tables', 16, (count) => many(count, () => '(table 1 funcref)')],
    ['globals', 10_000, (count) => many(count, () => '(global i32 (i32.const 0))')],
    ['exports', 10_000, (count) => `(func $f) ${many(count, (at) => `(export "${at}" (func $f))`)}`],
    ['element_segments', 10_000, (count) => `(func $f) ${many(count, () => '(elem func $f)')}`],
    ['data_segments', 50_000, (count) => many(count, () => '(data "")')],
    ['locals', 5_000, (count) => `(func) (func (local ${many(count, () => 'i32')}))`],
  ])('may have so many %s, and not one more', async (what, cap, moduleOf) => {
    expect(await codeOf(`(module ${moduleOf(cap)})`)).toBe('admitted')
    expect(await codeOf(`(module ${moduleOf(cap + 1)})`)).toBe(`admission.too_many_${what}`)
  })

  it('counts what is imported too', async () => {
    const imported = many(16, (at) => `(import "a" "${at}" (table 1 funcref))`)
    expect(await codeOf(`(module ${imported} (table 1 funcref))`)).toBe('admission.too_many_tables')
    expect(await codeOf(COUNTING_WAT)).toBe('admitted')
  })
})
