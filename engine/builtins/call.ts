import { EvaluationError } from '../errors.js'
import { parseRational, wholeOf } from './rational.js'
import { Decimal, isArray, isNumeric, RegoObject, RegoSet, type Numeric, type Value } from './value.js'

/** What a builtin may do besides computing: pay fuel for work that its arguments' size does not show. */
export interface Call {
  /** Spends fuel for steps of about ten nanoseconds each. Throws where the budget is gone, so pay *before* the work. */
  pay(steps: number): void
}

/** A builtin: arguments in, a value out. It throws {@link NoAnswer} where OPA would report an error. */
export type Builtin = (args: readonly Value[], call: Call) => Value

/** Builtins by name. */
export type Family = Readonly<Record<string, Builtin>>

/** What OPA calls a builtin error. Outside strict mode the expression is then undefined, and that is all there is here. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
}

/** Ends a builtin without an answer. */
export function refuse(why: string): never {
  throw new NoAnswer(why)
}

/**
 * Ends the whole evaluation, because OPA would answer here and we cannot do so exactly. No answer at all would not do: an
 * undefined condition may be what keeps a rule from denying.
 */
export function beyond(why: string): never {
  throw new EvaluationError('trap', why)
}

/** The argument as a string. */
export const text = (value: Value | undefined): string =>
  typeof value === 'string' ? value : refuse('a string is wanted')

/** The argument as an array. */
export const array = (value: Value | undefined): readonly Value[] =>
  value !== undefined && isArray(value) ? value : refuse('an array is wanted')

/** The argument as an object. */
export const object = (value: Value | undefined): RegoObject =>
  value instanceof RegoObject ? value : refuse('an object is wanted')

/** The argument as a number. */
export const number = (value: Value | undefined): Numeric =>
  value !== undefined && isNumeric(value) ? value : refuse('a number is wanted')

/** Longest number with a fraction or an exponent that is taken for an integer. */
const MAX_DECIMAL = 400
const INT64_MAX = 2n ** 63n - 1n

/** The argument as Go's int: a whole number of 64 bits that was not written as a fraction. */
export function int(value: Value | undefined): bigint {
  const given = number(value)
  if (given instanceof Decimal) return refuse('an integer is wanted')
  const result = BigInt(given)
  return result <= INT64_MAX && result >= -INT64_MAX - 1n ? result : refuse('an integer of 64 bits is wanted')
}

/** The argument as an integer of any size; `1e3` and `2.0` are integers too. */
export function bigInt(value: Value | undefined): bigint {
  const given = number(value)
  if (!(given instanceof Decimal)) return BigInt(given)
  if (!Number.isFinite(given.value) || given.text.length > MAX_DECIMAL) return beyond('the number is out of bounds')
  if (Math.abs(given.value) < 1 && /[1-9]/.test(given.text.replace(/[eE].*/, ''))) return refuse('an integer is wanted')
  if (given.value === 0) return 0n
  return wholeOf(parseRational(given.text)!) ?? refuse('an integer is wanted')
}

/** Elements of an array, or of a set in OPA's order. */
export function elements(value: Value | undefined): readonly Value[] {
  if (value instanceof RegoSet) return value.sorted()
  return array(value)
}

/** The strings of an array or set. */
export const texts = (value: Value | undefined): string[] => elements(value).map((element) => text(element))
