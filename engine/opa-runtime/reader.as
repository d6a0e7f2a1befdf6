/**
 * Reads JSON as it is written canonically (RFC 8785). What is written otherwise, or is no JSON at all, is read from its
 * beginning by OPA's own reader: what the two of them answer is always the same.
 */
import { opa_malloc } from './memory'
import { compareStrings, hashOf, OBJECT, STRING } from './values'

// @ts-ignore: decorator
@external('opa', 'opa_free')
declare function opa_free(block: usize): void
// @ts-ignore: decorator
@external('opa', 'opa_null')
declare function opa_null(): usize
// @ts-ignore: decorator
@external('opa', 'opa_boolean')
declare function opa_boolean(value: u32): usize
// @ts-ignore: decorator
@external('opa', 'opa_array')
declare function opa_array(): usize
// @ts-ignore: decorator
@external('opa', 'opa_array_append')
declare function opa_array_append(array: usize, value: usize): void
// @ts-ignore: decorator
@external('opa', 'opa_object')
declare function opa_object(): usize
// @ts-ignore: decorator
@external('opa', 'opa_json_lex_read')
declare function opa_json_lex_read(lexer: usize): u32
// @ts-ignore: decorator
@external('opa', 'opa_json_parse_token')
declare function opa_json_parse_token(lexer: usize, token: u32): usize

/** OPA's lexer { input, length, from, to, at, sets }, and behind it where the text ends. */
const LEXER_BYTES: u32 = 28
const AT: usize = 16
const END: usize = 24

const TRUE: u32 = 0x65757274
const ALSE: u32 = 0x65736c61
const NULL: u32 = 0x6c6c756e

const ONES: u64 = 0x0101010101010101
const HIGH: u64 = 0x8080808080808080

export function opa_json_parse(text: usize, length: u32): usize {
  return parse(text, length, 0)
}

export function opa_value_parse(text: usize, length: u32): usize {
  return parse(text, length, 1)
}

function parse(text: usize, length: u32, sets: u32): usize {
  const lexer = opa_malloc(LEXER_BYTES)
  begin(lexer, text, length, sets)
  let value = readValue(lexer)
  if (value == 0) {
    begin(lexer, text, length, sets)
    value = readOtherwise(lexer)
  }
  opa_free(lexer)
  return value
}

function begin(lexer: usize, text: usize, length: u32, sets: u32): void {
  store<usize>(lexer, text)
  store<u32>(lexer, length, 4)
  store<u64>(lexer, 0, 8)
  store<usize>(lexer, text, AT)
  store<u32>(lexer, sets, 20)
  store<usize>(lexer, text + length, END)
}

/** The next value by OPA's own reader; 0 where there is none. */
function readOtherwise(lexer: usize): usize {
  return opa_json_parse_token(lexer, opa_json_lex_read(lexer))
}

/** The byte that stands there; 0 behind the end. */
// @ts-ignore: decorator
@inline
function byteAt(lexer: usize, at: usize): u32 {
  return at < load<usize>(lexer, END) ? load<u8>(at) : 0
}

/** The next value; 0 where it, or what is in it, is not written canonically. */
function readValue(lexer: usize): usize {
  const at = load<usize>(lexer, AT)
  switch (byteAt(lexer, at)) {
    case 0x22: // "
      return readString(lexer, at + 1)
    case 0x7b: // {
      return readObject(lexer, at + 1)
    case 0x5b: // [
      return readArray(lexer, at + 1)
    default:
      return readWord(lexer, at)
  }
}

function readWord(lexer: usize, at: usize): usize {
  if (at + 5 <= load<usize>(lexer, END)) {
    const word = load<u32>(at)
    if (word == TRUE || word == NULL) {
      store<usize>(lexer, at + 4, AT)
      return word == TRUE ? opa_boolean(1) : opa_null()
    }
    if (load<u8>(at) == 0x66 && load<u32>(at + 1) == ALSE) {
      store<usize>(lexer, at + 5, AT)
      return opa_boolean(0)
    }
  }
  return readOtherwise(lexer)
}

/** A string of which the quotation mark has been read. */
function readString(lexer: usize, from: usize): usize {
  const to = plainUntil(from, load<usize>(lexer, END))
  // Escapes, and what is no JSON.
  if (byteAt(lexer, to) != 0x22) return readOtherwise(lexer)
  store<usize>(lexer, to + 1, AT)
  const length = <u32>(to - from)
  const value = opa_malloc(12 + length)
  store<u16>(value, STRING)
  store<u32>(value, length, 4)
  store<usize>(value, value + 12, 8)
  copy(value + 12, from, length)
  return value
}

/** Where a quotation mark, a backslash, a control character, what is not UTF-8 or the end comes first. */
function plainUntil(at: usize, end: usize): usize {
  at = asciiUntil(at, end)
  while (at < end && load<u8>(at) >= 0x80) {
    const bytes = bytesOfCharacter(at, end)
    if (bytes == 0) break
    at += bytes
    if (at < end && load<u8>(at) < 0x80) at = asciiUntil(at, end)
  }
  return at
}

