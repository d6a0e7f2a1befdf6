import { MAX_ERRORS } from '#contract/field-errors.js'
import { isExactText } from '#contract/primitives.js'
import { problem, type FieldError } from '#contract/problems.js'

const MAX_DEPTH = 32
const [QUOTE, BACKSLASH, OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = [0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d]
const decoder = new TextDecoder('utf-8', { fatal: true })
/** Brackets and strings of well-formed JSON; of a string that is a name, with its colon. */
const TOKENS = /"([^"\\]*(?:\\.[^"\\]*)*)"(\s*:)?|[{}[\]]/g

/** Whether brackets outside strings nest deeper than allowed; read from the bytes, before anything is built from them. */
const isTooDeep = (bytes: Uint8Array): boolean => {
  let depth = 0
  let inString = false
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (inString) {
      if (byte === BACKSLASH) at++
      else if (byte === QUOTE) inString = false
    } else if (byte === QUOTE) inString = true
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      if (++depth > MAX_DEPTH) return true
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) depth--
  }
  return false
}

/** A name that stands twice in one object: which of the two counts is for every reader to guess, so nobody has to. */
const doubledName = (json: string): string | undefined => {
  const open: Set<string>[] = []
  for (const [token, written, colon] of json.matchAll(TOKENS)) {
    if (token === '{' || token === '[') open.push(new Set())
    else if (token === '}' || token === ']') open.pop()
    else if (colon !== undefined && written !== undefined) {
      const name = written.includes('\\') ? (JSON.parse(`"${written}"`) as string) : written
      if (open.at(-1)?.has(name)) return name
      open.at(-1)?.add(name)
    }
  }
  return undefined
}

const escapePointer = (key: string): string => key.toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1')

/** Finds strings and keys that can't be kept exactly, and keys that would reach an object's prototype. */
const inexactText = (value: unknown, pointer: string, errors: FieldError[]): void => {
  if (errors.length >= MAX_ERRORS) return
  if (typeof value === 'string') {
    if (!isExactText(value)) errors.push({ pointer, detail: 'must be well-formed Unicode without NUL' })
    return
  }
  if (value === null || typeof value !== 'object') return
  for (const [key, inner] of Object.entries(value)) {
    const at = `${pointer}/${escapePointer(key)}`
    if (!isExactText(key)) errors.push({ pointer: at, detail: 'the name must be well-formed Unicode without NUL' })
    if (key === '__proto__') errors.push({ pointer: at, detail: 'this name is not allowed' })
    inexactText(inner, at, errors)
  }
}

/**
 * Reads a request body as JSON: UTF-8, nested at most 32 levels, no name twice in an object, every string exact.
 * Raises `request.malformed_json`, or `request.invalid` with a pointer to each string that is not exact.
 */
export const parseJson = (bytes: Uint8Array): unknown => {
  if (isTooDeep(bytes))
    throw problem('request.malformed_json', { detail: `The body nests deeper than ${MAX_DEPTH} levels` })
  let value: unknown
  let json: string
  try {
    json = decoder.decode(bytes)
    value = JSON.parse(json)
  } catch (error) {
    throw problem('request.malformed_json', { detail: `The body is not JSON: ${(error as Error).message}` })
  }
  const doubled = doubledName(json)
  if (doubled !== undefined)
    throw problem('request.malformed_json', {
      detail: `The name ${JSON.stringify(doubled.slice(0, 100))} stands twice in one object`,
    })
  const errors: FieldError[] = []
  inexactText(value, '', errors)
  if (errors.length > 0) throw problem('request.invalid', { errors })
  return value
}
