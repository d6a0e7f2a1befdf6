/**
 * Rego's values as builtins see them. JSON alone is not enough: sets and objects with composite keys would be lost, and
 * numbers keep the text they were written in, because OPA computes and formats them from that.
 */
export type Value = null | boolean | string | Numeric | readonly Value[] | RegoSet | RegoObject

/** Whole numbers are `number` where that is exact and `bigint` beyond; all others keep their text. */
export type Numeric = number | bigint | Decimal

/** A number written with a fraction or an exponent. */
export class Decimal {
  constructor(readonly text: string) {}

  /** The nearest double. */
  get value(): number {
    return Number(this.text)
  }
}

/** A set; equal elements are one. */
export class RegoSet implements Iterable<Value> {
  readonly #elements = new Map<string, Value>()

  constructor(elements: Iterable<Value> = []) {
    for (const element of elements) this.add(element)
  }

  get size(): number {
    return this.#elements.size
  }

  add(element: Value): void {
    this.#elements.set(identityOf(element), element)
  }

  has(element: Value): boolean {
    return this.#elements.has(identityOf(element))
  }

  delete(element: Value): boolean {
    return this.#elements.delete(identityOf(element))
  }

  /** Elements in OPA's order. */
  sorted(): Value[] {
    return [...this.#elements.values()].sort(compare)
  }

  [Symbol.iterator](): Iterator<Value> {
    return this.#elements.values()
  }
}

/** An object; keys may be any value. */
export class RegoObject implements Iterable<readonly [Value, Value]> {
  readonly #entries = new Map<string, readonly [Value, Value]>()

  constructor(entries: Iterable<readonly [Value, Value]> = []) {
    for (const [key, value] of entries) this.set(key, value)
  }

  get size(): number {
    return this.#entries.size
  }

  set(key: Value, value: Value): void {
    this.#entries.set(identityOf(key), [key, value])
  }

  get(key: Value): Value | undefined {
    return this.#entries.get(identityOf(key))?.[1]
  }

  has(key: Value): boolean {
    return this.#entries.has(identityOf(key))
  }

  delete(key: Value): boolean {
    return this.#entries.delete(identityOf(key))
  }

  /** Entries in OPA's order of their keys. */
  sorted(): (readonly [Value, Value])[] {
    return [...this.#entries.values()].sort(([a], [b]) => compare(a, b))
  }

  [Symbol.iterator](): Iterator<readonly [Value, Value]> {
    return this.#entries.values()
  }
}

export const isNumeric = (value: Value): value is Numeric =>
  typeof value === 'number' || typeof value === 'bigint' || value instanceof Decimal

export const isArray = (value: Value): value is readonly Value[] => Array.isArray(value)

/** A whole number in the smallest form that is exact. */
export const whole = (value: bigint): Numeric =>
  value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value

/** The number that this text writes, as JSON spells numbers. */
export function numeric(text: string): Numeric {
  if (/[.eE]/.test(text)) return new Decimal(text)
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : BigInt(text)
}

/** A number as text, the way it was written. */
export const textOf = (value: Numeric): string =>
  value instanceof Decimal ? value.text : Object.is(value, -0) ? '0' : String(value)

/** Values are equal exactly where this text is. */
function identityOf(value: Value): string {
  if (typeof value === 'string') return `"${value}`
  if (isNumeric(value)) return numberIdentity(value)
  if (value === null || typeof value === 'boolean') return String(value)
  if (isArray(value)) return `[${value.map((element) => lengthPrefixed(identityOf(element))).join('')}`
  if (value instanceof RegoSet)
    return `<${value
      .sorted()
      .map((element) => lengthPrefixed(identityOf(element)))
      .join('')}`
  return `{${value
    .sorted()
    .map(([key, held]) => lengthPrefixed(identityOf(key)) + lengthPrefixed(identityOf(held)))
    .join('')}`
}

const lengthPrefixed = (text: string): string => `${text.length}:${text}`

function numberIdentity(value: Numeric): string {
  if (!(value instanceof Decimal)) return `#${textOf(value)}`
  const near = value.value
  return `#${Number.isSafeInteger(near) ? textOf(near) : String(near)}`
}

/** Whether OPA takes both for the same value. */
export const equal = (a: Value, b: Value): boolean => compare(a, b) === 0

const rankOf = (value: Value): number => {
  if (value === null) return 0
  if (typeof value === 'boolean') return 1
  if (isNumeric(value)) return 2
  if (typeof value === 'string') return 3
  if (isArray(value)) return 4
  return value instanceof RegoObject ? 5 : 6
}

/** OPA's total order: null, booleans, numbers, strings by their bytes, arrays, objects, sets. */
export function compare(a: Value, b: Value): number {
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b)
  if (isNumeric(a) && isNumeric(b)) return compareNumbers(a, b)
  if (isArray(a) && isArray(b)) return compareSequences(a, b)
  if (a instanceof RegoSet && b instanceof RegoSet) return compareSequences(a.sorted(), b.sorted())
  if (a instanceof RegoObject && b instanceof RegoObject) return compareSequences(a.sorted().flat(), b.sorted().flat())
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b)
  return rankOf(a) - rankOf(b)
}

function compareNumbers(a: Numeric, b: Numeric): number {
  const left = a instanceof Decimal ? a.value : a
  const right = b instanceof Decimal ? b.value : b
  return left < right ? -1 : left > right ? 1 : 0
}

function compareSequences(a: readonly Value[], b: readonly Value[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const order = compare(a[index]!, b[index]!)
    if (order !== 0) return order
  }
  return a.length - b.length
}

/** Order of the UTF-8 bytes, which is that of code points and not of JavaScript's UTF-16 units. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index++) {
    const [left, right] = [a.charCodeAt(index), b.charCodeAt(index)]
    if (left !== right) return afterSurrogates(left) - afterSurrogates(right)
  }
  return a.length - b.length
}

/** Moves surrogates above all other units, where the code points they stand for belong. */
const afterSurrogates = (unit: number): number =>
  unit >= 0xe000 ? unit - 0x2000 : unit >= 0xd800 ? unit + 0x2000 : unit
