import { padded, unsupported, type Flags } from './format-text.js'
import { signOf } from './format-integer.js'
import { exactly, nearestEven } from './rational.js'

/** Precision of `%f` and `%e` where none is given. */
const DEFAULT_PRECISION = 6
/** No double has more digits than this on either side of its point; all beyond are zeros. */
const MAX_DIGITS = 1_100
/** Exponent from which `%g` without a precision writes one. */
const SHORTEST_THRESHOLD = 6

/** Decimal digits without trailing zeros, and where the point stands: `0.d₁d₂… × 10^point`. */
interface Digits {
  readonly digits: string
  readonly point: number
}

/** A double by a verb; undefined where Go does not know it. */
export function floatText(value: number, verb: string, flags: Flags): string | undefined {
  if (!'vgGfFeEbxX'.includes(verb)) return undefined
  if (flags.sharp || 'bxX'.includes(verb)) return unsupported(verb)
  const negative = value < 0 || Object.is(value, -0)
  const plain = unsigned(Math.abs(value), verb, flags.precision)
  const sign = signOf(negative, flags)
  if (sign === '' || !flags.zero || flags.minus) return padded(sign + plain, flags)
  return sign + padded(plain, { ...flags, width: (flags.width ?? 0) - 1 })
}

function unsigned(value: number, verb: string, precision: number | undefined): string {
  switch (verb) {
    case 'f':
    case 'F':
      return fixed(value, precision ?? DEFAULT_PRECISION)
    case 'e':
      return scientific(value, precision ?? DEFAULT_PRECISION)
    case 'E':
      return scientific(value, precision ?? DEFAULT_PRECISION).toUpperCase()
    case 'G':
      return general(value, precision).toUpperCase()
    default:
      return general(value, precision)
  }
}

function fixed(value: number, precision: number): string {
  const used = Math.min(precision, MAX_DIGITS)
  const { over, under } = exactly(value)
  const text = nearestEven(over * 10n ** BigInt(used), under)
    .toString()
    .padStart(used + 1, '0')
  const whole = text.slice(0, text.length - used)
  return precision === 0 ? whole : `${whole}.${text.slice(text.length - used).padEnd(precision, '0')}`
}

function scientific(value: number, precision: number): string {
  return exponential(rounded(value, Math.min(precision, MAX_DIGITS) + 1), precision)
}

/** `d.ddde±dd` with this many digits after the point. */
function exponential({ digits, point }: Digits, precision: number): string {
  const exponent = digits === '' ? 0 : point - 1
  const shown = digits.padEnd(precision + 1, '0')
  const sign = exponent < 0 ? '-' : '+'
  const mantissa = precision > 0 ? `${shown[0]}.${shown.slice(1, precision + 1)}` : shown[0]!
  return `${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`
}

/** The shorter of both, as `%g` and `%v` have it: with an exponent where that is below -4 or not below the precision. */
function general(value: number, precision: number | undefined): string {
  const wanted = precision === 0 ? 1 : precision
  const found = wanted === undefined ? shortest(value) : rounded(value, Math.min(wanted, MAX_DIGITS))
  const count = found.digits.length
  const threshold = wanted === undefined ? SHORTEST_THRESHOLD : wanted > count && count >= found.point ? count : wanted
  const exponent = found.point - 1
  if (count > 0 && (exponent < -4 || exponent >= threshold)) return exponential(found, count - 1)
  return positional(found)
}

function positional({ digits, point }: Digits): string {
  if (digits === '') return '0'
  if (point <= 0) return `0.${'0'.repeat(-point)}${digits}`
  const padding = digits.padEnd(point, '0')
  return padding.length === point ? padding : `${padding.slice(0, point)}.${padding.slice(point)}`
}

/** The fewest digits that name the double. */
function shortest(value: number): Digits {
  if (value === 0) return { digits: '', point: 0 }
  const [mantissa, exponent] = value.toExponential().split('e') as [string, string]
  return { digits: mantissa.replace('.', ''), point: Number(exponent) + 1 }
}

/** This many significant digits, halves to even. */
function rounded(value: number, count: number): Digits {
  if (value === 0) return { digits: '', point: 0 }
  const { point } = shortest(value)
  const { over, under } = exactly(value)
  const shift = BigInt(Math.abs(count - point))
  const scaled = count >= point ? nearestEven(over * 10n ** shift, under) : nearestEven(over, under * 10n ** shift)
  const text = scaled.toString()
  return { digits: text.replace(/0+$/, ''), point: point + text.length - count }
}
