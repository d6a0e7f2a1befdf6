/** How every canary begins, and how much follows. */
export const MARK = 'zq7kx'
const REST = 19
const BASE64 = /[A-Za-z0-9+/_-]{24,}/g
const HEX = /[0-9a-fA-F]{48,}/g
/** A form within a form within a form is still found; nobody gets further by accident. */
const DEPTH = 2

/** A canary whose other characters are drawn. */
export const canaryFrom = (draw: () => number): string =>
  MARK + Array.from({ length: REST }, () => Math.floor(draw() * 36).toString(36)).join('')

const reversed = (text: string): string => Buffer.from(text, 'latin1').reverse().toString('latin1')
const BACKWARDS = reversed(MARK)
const WHOLE = /^[a-z0-9]*$/

/** What stands in a text in base64 or hexadecimal, wherever it begins. */
const decoded = (text: string): string[] => [
  ...(text.match(BASE64) ?? []).flatMap((run) =>
    [0, 1, 2, 3].map((at) => Buffer.from(run.slice(at), 'base64').toString('latin1')),
  ),
  ...(text.match(HEX) ?? []).flatMap((run) =>
    [0, 1].map((at) => Buffer.from(run.slice(at, run.length - ((run.length - at) % 2)), 'hex').toString('latin1')),
  ),
]

/** By the mark and not by an expression: megabytes are looked through, many times over. */
const plainly = (text: string): string[] => {
  const lower = (text.includes('\0') ? text.replaceAll('\0', '') : text).toLowerCase()
  const found: string[] = []
  for (let at = lower.indexOf(MARK); at !== -1; at = lower.indexOf(MARK, at + 1))
    found.push(lower.slice(at, at + MARK.length + REST))
  for (let at = lower.indexOf(BACKWARDS, REST); at !== -1; at = lower.indexOf(BACKWARDS, at + 1))
    found.push(reversed(lower.slice(at - REST, at + MARK.length)))
  return found.filter((canary) => canary.length === MARK.length + REST && WHOLE.test(canary))
}

/**
 * The canaries in a text of one character for each byte: as they are, reversed, in upper case, in UTF-16, and all of that in
 * base64 or hexadecimal, twice over at most.
 */
export const canariesIn = (text: string, depth = DEPTH): ReadonlySet<string> => {
  const found = new Set(plainly(text))
  if (depth === 0) return found
  for (const inner of [text, reversed(text)].flatMap(decoded))
    for (const canary of canariesIn(inner, depth - 1)) found.add(canary)
  return found
}
