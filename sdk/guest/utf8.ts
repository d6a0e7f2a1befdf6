/**
 * UTF-8 for guests. The engine inside a component has no TextEncoder, and each step of a script costs it hundreds of units of
 * fuel, so that text goes through what it does natively: base64, and the percent-encoding of URIs.
 */

/** What of the engine the types of Node do not have yet (ECMAScript 2026). */
interface NativeBytes extends Uint8Array<ArrayBuffer> {
  toBase64(): string
}
const NativeBytes = Uint8Array as unknown as {
  new (buffer: ArrayBufferLike): NativeBytes
  fromBase64(text: string): NativeBytes
}

interface Codec {
  encode(text: string): Uint8Array
  /** Throws whatever it likes where the bytes are not UTF-8. */
  decode(bytes: Uint8Array): string
}

/** As signed bytes all of ASCII is positive: nothing changes by taking what is negative for zero. */
const isAscii = ({ buffer, byteOffset, length }: Uint8Array, base64: string): boolean => {
  const positive = new Uint8ClampedArray(new Int8Array(buffer, byteOffset, length))
  return new NativeBytes(positive.buffer).toBase64() === base64
}

/** Undefined where a character takes more than eight bits. */
const base64Of = (text: string): string | undefined => {
  try {
    return btoa(text)
  } catch {
    return undefined
  }
}

const inEngine: Codec = {
  encode(text) {
    const base64 = base64Of(text)
    const bytes = base64 === undefined ? undefined : NativeBytes.fromBase64(base64)
    if (bytes && isAscii(bytes, base64!)) return bytes
    return NativeBytes.fromBase64(btoa(unescape(encodeURIComponent(text.toWellFormed()))))
  },
  decode(bytes) {
    const base64 = (bytes as NativeBytes).toBase64()
    const characters = atob(base64)
    return isAscii(bytes, base64) ? characters : decodeURIComponent(escape(characters))
  },
}

/** Where tests call a handler itself, outside of a component. */
const elsewhere = (): Codec => {
  const [encoder, decoder] = [new TextEncoder(), new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })]
  return { encode: (text) => encoder.encode(text), decode: (bytes) => decoder.decode(bytes) }
}

const codec = typeof TextEncoder === 'undefined' ? inEngine : elsewhere()

/** Bytes of a string. A lone surrogate becomes U+FFFD, as the Encoding standard says. */
export const encodeUtf8 = (text: string): Uint8Array => codec.encode(text)

/** The string that bytes spell. Throws `RangeError` where they are not UTF-8. */
export const decodeUtf8 = (bytes: Uint8Array): string => {
  try {
    return codec.decode(bytes)
  } catch {
    throw new RangeError('the bytes are not UTF-8')
  }
}
