/** What frames carry: JSON's values and bytes. */
export type WireValue =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | readonly WireValue[]
  | { readonly [key: string]: WireValue | undefined }

const Tag = { null: 0, false: 1, true: 2, number: 3, integer: 4, string: 5, bytes: 6, array: 7, object: 8 } as const
const MAX_DEPTH = 32
/** Values in one tree: an answer has hundreds. More would cost whoever checks them far more than their bytes. */
const MAX_VALUES = 16_384
/** Most values fit. A larger one grows a buffer of its own, which goes with it. */
const SCRATCH_BYTES = 64 * 1024
/**
 * Where values are written before they are copied out at their length. A buffer for each would be memory outside the heap, of
 * which V8 lets only so much pile up before it collects everything that is old.
 */
const scratch = Buffer.allocUnsafeSlow(SCRATCH_BYTES)

/** Bytes that are not a value: truncated, too deep or of an unknown tag. Who sent them is broken or hostile. */
export class WireError extends Error {}

/**
 * Encodes one value, after `headroom` bytes that are left to the caller. Integers of 32 bits take five bytes; lengths are
 * 32-bit, big-endian; undefined members are left out.
 */
export function encodeValue(value: WireValue, headroom = 0): Buffer {
  const writer = new ValueWriter(headroom)
  writer.write(value)
  return writer.finish()
}

/** Decodes exactly one value. Raises `WireError`. Bytes are a view on `buffer`. */
export function decodeValue(buffer: Buffer): WireValue {
  const reader = new ValueReader(buffer)
  const value = reader.read(0)
  if (!reader.done) throw new WireError('bytes follow the value')
  return value
}

class ValueWriter {
  private buffer = scratch
  private length: number

  constructor(headroom: number) {
    this.length = headroom
  }

  write(value: WireValue | undefined): void {
    if (value === null || value === undefined) this.tag(Tag.null)
    else if (typeof value === 'boolean') this.tag(value ? Tag.true : Tag.false)
    else if (typeof value === 'number') this.number(value)
    else if (typeof value === 'string') this.string(value)
    else if (value instanceof Uint8Array) this.bytes(value)
    else if (Array.isArray(value)) this.array(value)
    else this.object(value as { readonly [key: string]: WireValue | undefined })
  }

  finish(): Buffer {
    const written = this.buffer.subarray(0, this.length)
    return this.buffer === scratch ? Buffer.from(written) : written
  }

  private tag(tag: number): void {
    this.reserve(1)
    this.buffer[this.length++] = tag
  }

  private number(value: number): void {
    this.reserve(9)
    const integer = Number.isInteger(value) && Math.abs(value) < 2 ** 31 && !Object.is(value, -0)
    this.buffer[this.length++] = integer ? Tag.integer : Tag.number
    this.length = integer ? this.buffer.writeInt32BE(value, this.length) : this.buffer.writeDoubleBE(value, this.length)
  }

  private string(value: string): void {
    this.reserve(5 + value.length * 3)
    this.buffer[this.length++] = Tag.string
    const written = this.buffer.write(value, this.length + 4)
    this.buffer.writeUInt32BE(written, this.length)
    this.length += 4 + written
  }

  private bytes(value: Uint8Array): void {
    this.count(Tag.bytes, value.length)
    this.reserve(value.length)
    this.buffer.set(value, this.length)
    this.length += value.length
  }

  private array(values: readonly WireValue[]): void {
    this.count(Tag.array, values.length)
    for (const value of values) this.write(value)
  }

  private object(value: { readonly [key: string]: WireValue | undefined }): void {
    const keys = Object.keys(value).filter((key) => value[key] !== undefined)
    this.count(Tag.object, keys.length)
    for (const key of keys) {
      this.string(key)
      this.write(value[key])
    }
  }

  private count(tag: number, count: number): void {
    this.reserve(5)
    this.buffer[this.length++] = tag
    this.length = this.buffer.writeUInt32BE(count, this.length)
  }

  private reserve(count: number): void {
    if (this.length + count <= this.buffer.length) return
    const grown = Buffer.allocUnsafe(Math.max(this.length + count, this.buffer.length * 2))
    this.buffer.copy(grown, 0, 0, this.length)
    this.buffer = grown
  }
}

class ValueReader {
  private position = 0
  private values = 0
  private readonly buffer: Buffer

  constructor(buffer: Buffer) {
    this.buffer = buffer
  }

  get done(): boolean {
    return this.position === this.buffer.length
  }

  read(depth: number): WireValue {
    if (depth > MAX_DEPTH) throw new WireError('values are nested too deeply')
    if (++this.values > MAX_VALUES) throw new WireError('there are too many values')
    const at = this.take(1)
    switch (this.buffer[at]) {
      case Tag.null:
        return null
      case Tag.false:
        return false
      case Tag.true:
        return true
      case Tag.number:
        return this.buffer.readDoubleBE(this.take(8))
      case Tag.integer:
        return this.buffer.readInt32BE(this.take(4))
      case Tag.string:
        return this.string()
      case Tag.bytes:
        return this.slice()
      case Tag.array:
        return this.array(depth)
      case Tag.object:
        return this.object(depth)
      default:
        throw new WireError('unknown tag')
    }
  }

  private string(): string {
    const length = this.buffer.readUInt32BE(this.take(4))
    const start = this.take(length)
    return this.buffer.toString('utf8', start, start + length)
  }

  private slice(): Uint8Array {
    const length = this.buffer.readUInt32BE(this.take(4))
    const start = this.take(length)
    return this.buffer.subarray(start, start + length)
  }

  private array(depth: number): WireValue[] {
    const values: WireValue[] = []
    for (let count = this.count(); count > 0; count--) values.push(this.read(depth + 1))
    return values
  }

  private object(depth: number): { [key: string]: WireValue } {
    // Without a prototype: a key such as `__proto__` is then a key like any other.
    const value = Object.create(null) as { [key: string]: WireValue }
    for (let count = this.count(); count > 0; count--) {
      if (this.buffer[this.take(1)] !== Tag.string) throw new WireError('a key is not a string')
      const key = this.string()
      value[key] = this.read(depth + 1)
    }
    return value
  }

  /** A number of members that can still be there: each takes a byte at least. */
  private count(): number {
    const count = this.buffer.readUInt32BE(this.take(4))
    if (count > this.buffer.length - this.position) throw new WireError('more members than bytes')
    return count
  }

  private take(count: number): number {
    const at = this.position
    if (at + count > this.buffer.length) throw new WireError('the value is cut off')
    this.position += count
    return at
  }
}
