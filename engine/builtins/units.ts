import { refuse, text, type Call, type Family } from './call.js'
import { exactly, fixed, parseRational, times, toMantissa, wholeOf, type Rational } from './rational.js'
import { Decimal, whole, type Value } from './value.js'

const power = (base: number, exponent: number): Rational => ({ over: BigInt(base) ** BigInt(exponent), under: 1n })

const STEPS = ['k', 'm', 'g', 't', 'p', 'e']
/** Factors by lower-case unit: decimal ones, and binary ones with an `i`. */
const FACTORS = new Map<string, Rational>([
  ['', power(1, 1)],
  ...STEPS.flatMap((letter, index): [string, Rational][] => [
    [letter, power(1_000, index + 1)],
    [`${letter}i`, power(1_024, index + 1)],
  ]),
])
/** Go's 0.001, which is the double nearest to it and not exactly a thousandth. */
const MILLI = exactly(0.001)
/** Bits of Go's big.Float as parsed from text. */
const FLOAT_BITS = 64
/** Most digits that an exponent may have. */
const MAX_EXPONENT_DIGITS = 6

/** Splits `10.2GiB` into its number and its unit. */
function splitAmount(given: string): { amount: string; unit: string } {
  let at = 0
  while (at < given.length) {
    const exponent = /^[eE](?:[+-][0-9]*|[0-9]+)/.exec(given.slice(at, at + MAX_EXPONENT_DIGITS + 4))?.[0]
    if (exponent) {
      if (exponent.replaceAll(/[^0-9]/g, '').length > MAX_EXPONENT_DIGITS) refuse('exponent too large')
      at += exponent.length
    } else if (/[0-9.+-]/.test(given[at]!)) {
      at++
    } else {
      break
    }
  }
  return { amount: given.slice(0, at), unit: given.slice(at) }
}

/** The number and unit of an amount; its digits and its exponent are paid for, because big numbers grow with both. */
function readAmount(given: string, call: Call): { amount: Rational; unit: string } {
  const plain = given.replaceAll('"', '')
  if (plain.includes(' ')) refuse('spaces not allowed in resource strings')
  const { amount, unit } = splitAmount(plain)
  if (amount === '') refuse('no amount provided')
  const digits = amount.length + Math.abs(Number(/[eE]([+-]?[0-9]+)$/.exec(amount)?.[1] ?? 0))
  call.pay((digits * digits) / 16)
  return { amount: parseRational(amount) ?? refuse('could not parse amount to a number'), unit }
}

function parse(given: string, call: Call): Value {
  const { amount, unit } = readAmount(given, call)
  const spelled = unit.slice(0, 1) + unit.slice(1).toLowerCase()
  const factor = spelled === 'm' ? MILLI : FACTORS.get(spelled.toLowerCase())
  const total = times(amount, factor ?? refuse(`unit ${unit} not recognized`))
  const exact = wholeOf(total)
  return exact === undefined ? new Decimal(fixed(total, 10)) : whole(exact)
}

function parseBytes(given: string, call: Call): Value {
  const { amount, unit } = readAmount(given.toLowerCase(), call)
  const factor = FACTORS.get(unit.replace(/b$/, '')) ?? refuse(`byte unit ${unit} not recognized`)
  if (unit === 'b') refuse('byte unit b not recognized')
  const total = toMantissa(times(toMantissa(amount, FLOAT_BITS), factor), FLOAT_BITS)
  return whole(total.over / total.under)
}

/** `units.*`: amounts with SI and binary units. */
export const UNITS: Family = {
  'units.parse': ([given], call) => parse(text(given), call),
  'units.parse_bytes': ([given], call) => parseBytes(text(given), call),
}
