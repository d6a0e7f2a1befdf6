import { AdmissionError } from '../errors.js'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** A cursor over WebAssembly binary. Reading past the end is an `AdmissionError` with code `admission.malformed`. */
export class ByteReader {
  constructor(
    readonly bytes: Uint8Array,
    public position = 0,
    readonly end = bytes.length,
  ) {}

  get done(): boolean {
    return this.position >= this.end
  }

  byte(): number {
    if (this.position >= this.end) throw truncated()
    return this.bytes[this.position++]!
  }

  /** An unsigned LEB128 of at most 32 bits. */
  u32(): number {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte()
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
    throw new AdmissionError('admission.malformed', 'an integer is longer than 32 bits')
  }

  /** Passes over a LEB128 of up to `maxBytes` bytes whose value doesn't matter. */
  skipLeb(maxBytes = 10): void {
    for (let read = 0; read < maxBytes; read++) if (this.byte() < 0x80) return
    throw new AdmissionError('admission.malformed', 'an integer is too long')
  }

  skip(count: number): void {
    if (this.position + count > this.end) throw truncated()
    this.position += count
  }

  name(): string {
    const length = this.u32()
    const start = this.position
    this.skip(length)
    return utf8.decode(this.bytes.subarray(start, this.position))
  }

  /** A reader over the next `length` bytes; this one moves past them. */
  take(length: number): ByteReader {
    const start = this.position
    this.skip(length)
    return new ByteReader(this.bytes, start, this.position)
  }

  slice(from: number, to = this.position): Uint8Array {
    return this.bytes.subarray(from, to)
  }
}

function truncated(): AdmissionError {
  return new AdmissionError('admission.malformed', 'the module ends in the middle of something')
}
