import { isArray, isNumeric, numeric, RegoObject, RegoSet, textOf, whole, type Value } from './value.js'

/** Deepest nesting that is read; OPA's own parser in the module gives up earlier. */
const MAX_DEPTH = 1_000

/** Longest number; turning digits into a number takes more than linear time. */
const MAX_NUMBER = 4_096

/** Writes a value as OPA's modules read it: JSON, besides sets as `{1,2}` or `set()` and keys of any type. */
export function write(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value.toWellFormed())
  if (isNumeric(value)) return textOf(value)
  if (value === null || typeof value === 'boolean') return String(value)
  if (isArray(value)) return `[${value.map(write).join(',')}]`
  if (value instanceof RegoSet) return value.size === 0 ? 'set()' : `{${value.sorted().map(write).join(',')}}`
  return `{${value
    .sorted()
    .map(([key, held]) => `${write(key)}:${write(held)}`)
    .join(',')}}`
}

/**
 * Reads what a module's `opa_value_dump` wrote.
 * @throws SyntaxError where the text is not a value, or is nested too deeply
 */
export function read(text: string): Value {
  const reader = new Reader(text)
  return reader.whole()
}

/** As JSON has it, besides that OPA's modules write `0.0` as `.0`. */
const NUMBER = /-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/y
const WORDS: readonly (readonly [string, () => Value])[] = [
  ['null', () => null],
  ['true', () => true],
  ['false', () => false],
  ['set()', () => new RegoSet()],
]

class Reader {
  #at = 0
  #depth = 0

  constructor(readonly text: string) {}

  whole(): Value {
    const value = this.#value()
    this.#blank()
    if (this.#at !== this.text.length) this.#fail()
    return value
  }

  #value(): Value {
    if (++this.#depth > MAX_DEPTH) throw new SyntaxError('the value is nested too deeply')
    const value = this.#any()
    this.#depth--
    return value
  }

  #any(): Value {
    this.#blank()
    switch (this.text[this.#at]) {
      case '"':
        return this.#string()
      case '[':
        return this.#array()
      case '{':
        return this.#braces()
      default:
        return this.#wordOrNumber()
    }
  }

  #string(): string {
    const start = this.#at++
    for (; this.#at < this.text.length; this.#at++) {
      const unit = this.text.charCodeAt(this.#at)
      if (unit === 0x5c) return this.#escaped(start)
      if (unit === 0x22) return this.text.slice(start + 1, this.#at++)
    }
    return this.#fail()
  }

  #escaped(start: number): string {
    for (; this.#at < this.text.length; this.#at++) {
      const unit = this.text.charCodeAt(this.#at)
      if (unit === 0x5c) this.#at++
      else if (unit === 0x22) return JSON.parse(this.text.slice(start, ++this.#at)) as string
    }
    return this.#fail()
  }

  #array(): Value[] {
    const elements: Value[] = []
    this.#at++
    while (!this.#take(']')) {
      if (elements.length > 0) this.#expect(',')
      elements.push(this.#value())
    }
    return elements
  }

  /** An object or, where no colon follows the first value, a set; `{}` is an object. */
  #braces(): RegoObject | RegoSet {
    this.#at++
    const object = new RegoObject()
    if (this.#take('}')) return object
    const first = this.#value()
    if (!this.#take(':')) return this.#set(first)
    object.set(first, this.#value())
    while (!this.#take('}')) {
      this.#expect(',')
      const key = this.#value()
      this.#expect(':')
      object.set(key, this.#value())
    }
    return object
  }

  #set(first: Value): RegoSet {
    const set = new RegoSet([first])
    while (!this.#take('}')) {
      this.#expect(',')
      set.add(this.#value())
    }
    return set
  }

  #wordOrNumber(): Value {
    for (const [word, value] of WORDS) {
      if (!this.text.startsWith(word, this.#at)) continue
      this.#at += word.length
      return value()
    }
    return this.#number()
  }

  #number(): Value {
    NUMBER.lastIndex = this.#at
    const found = NUMBER.exec(this.text)?.[0] ?? this.#fail()
    if (found.length > MAX_NUMBER) throw new SyntaxError('the number is too long')
    this.#at += found.length
    return numeric(found)
  }

  #take(mark: string): boolean {
    this.#blank()
    if (this.text[this.#at] !== mark) return false
    this.#at++
    return true
  }

  #expect(mark: string): void {
    if (!this.#take(mark)) this.#fail()
  }

  #blank(): void {
    while (this.text[this.#at] === ' ' || this.text[this.#at] === '\n') this.#at++
  }

  #fail(): never {
    throw new SyntaxError(`no value at ${this.#at} of ${this.text.slice(0, 200)}`)
  }
}

/** A value as Rego's own printer shows it, which is what formatting verbs see of composite values. */
export function display(value: Value): string {
  if (typeof value === 'string') return quote(value)
  if (isNumeric(value)) return textOf(value)
  if (value === null || typeof value === 'boolean') return String(value)
  if (isArray(value)) return `[${value.map(display).join(', ')}]`
  if (value instanceof RegoSet) return value.size === 0 ? 'set()' : `{${value.sorted().map(display).join(', ')}}`
  return `{${value
    .sorted()
    .map(([key, held]) => `${display(key)}: ${display(held)}`)
    .join(', ')}}`
}

const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
}

/** Quoted as Go's strconv.Quote does: control and unprintable characters escaped. `ascii` escapes all beyond ASCII too. */
export function quote(text: string, ascii = false): string {
  return `"${[...text].map((character) => SHORT[character] ?? escaped(character, ascii)).join('')}"`
}

function escaped(character: string, ascii: boolean): string {
  const point = character.codePointAt(0)!
  if (point < 0x7f && point >= 0x20) return character
  if (point < 0x80) return `\\x${hex(point, 2)}`
  if (!ascii && /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(character)) return character
  return point < 0x1_0000 ? `\\u${hex(point, 4)}` : `\\U${hex(point, 8)}`
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0')

/** A JSON value as Rego's; integers may come as `bigint`. */
export function fromJson(json: unknown): Value {
  if (json === null || typeof json === 'boolean' || typeof json === 'string') return json
  if (typeof json === 'bigint') return whole(json)
  if (typeof json === 'number') return Number.isSafeInteger(json) ? json : numeric(String(json))
  if (Array.isArray(json)) return json.map(fromJson)
  return new RegoObject(Object.entries(json as object).map(([key, value]) => [key, fromJson(value)]))
}
