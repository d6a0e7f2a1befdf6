import { isUtf8 } from 'node:buffer'
import { beyond, elements, object, refuse, text, type Family } from './call.js'
import { compareText, RegoObject, type Value } from './value.js'

const RESERVED = /[^A-Za-z0-9\-_.~]/u
const ENCODER = new TextEncoder()

/** Go's url.QueryEscape: a space becomes `+`, all but unreserved characters are escaped by their UTF-8 bytes. */
export function escapeQuery(given: string): string {
  return [...given.toWellFormed()]
    .map((character) => (character === ' ' ? '+' : RESERVED.test(character) ? percent(character) : character))
    .join('')
}

const percent = (character: string): string =>
  [...ENCODER.encode(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')

/** Go's url.QueryUnescape; refuses an escape that is not two hexadecimal digits. */
export function unescapeQuery(given: string): string {
  return unescape(given.replaceAll('+', ' '))
}

/** Undoes percent-encoding. */
export function unescape(given: string): string {
  if (!given.includes('%')) return given
  if (/%(?![0-9a-fA-F]{2})/.test(given)) refuse('invalid URL escape')
  return given.replaceAll(/(?:%[0-9a-fA-F]{2})+/g, (run) => utf8(Buffer.from(run.replaceAll('%', ''), 'hex')))
}

/** The text of these bytes. Other bytes than UTF-8 are a string in Go, but none in WASM's JSON. */
function utf8(bytes: Buffer): string {
  return isUtf8(bytes) ? bytes.toString('utf8') : beyond('the bytes are no UTF-8')
}

/** A query string with its keys in order, each with its values in theirs. */
function encodeObject(given: RegoObject): string {
  const pairs = [...given].map(([key, value]) => [text(key), valuesOf(value)] as const)
  return pairs
    .toSorted(([a], [b]) => compareText(a, b))
    .flatMap(([key, values]) => values.map((value) => `${escapeQuery(key)}=${escapeQuery(value)}`))
    .join('&')
}

const valuesOf = (value: Value): string[] =>
  typeof value === 'string' ? [value] : elements(value).map((element) => text(element))

/** Go's url.ParseQuery: an array of values for each key; a semicolon is refused. */
function decodeObject(query: string): RegoObject {
  const found = new RegoObject()
  for (const pair of query.split('&').filter(Boolean)) {
    if (pair.includes(';')) refuse('invalid semicolon separator in query')
    const equals = pair.indexOf('=')
    const key = unescapeQuery(equals < 0 ? pair : pair.slice(0, equals))
    const value = equals < 0 ? '' : unescapeQuery(pair.slice(equals + 1))
    found.set(key, [...((found.get(key) as Value[] | undefined) ?? []), value])
  }
  return found
}

function decodeHex(given: string): string {
  if (given.length % 2 !== 0 || /[^0-9a-fA-F]/.test(given)) refuse('not hexadecimal')
  return utf8(Buffer.from(given, 'hex'))
}

/** `hex.*`, `urlquery.*` and the unpadded base64url; the other base64 builtins are in the module itself. */
export const ENCODING: Family = {
  'base64url.encode_no_pad': ([given]) => Buffer.from(text(given)).toString('base64url'),
  'hex.decode': ([given]) => decodeHex(text(given)),
  'hex.encode': ([given]) => Buffer.from(text(given)).toString('hex'),
  'urlquery.decode': ([given]) => unescapeQuery(text(given)),
  'urlquery.decode_object': ([given], call) => {
    const query = text(given)
    // A key that repeats has its values copied each time.
    const pairs = query.split('&').length
    call.pay(pairs * pairs)
    return decodeObject(query)
  },
  'urlquery.encode': ([given]) => escapeQuery(text(given)),
  'urlquery.encode_object': ([given]) => encodeObject(object(given)),
}
