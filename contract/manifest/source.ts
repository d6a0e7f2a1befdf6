import { createScanner, parse, printParseErrorCode, visit, type ParseError } from 'jsonc-parser'
import { pointerOf } from '../field-errors.js'
import type { FieldError } from '../problems.js'
import { isExactText } from '../primitives.js'
import { refusedStrings } from './json.js'

/** The most bytes of UTF-8 that a manifest may have. */
export const MAX_MANIFEST_BYTES = 64 * 1024
/** The most levels that anything in a manifest may nest; free-form parts have their own, lower bound. */
const MAX_MANIFEST_DEPTH = 20

export type Read =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly errors: FieldError[] }

const refuse = (pointer: string, detail: string, remedy: string): Read => ({
  ok: false,
  errors: [{ pointer, detail, remedy }],
})

/** UTF-8 bytes as text; null where they are not UTF-8. */
function decode(source: string | Uint8Array): string | null {
  if (typeof source === 'string') return source
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(source)
  } catch {
    return null
  }
}

/** Nesting by tokens alone: the parser behind it recurses and must never see more than it can bear. */
function nestsTooDeep(text: string): boolean {
  const scanner = createScanner(text, true)
  let depth = 0
  while (scanner.getPosition() < text.length) {
    scanner.scan()
    const token = scanner.getTokenLength() === 1 ? text[scanner.getTokenOffset()] : undefined
    if (token === '{' || token === '[') depth += 1
    if (token === '}' || token === ']') depth -= 1
    if (depth > MAX_MANIFEST_DEPTH) return true
  }
  return false
}

/** Keys that two readers could take differently: one written twice, and `__proto__`, which assignment swallows. */
function ambiguousKeys(text: string): FieldError[] {
  const seen = new Set<string>()
  const errors: FieldError[] = []
  visit(
    text,
    {
      onObjectProperty: (...[key, , , , , pathSupplier]) => {
        const pointer = pointerOf([...pathSupplier(), key])
        if (key === '__proto__') errors.push({ pointer, detail: 'is not a known field', remedy: 'Remove it' })
        else if (seen.has(pointer)) errors.push({ pointer, detail: 'is given twice', remedy: 'Keep one of the two' })
        seen.add(pointer)
      },
    },
    { allowTrailingComma: true },
  )
  return errors
}

function syntaxError(text: string, error: ParseError): Read {
  const before = text.slice(0, error.offset).split('\n')
  const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`
  return refuse(
    '',
    `is not JSON: ${printParseErrorCode(error.error)} at ${place}`,
    'Write JSON (RFC 8259); comments and trailing commas are accepted',
  )
}

/**
 * A manifest's text (JSON with comments) as a value, or why it can't be read: size, encoding, depth, syntax, a key
 * given twice, a string that is not well-formed Unicode or has a NUL.
 */
export function readSource(source: string | Uint8Array): Read {
  const bytes = typeof source === 'string' ? Buffer.byteLength(source) : source.byteLength
  if (bytes > MAX_MANIFEST_BYTES)
    return refuse('', `has ${bytes} bytes, more than ${MAX_MANIFEST_BYTES}`, 'Move long texts out of the manifest')
  const text = decode(source)
  if (text === null) return refuse('', 'is not UTF-8', 'Save the file as UTF-8')
  if (nestsTooDeep(text)) return refuse('', `nests more than ${MAX_MANIFEST_DEPTH} levels`, 'Flatten it')
  const syntax: ParseError[] = []
  const value: unknown = parse(text, syntax, { allowTrailingComma: true })
  if (syntax[0]) return syntaxError(text, syntax[0])
  const errors = ambiguousKeys(text)
  for (const path of refusedStrings(value, (string) => !isExactText(string))) {
    errors.push({
      pointer: pointerOf(path),
      detail: 'must be well-formed Unicode without NUL',
      remedy: 'Remove the lone surrogate or NUL',
    })
  }
  return errors.length > 0 ? { ok: false, errors } : { ok: true, value }
}
