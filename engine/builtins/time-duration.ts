import { refuse } from './call.js'

const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
}
/** Hours of the units that OPA adds to Go's. */
const HOURS: Readonly<Record<string, number>> = { d: 24, w: 7 * 24, y: 365 * 24 }
const LIMIT = 2n ** 63n
/** Digits of a fraction that count; Go stops where 63 bits are full. */
const FRACTION_DIGITS = 18

/** Nanoseconds of a duration such as `1h15m30.918s` or `2w3d`. Refuses where OPA does. */
export function parseDuration(given: string): bigint {
  return goDuration(/[dwy]/.test(given) ? inHours(given) : given)
}

/** Days, weeks and years written as hours, with a double's digits, as OPA rewrites them. */
function inHours(given: string): string {
  const sign = /^[+-]?/.exec(given)![0]
  const segments = given.slice(sign.length)
  if (!/^(?:[0-9.]+(?:ms|us|µs|ns|[a-z]))+$/.test(segments)) refuse('invalid duration')
  return (
    sign +
    segments.replaceAll(/([0-9.]+)(ms|us|µs|ns|[a-z])/g, (segment, digits: string, unit: string) => {
      const hours = HOURS[unit]
      if (hours === undefined) return segment
      if (!/^(?:[0-9]+\.?[0-9]*|\.[0-9]+)$/.test(digits)) refuse('invalid duration')
      return `${plain(Number(digits) * hours)}h`
    })
  )
}

/** A double's shortest digits without an exponent. */
function plain(value: number): string {
  const [mantissa, exponent] = value.toExponential().split('e') as [string, string]
  const digits = mantissa.replace('.', '')
  const point = Number(exponent) + 1
  if (point <= 0) return `0.${'0'.repeat(-point)}${digits}`
  return digits.length <= point ? digits.padEnd(point, '0') : `${digits.slice(0, point)}.${digits.slice(point)}`
}

function goDuration(given: string): bigint {
  const [, sign, body] = /^([+-]?)(.*)$/s.exec(given)!
  if (body === '0') return 0n
  if (!/^(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)[^0-9.]+)+$/.test(body!)) refuse('invalid duration')
  let total = 0n
  for (const [, integer = '', fraction = '', unit = ''] of body!.matchAll(/([0-9]*)(?:\.([0-9]*))?([^0-9.]+)/g)) {
    total += segment(integer, fraction, unit)
    if (total > LIMIT) refuse('invalid duration')
  }
  if (sign === '-') return -total
  return total < LIMIT ? total : refuse('invalid duration')
}

function segment(integer: string, fraction: string, unit: string): bigint {
  const nanos = Object.hasOwn(UNITS, unit) ? UNITS[unit]! : refuse('unknown unit in duration')
  if (integer.replace(/^0+/, '').length > 19) refuse('invalid duration')
  const digits = fraction.slice(0, FRACTION_DIGITS)
  // Go multiplies the fraction as a double, so this does too.
  const part = BigInt(Math.trunc(Number(digits || '0') * (Number(nanos) / 10 ** digits.length)))
  const value = BigInt(integer || '0') * nanos + part
  return value <= LIMIT ? value : refuse('invalid duration')
}
