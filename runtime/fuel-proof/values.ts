import { ValueType } from '../metering/instructions.js'
import { bitsOf } from './adapter.js'
import type { Signature } from './interface.js'
import type { Choices } from './seeded.js'

/** What a function is called with: integers that carry bits, or references. */
export type Argument = number | bigint | null | string

const INTEGERS_32 = [
  0, 1, -1, 2, 3, 7, 8, 31, 32, 33, 63, 64, 127, 128, 255, 256, 4095, 65_535, 65_536, 0x7fff_ffff, -0x8000_0000,
]
const FLOATS = [
  0,
  -0,
  1,
  -1,
  0.5,
  1.5,
  2.5,
  -0.49999999999999994,
  255.9,
  65_536,
  2 ** 31,
  2 ** 32,
  -(2 ** 31),
  2 ** 63,
  2 ** 64,
  1e-310,
  1e-40,
  1e38,
  1e300,
  Infinity,
  -Infinity,
  Number.NaN,
]
const SIGNALLING_NAN_32 = 0x7fa0_0000
const SIGNALLING_NAN_64 = 0x7ff4_0000_0000_0000n

/** Arguments for a function: values at which instructions behave in a special way, and others. */
export function argumentsFor({ parameters }: Signature, choices: Choices): Argument[] {
  return parameters.flatMap((type): Argument[] => {
    if (type === ValueType.v128) return bitsOf(type).map(() => vectorHalf(choices))
    if (type === ValueType.i32) return [integer32(choices)]
    if (type === ValueType.i64) return [integer64(choices)]
    if (type === ValueType.f32) return [float32(choices)]
    if (type === ValueType.f64) return [float64(choices)]
    return [type === 0x6f ? choices.of([null, 'one', 'two']) : null]
  })
}

function integer32(choices: Choices): number {
  const value = choices.of([...INTEGERS_32, undefined, undefined, undefined, undefined])
  return value ?? choices.bytes(4).readInt32LE()
}

function integer64(choices: Choices): bigint {
  const kind = choices.below(3)
  if (kind === 0) return BigInt(integer32(choices))
  if (kind === 1) return choices.of([0x7fff_ffff_ffff_ffffn, -0x8000_0000_0000_0000n, 0xffff_ffffn, 0x8000_0000n])
  return choices.bytes(8).readBigInt64LE()
}

function float32(choices: Choices): number {
  const bytes = choices.bytes(4)
  const kind = choices.below(8)
  if (kind === 0) return SIGNALLING_NAN_32
  if (kind < 6) bytes.writeFloatLE(choices.of(FLOATS))
  return bytes.readInt32LE()
}

function float64(choices: Choices): bigint {
  const bytes = choices.bytes(8)
  const kind = choices.below(8)
  if (kind === 0) return SIGNALLING_NAN_64
  if (kind < 6) bytes.writeDoubleLE(choices.of(FLOATS))
  return bytes.readBigInt64LE()
}

function vectorHalf(choices: Choices): bigint {
  const bytes = Buffer.alloc(8)
  const kind = choices.below(3)
  if (kind === 0) return float64(choices)
  if (kind === 1) return integer64(choices)
  bytes.writeInt32LE(float32(choices), 0)
  bytes.writeInt32LE(integer32(choices), 4)
  return bytes.readBigInt64LE()
}
