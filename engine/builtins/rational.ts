/** An exact fraction; the denominator is positive. */
export interface Rational {
  readonly over: bigint
  readonly under: bigint
}

const DECIMAL = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?$/

/** The fraction that a decimal text writes; undefined where it writes none. */
export function parseRational(text: string): Rational | undefined {
  const [, sign, integer = '', fraction = '', exponent = '0'] = DECIMAL.exec(text) ?? []
  if (integer + fraction === '') return undefined
  const digits = BigInt(integer + fraction) * (sign === '-' ? -1n : 1n)
  return scaled(digits, BigInt(exponent) - BigInt(fraction.length))
}

const scaled = (digits: bigint, power: bigint): Rational =>
  power >= 0n ? { over: digits * 10n ** power, under: 1n } : { over: digits, under: 10n ** -power }

/** The fraction that a double is. */
export function exactly(value: number): Rational {
  let under = 1n
  let over = value
  while (!Number.isInteger(over)) {
    over *= 2
    under *= 2n
  }
  return { over: BigInt(over), under }
}

export const times = (a: Rational, b: Rational): Rational => ({ over: a.over * b.over, under: a.under * b.under })

/** The whole number, or undefined where there is a remainder. */
export const wholeOf = ({ over, under }: Rational): bigint | undefined =>
  over % under === 0n ? over / under : undefined

/** Decimal text with this many digits after the point, halves away from zero, as Go's Rat.FloatString. */
export function fixed({ over, under }: Rational, digits: number): string {
  const magnitude = over < 0n ? -over : over
  const shifted = magnitude * 10n ** BigInt(digits)
  const text = halfUp(shifted, under)
    .toString()
    .padStart(digits + 1, '0')
  return `${over < 0n ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

const halfUp = (over: bigint, under: bigint): bigint => over / under + ((over % under) * 2n >= under ? 1n : 0n)

/** Rounded to a mantissa of this many bits, halves to even, as Go's big.Float holds it. */
export function toMantissa({ over, under }: Rational, bits: number): Rational {
  if (over === 0n) return { over, under: 1n }
  const magnitude = over < 0n ? -over : over
  const shift = BigInt(bits) - (bitLength(magnitude) - bitLength(under))
  const mantissa = nearestEven(...scale(magnitude, under, shift))
  // The quotient may have come out one bit too long; then it is rounded at one bit less.
  const exact = bitLength(mantissa) > BigInt(bits) ? nearestEven(...scale(magnitude, under, shift - 1n)) : mantissa
  const used = bitLength(mantissa) > BigInt(bits) ? shift - 1n : shift
  const signed = over < 0n ? -exact : exact
  return used >= 0n ? { over: signed, under: 1n << used } : { over: signed << -used, under: 1n }
}

const scale = (over: bigint, under: bigint, shift: bigint): [bigint, bigint] =>
  shift >= 0n ? [over << shift, under] : [over, under << -shift]

/** The quotient, halves to even. */
export function nearestEven(over: bigint, under: bigint): bigint {
  const quotient = over / under
  const twice = (over % under) * 2n
  return twice > under || (twice === under && quotient % 2n === 1n) ? quotient + 1n : quotient
}

const bitLength = (value: bigint): bigint => BigInt(value.toString(2).length)
