import type { Line } from './lines.js'
import { matchesIn, type Rule } from './rules.js'

/** A credential that was found: all that may be told of it. */
export interface Found {
  /** 16 hexadecimal digits. Nobody can try out values against it without this install's key. */
  readonly fingerprint: string
  readonly rule: string
  readonly title: string
  readonly severity: Rule['severity']
  readonly file: string | null
  readonly line: number
}

/** What a scan works with. */
export interface Scanning {
  /** Files that begin with one of these are left out. */
  readonly skip: readonly string[]
  readonly fingerprint: (secret: string) => string
}

/** What a scan came to. */
export interface Scanned {
  /** Lines that count: of a diff those that it adds. */
  readonly lines: number
  /** Each credential once for each file. */
  readonly found: readonly Found[]
  /** There were more than are told. */
  readonly more: boolean
}

/** So many are told: whoever has more looks at the first ones anyway. */
const MAX_FOUND = 500
const MAX_FILE = 300

const isSkipped = (skip: readonly string[], file: string | null): boolean =>
  file !== null && skip.some((prefix) => file.startsWith(prefix))

/** Looks through lines for credentials. */
export const scan = (lines: Generator<Line, number>, { skip, fingerprint }: Scanning): Scanned => {
  const found = new Map<string, Found>()
  let more = false
  let next = lines.next()
  for (; !next.done; next = lines.next()) {
    const { text, file, number, rules } = next.value
    if (isSkipped(skip, file)) continue
    for (const { rule, secret } of matchesIn(text, rules)) {
      const { id, title, severity } = rule
      // A private key is told by its first line, which is the same in all of them.
      const mark = fingerprint(id === 'private_key' ? `${secret} ${file} ${number}` : secret)
      const key = `${mark} ${file}`
      if (found.has(key)) continue
      if (found.size >= MAX_FOUND) more = true
      else
        found.set(key, {
          ...{ fingerprint: mark, rule: id, title, severity },
          ...{ file: file && file.slice(0, MAX_FILE), line: number },
        })
    }
  }
  return { lines: next.value, found: [...found.values()], more }
}
