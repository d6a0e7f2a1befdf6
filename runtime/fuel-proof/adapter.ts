import { ByteWriter } from '../metering/byte-writer.js'
import { Op, ValueType } from '../metering/instructions.js'
import { Section } from '../metering/module-layout.js'
import type { ModuleInterface, Signature } from './interface.js'
import { exportEntry, vectorOf, writeSections } from './sections.js'

const LOCAL_GET = 0x20
const LOCAL_SET = 0x21
const { i32, i64, f32, f64, v128 } = ValueType
const FUNCTION_TYPE = 0x60
/** Reinterpretations of a number's bits, from an integer and to one. */
const FROM_BITS = new Map([
  [f32, 0xbe],
  [f64, 0xbf],
] as [number, number][])
const TO_BITS = new Map([
  [f32, 0xbc],
  [f64, 0xbd],
] as [number, number][])
const V128_ZERO = [Op.simd, 12, ...Array.from({ length: 16 }, () => 0)]
const extractLane = (lane: number): number[] => [Op.simd, 29, lane]
const replaceLane = (lane: number): number[] => [Op.simd, 30, lane]

/** The module that adapters import their functions from. */
export const ADAPTED = 'adapted'

/** What stands for a type when JavaScript is to see every bit: integers for floats, two of them for a vector. */
export function bitsOf(type: number): readonly number[] {
  if (type === v128) return [i64, i64]
  if (type === f32) return [i32]
  return [type === f64 ? i64 : type]
}

/**
 * A module between JavaScript and another module's functions. JavaScript can't pass vectors and doesn't keep the bits
 * of a NaN; here they go through as integers. Function *n* is imported and exported by the name *n*.
 */
export function adapterFor({ functions }: ModuleInterface): Uint8Array {
  const flat = ({ parameters, results }: Signature): Signature => ({
    parameters: parameters.flatMap(bitsOf),
    results: results.flatMap(bitsOf),
  })
  const count = functions.length
  const types = [...functions.map(({ signature }) => signature), ...functions.map(({ signature }) => flat(signature))]
  return writeSections(
    new Map([
      [Section.type, vectorOf(types.map(typeEntry))],
      [Section.import, vectorOf(functions.map((_, index) => importEntry(index)))],
      [Section.function, vectorOf(functions.map((_, index) => new ByteWriter().u32(count + index).finish()))],
      [Section.export, vectorOf(functions.map((_, index) => exportEntry(String(index), 0, count + index)))],
      [Section.code, vectorOf(functions.map(({ signature }, index) => bodyEntry(signature, index)))],
    ]),
  )
}

function typeEntry({ parameters, results }: Signature): Uint8Array {
  const writer = new ByteWriter().byte(FUNCTION_TYPE).u32(parameters.length).bytes(parameters)
  return writer.u32(results.length).bytes(results).finish()
}

function importEntry(index: number): Uint8Array {
  return new ByteWriter().name(ADAPTED).name(String(index)).byte(0).u32(index).finish()
}

function bodyEntry({ parameters, results }: Signature, index: number): Uint8Array {
  const code = new ByteWriter().u32(results.length)
  for (const type of results) code.u32(1).byte(type)
  let local = 0
  const nextLocal = (): Uint8Array => new ByteWriter().byte(LOCAL_GET).u32(local++).finish()
  for (const type of parameters) {
    if (type === v128)
      code.bytes(V128_ZERO).bytes(nextLocal()).bytes(replaceLane(0)).bytes(nextLocal()).bytes(replaceLane(1))
    else code.bytes(nextLocal()).bytes(optional(FROM_BITS.get(type)))
  }
  code.byte(Op.call).u32(index)
  const first = local
  for (let result = results.length - 1; result >= 0; result--) code.byte(LOCAL_SET).u32(first + result)
  results.forEach((type, result) => {
    const get = new ByteWriter()
      .byte(LOCAL_GET)
      .u32(first + result)
      .finish()
    if (type === v128) code.bytes(get).bytes(extractLane(0)).bytes(get).bytes(extractLane(1))
    else code.bytes(get).bytes(optional(TO_BITS.get(type)))
  })
  const body = code.byte(Op.end).finish()
  return new ByteWriter().u32(body.length).bytes(body).finish()
}

const optional = (code: number | undefined): number[] => (code === undefined ? [] : [code])
