/** UTF-8 for guests: the engine inside a component has no TextEncoder of its own. */

const CHUNK = 4_096

/** Bytes of a string. A lone surrogate becomes U+FFFD, as the Encoding standard says. */
export const encodeUtf8 = (text: string): Uint8Array => {
  const bytes: number[] = []
  for (const character of text.toWellFormed()) {
    const point = character.codePointAt(0) ?? 0
    if (point < 0x80) bytes.push(point)
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 63))
    else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63))
    else bytes.push(0xf0 | (point >> 18), 0x80 | ((point >> 12) & 63), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63))
  }
  return Uint8Array.from(bytes)
}

const asciiLength = (bytes: Uint8Array, from: number): number => {
  let at = from
  while (at < bytes.length && at - from < CHUNK && (bytes[at] ?? 0x80) < 0x80) at++
  return at - from
}

const SMALLEST = [0, 0, 0x80, 0x800, 0x10000]

/** Bytes that a lead byte announces; 0 where it leads nothing. */
const lengthOf = (lead: number): number => (lead > 0xf4 || lead < 0xc2 ? 0 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2)

const pointAt = (bytes: Uint8Array, at: number, length: number): number => {
  let point = (bytes[at] ?? 0) & (0xff >> (length + 1))
  for (let next = at + 1; next < at + length; next++) {
    const byte = bytes[next]
    if (byte === undefined || (byte & 0xc0) !== 0x80) return -1
    point = (point << 6) | (byte & 63)
  }
  const surrogate = point >= 0xd800 && point < 0xe000
  return surrogate || point > 0x10ffff || point < (SMALLEST[length] ?? 0) ? -1 : point
}

/** The string that bytes spell. Throws `RangeError` where they are not UTF-8. */
export const decodeUtf8 = (bytes: Uint8Array): string => {
  let text = ''
  let at = 0
  while (at < bytes.length) {
    const plain = asciiLength(bytes, at)
    if (plain > 0) {
      text += String.fromCharCode.apply(null, bytes.subarray(at, at + plain) as unknown as number[])
      at += plain
      continue
    }
    const length = lengthOf(bytes[at] ?? 0)
    const point = length === 0 ? -1 : pointAt(bytes, at, length)
    if (point < 0) throw new RangeError(`byte ${at} is not UTF-8`)
    text += String.fromCodePoint(point)
    at += length
  }
  return text
}
