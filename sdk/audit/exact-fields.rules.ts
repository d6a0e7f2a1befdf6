import { isExactText } from '#contract/primitives.js'

/** Raised where a record has no canonical form: a string with a lone surrogate or NUL, or a number that is no safe integer. */
export class InexactRecord extends Error {
  override readonly name = 'InexactRecord'
}

/** A text or null as RFC 8785 §3.2.2.2 has it, which is what `JSON.stringify` does for well-formed text. Raises {@link InexactRecord}. */
export const quote = (value: string | null): string => {
  if (value === null) return 'null'
  if (!isExactText(value)) throw new InexactRecord('a text of the record is not well-formed Unicode without NUL')
  return JSON.stringify(value)
}

/** A whole number as RFC 8785 has it. Raises {@link InexactRecord}. */
export const whole = (value: number): number => {
  if (!Number.isSafeInteger(value)) throw new InexactRecord(`${value} is not a whole number`)
  return value
}

/** A list of texts as RFC 8785 has it. Raises {@link InexactRecord}. */
export const list = (values: readonly string[]): string => `[${values.map(quote).join(',')}]`
