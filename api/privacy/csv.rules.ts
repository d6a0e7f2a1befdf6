/** What a spreadsheet takes for the beginning of a formula; also behind white space, which some of them skip. */
const FORMULA = /^[\s\0]*[=+\-@\t\r|%]/
const QUOTED = /[",\r\n]/

/** A field of RFC 4180. What a spreadsheet would run is preceded by an apostrophe, and so is read as text. */
const field = (value: string | number | boolean | null): string => {
  const text = value === null ? '' : String(value)
  const safe = typeof value === 'string' && FORMULA.test(text) ? `'${text}` : text
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A line of CSV with its end (RFC 4180). */
export const csvLine = (values: readonly (string | number | boolean | null)[]): string =>
  `${values.map(field).join(',')}\r\n`