/** Where something else than a plain character of ASCII, or the end, comes first. */
function asciiUntil(at: usize, end: usize): usize {
  for (; at + 8 <= end; at += 8) {
    const word = load<u64>(at)
    // Each sets the high bit of the first byte that it is about, and of none before it.
    const quotes = zerosOf(word ^ (ONES * 0x22))
    const backslashes = zerosOf(word ^ (ONES * 0x5c))
    const controls = (word - ONES * 0x20) & ~word
    const stops = (quotes | backslashes | controls | word) & HIGH
    if (stops != 0) return at + (<usize>ctz(stops) >> 3)
  }
  for (; at < end; at++) {
    const byte = load<u8>(at)
    if (byte == 0x22 || byte == 0x5c || byte < 0x20 || byte >= 0x80) break
  }
  return at
}

/** Bytes of the character beyond ASCII that stands there, by Unicode's table of well-formed UTF-8 (3-7); 0 where there is none. */
function bytesOfCharacter(at: usize, end: usize): u32 {
  const lead = load<u8>(at)
  const bytes: u32 = lead < 0xc2 || lead > 0xf4 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
  if (bytes == 0 || at + bytes > end) return 0
  const second = load<u8>(at + 1)
  const least: u8 = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80
  const most: u8 = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf
  if (second < least || second > most) return 0
  for (let next: u32 = 2; next < bytes; next++) if ((load<u8>(at + next) & 0xc0) != 0x80) return 0
  return bytes
}

// @ts-ignore: decorator
@inline
function zerosOf(word: u64): u64 {
  return (word - ONES) & ~word
}

function copy(to: usize, from: usize, length: u32): void {
  if (length < 8) {
    for (let at: u32 = 0; at < length; at++) store<u8>(to + at, load<u8>(from + at))
    return
  }
  // The last eight bytes overlap those before them.
  const last = length - 8
  for (let at: u32 = 0; at < last; at += 8) store<u64>(to + at, load<u64>(from + at))
  store<u64>(to + last, load<u64>(from + last))
}

/** An array of which the bracket has been read. */
function readArray(lexer: usize, at: usize): usize {
  const array = opa_array()
  if (byteAt(lexer, at) == 0x5d) {
    store<usize>(lexer, at + 1, AT)
    return array
  }
  for (;;) {
    store<usize>(lexer, at, AT)
    const value = readValue(lexer)
    if (value == 0) return 0
    opa_array_append(array, value)
    at = load<usize>(lexer, AT)
    const next = byteAt(lexer, at++)
    if (next == 0x2c) continue
    if (next != 0x5d) return 0
    store<usize>(lexer, at, AT)
    return array
  }
}

/** An object of which the brace has been read. Its members are put in once all are known, so that it never has to grow. */
function readObject(lexer: usize, at: usize): usize {
  if (byteAt(lexer, at) == 0x7d) {
    store<usize>(lexer, at + 1, AT)
    return opa_object()
  }
  let last: usize = 0
  let length: u32 = 0
  for (;;) {
    if (byteAt(lexer, at) != 0x22) return 0
    store<usize>(lexer, at, AT)
    const key = readString(lexer, at + 1)
    at = load<usize>(lexer, AT)
    if (key == 0 || byteAt(lexer, at) != 0x3a) return 0
    store<usize>(lexer, at + 1, AT)
    const value = readValue(lexer)
    if (value == 0) return 0
    const member = opa_malloc(12)
    store<usize>(member, key)
    store<usize>(member, value, 4)
    store<usize>(member, last, 8)
    last = member
    length++
    at = load<usize>(lexer, AT)
    const next = byteAt(lexer, at++)
    if (next == 0x2c) continue
    if (next != 0x7d) return 0
    store<usize>(lexer, at, AT)
    return objectOf(last, length)
  }
}

/** As many buckets as OPA's own growing comes to. */
function bucketsFor(length: u32): u32 {
  let size: u32 = 8
  while (<f64>size * 0.7 < <f64>length) size <<= 1
  return size
}

function objectOf(member: usize, length: u32): usize {
  const size = bucketsFor(length)
  const buckets = opa_malloc(size << 2)
  for (let at = buckets; at < buckets + (size << 2); at += 8) store<u64>(at, 0)
  const object = opa_malloc(16)
  store<u8>(object, OBJECT)
  store<usize>(object, buckets, 4)
  store<u32>(object, size, 8)
  store<u32>(object, length, 12)
  while (member != 0) {
    const next = load<usize>(member, 8)
    const key = load<usize>(member)
    const hash = hashOf(load<usize>(key, 8), load<u32>(key, 4))
    if (!put(buckets + ((hash & (size - 1)) << 2), member, key)) return 0
    member = next
  }
  return object
}

/** Puts a member where its key comes in the bucket; false where the key is there already. */
function put(place: usize, member: usize, key: usize): bool {
  for (let other = load<usize>(place); other != 0; other = load<usize>(place)) {
    const order = compareStrings(key, load<usize>(other))
    if (order == 0) return false
    if (order < 0) break
    place = other + 8
  }
  store<usize>(member, load<usize>(place), 8)
  store<usize>(place, member)
  return true
}
