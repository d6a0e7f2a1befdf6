import { isExactText } from '#contract/primitives.js'

/** Raised where a record has no canonical form: a string with a lone surrogate or NUL, or a number that is no safe integer. */
export class InexactRecord extends Error {
  override readonly name = 'InexactRecord'
}

/** What a record's fields may hold. */
export type ExactField = string | number | null | readonly string[]

/** What `JSON.stringify` makes of a lone surrogate and of NUL. Text that holds the same letters has it too, after a backslash. */
const ESCAPED = /\\u(?:d[89a-f]|0000)/

/**
 * The RFC 8785 bytes of a record whose fields stand in the order of their names: `JSON.stringify` writes text, numbers and lists of
 * text as RFC 8785 §3.2.2 has them. Raises {@link InexactRecord}.
 */
export const exactBytes = (fields: Readonly<Record<string, ExactField>>): Uint8Array => {
  for (const value of Object.values(fields)) requireKind(value)
  const json = JSON.stringify(fields)
  if (ESCAPED.test(json)) Object.values(fields).flat().forEach(requireExact)
  return Buffer.from(json)
}

/** Rows are read from elsewhere too: what `JSON.stringify` would leave out or turn into something else has no form here. */
const requireKind = (value: unknown): void => {
  const isPlain = value === null || typeof value === 'string' || typeof value === 'number'
  if (!isPlain && !(Array.isArray(value) && value.every((each) => typeof each === 'string')))
    throw new InexactRecord('a field of the record is neither text, number, null nor a list of texts')
}

const requireExact = (value: string | number | null): void => {
  if (typeof value === 'string' && !isExactText(value))
    throw new InexactRecord('a text of the record is not well-formed Unicode without NUL')
}

/** A whole number as RFC 8785 has it. Raises {@link InexactRecord}. */
export const whole = (value: number): number => {
  if (!Number.isSafeInteger(value)) throw new InexactRecord(`${value} is not a whole number`)
  return value
}

/** A number as ECMAScript writes it, which is its form in RFC 8785 §3.2.2.3. Raises {@link InexactRecord}. */
export const finite = (value: number): number => {
  if (!Number.isFinite(value)) throw new InexactRecord(`${value} is not a number of JSON`)
  return value
}
