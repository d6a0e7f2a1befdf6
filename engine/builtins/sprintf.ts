import { array, text, type Call, type Family } from './call.js'
import { display } from './notation.js'
import { isNumeric, Decimal, type Value } from './value.js'
import { floatText } from './format-float.js'
import { integerText, bigText } from './format-integer.js'
import { padded, stringText, type Flags } from './format-text.js'

/** What a formatting verb is applied to, in Go's types. */
type Argument =
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'int64'; readonly value: bigint }
  | { readonly type: '*big.Int'; readonly value: bigint }
  | { readonly type: 'float64'; readonly value: number }

const INT64_MAX = 2n ** 63n - 1n
/** Widths and precisions above this are taken for mistakes, as in Go. */
const MAX_WIDTH = 1_000_000

function argumentOf(value: Value): Argument {
  if (typeof value === 'string') return { type: 'string', value }
  if (!isNumeric(value)) return { type: 'string', value: display(value) }
  if (value instanceof Decimal)
    return Number.isFinite(value.value)
      ? { type: 'float64', value: value.value }
      : { type: 'string', value: value.text }
  const integer = BigInt(value)
  return integer <= INT64_MAX && integer >= -INT64_MAX - 1n
    ? { type: 'int64', value: integer }
    : { type: '*big.Int', value: integer }
}

/** One argument by one verb; undefined where Go does not know that verb for it. */
function shown(argument: Argument, verb: string, flags: Flags): string | undefined {
  if (verb === 'T') return padded(argument.type, flags)
  switch (argument.type) {
    case 'string':
      return stringText(argument.value, verb, flags)
    case 'int64':
      return integerText(argument.value, verb, flags)
    case 'float64':
      return floatText(argument.value, verb, flags)
    case '*big.Int':
      return bigText(argument.value, verb, flags)
  }
}

const PLAIN: Flags = { sharp: false, zero: false, plus: false, minus: false, space: false }

/** Go's fmt.Sprintf, for the arguments that a policy can give it. */
class Printer {
  readonly #parts: string[] = []
  #at = 0
  #argument = 0
  #reordered = false
  #goodIndex = true
  #afterIndex = false

  constructor(
    readonly format: string,
    readonly values: readonly Argument[],
    readonly call: Call,
  ) {}

  print(): string {
    for (;;) {
      const percent = this.format.indexOf('%', this.#at)
      this.#write(this.format.slice(this.#at, percent < 0 ? undefined : percent))
      if (percent < 0) break
      this.#at = percent + 1
      if (!this.#directive()) break
    }
    if (!this.#reordered && this.#argument < this.values.length) this.#extra()
    return this.#parts.join('')
  }

  /** One verb with its flags; false where the format ends before the verb. */
  #directive(): boolean {
    this.#goodIndex = true
    this.#afterIndex = false
    const flags = this.#flags()
    this.#index()
    const width = this.#width()
    const precision = this.#precision()
    if (!this.#afterIndex) this.#index()
    const point = this.format.codePointAt(this.#at)
    if (point === undefined) {
      this.#write('%!(NOVERB)')
      return false
    }
    const verb = String.fromCodePoint(point)
    this.#at += verb.length
    const left = flags.minus || (width ?? 0) < 0
    const sized = { width: width === undefined ? undefined : Math.abs(width), precision }
    this.#verb(verb, { ...flags, ...sized, minus: left, zero: flags.zero && (width ?? 0) >= 0 })
    return true
  }

  #verb(verb: string, flags: Flags): void {
    if (verb === '%') return this.#write('%')
    if (!this.#goodIndex) return this.#write(`%!${verb}(BADINDEX)`)
    const argument = this.values[this.#argument]
    if (!argument) return this.#write(`%!${verb}(MISSING)`)
    this.#argument++
    this.call.pay((flags.width ?? 0) + (flags.precision ?? 0))
    const quoted = verb === 'v' && flags.sharp
    const used = verb === 'v' ? { ...flags, sharp: false, plus: false, goSyntax: quoted } : flags
    this.#write(shown(argument, verb, used) ?? this.#badVerb(verb, argument, used))
  }

  #badVerb(verb: string, argument: Argument, flags: Flags): string {
    const name = argument.type === '*big.Int' ? 'big.Int' : argument.type
    const value = argument.type === '*big.Int' ? String(argument.value) : shown(argument, 'v', flags)
    return `%!${verb}(${name}=${value})`
  }

  #extra(): void {
    const rest = this.values.slice(this.#argument).map((argument) => `${argument.type}=${shown(argument, 'v', PLAIN)}`)
    this.#write(`%!(EXTRA ${rest.join(', ')})`)
  }

  #write(text: string): void {
    this.call.pay(text.length)
    this.#parts.push(text)
  }

  #flags(): Flags {
    const flags = { ...PLAIN }
    const names: Readonly<Record<string, keyof typeof flags>> = {
      '#': 'sharp',
      '0': 'zero',
      '+': 'plus',
      '-': 'minus',
      ' ': 'space',
    }
    for (let name = names[this.format[this.#at]!]; name; name = names[this.format[++this.#at]!])
      Object.assign(flags, { [name]: true })
    return flags
  }

  /** An explicit argument index such as `[3]`. */
  #index(): void {
    this.#afterIndex = false
    if (this.format[this.#at] !== '[') return
    this.#reordered = true
    const close = this.format.indexOf(']', this.#at)
    const inside = close < 0 ? '' : this.format.slice(this.#at + 1, close)
    const index = /^[0-9]{1,7}$/.test(inside) ? Number(inside) - 1 : undefined
    this.#at = close < 0 ? this.#at + 1 : close + 1
    this.#afterIndex = index !== undefined
    if (index !== undefined && index >= 0 && index < this.values.length) this.#argument = index
    else this.#goodIndex = false
  }

  #width(): number | undefined {
    if (this.format[this.#at] === '*') return this.#starred('%!(BADWIDTH)')
    const width = this.#number()
    if (this.#afterIndex && width !== undefined) this.#goodIndex = false
    return width
  }

  #precision(): number | undefined {
    if (this.format[this.#at] !== '.' || this.#at + 1 >= this.format.length) return undefined
    this.#at++
    if (this.#afterIndex) this.#goodIndex = false
    this.#index()
    if (this.format[this.#at] !== '*') return this.#number() ?? 0
    const precision = this.#starred('')
    if (precision !== undefined && precision >= 0) return precision
    this.#write('%!(BADPREC)')
    return undefined
  }

  /** A width or precision that is taken from the arguments. */
  #starred(complaint: string): number | undefined {
    this.#at++
    this.#afterIndex = false
    const argument = this.values[this.#argument]
    if (argument) this.#argument++
    if (argument?.type === 'int64' && argument.value <= MAX_WIDTH && argument.value >= -MAX_WIDTH)
      return Number(argument.value)
    this.#write(complaint)
    return undefined
  }

  /** Digits; a number that is far too large swallows the rest of the format, as in Go. */
  #number(): number | undefined {
    const digits = /^[0-9]*/.exec(this.format.slice(this.#at, this.#at + 16))![0]
    if (digits === '') return undefined
    if (Number(digits.slice(0, -1)) > MAX_WIDTH) {
      this.#at = this.format.length
      return undefined
    }
    this.#at += digits.length
    return Number(digits)
  }
}

/** `sprintf`. */
export const SPRINTF: Family = {
  sprintf: ([format, values], call) => new Printer(text(format), array(values).map(argumentOf), call).print(),
}
