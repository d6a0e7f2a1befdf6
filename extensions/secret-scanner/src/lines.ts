/** Lines of a text that comes piece by piece, and where they stand in the files of a diff. */
import type { Place } from './places.js'
import type { Rule } from './rules.js'

/** A line that is to be looked at. */
export interface Line {
  readonly text: string
  /** Null where the text is no diff. */
  readonly file: string | null
  /** In that file, or in the text; from 1. */
  readonly number: number
  /** Rules of which a credential may stand in it. */
  readonly rules: ReadonlySet<Rule>
}

/** What is longer goes on in the next one: minified code has lines of megabytes. */
const MAX_LINE = 64 * 1024
/** Such parts overlap, so that nothing is torn in two. */
const OVERLAP = 1_024
const CHUNK = 8_192
const LINE_FEED = 10
const [PLUS, MINUS, BACKSLASH] = [43, 45, 92]

/** Each byte as one character: a credential is ASCII, whatever the rest is. */
const latin1 = (bytes: Uint8Array): string => {
  let text = ''
  for (let at = 0; at < bytes.length; at += CHUNK)
    text += String.fromCharCode.apply(null, bytes.subarray(at, at + CHUNK) as unknown as number[])
  return text
}

const joined = (one: Uint8Array, other: Uint8Array): Uint8Array => {
  if (one.length === 0) return other
  const both = new Uint8Array(one.length + other.length)
  both.set(one)
  both.set(other, one.length)
  return both
}

/** Some lines together. Where `whole` is false, the last one goes on in the next block. */
interface Block {
  readonly bytes: Uint8Array
  readonly whole: boolean
}

function* blocks(pieces: Iterable<Uint8Array>): Generator<Block> {
  let rest: Uint8Array = new Uint8Array(0)
  for (const piece of pieces) {
    const bytes = joined(rest, piece)
    const end = bytes.lastIndexOf(LINE_FEED) + 1
    if (end > 0) yield { bytes: bytes.subarray(0, end), whole: true }
    // A piece is overwritten by nobody, but a rest of it must not keep all of it.
    rest = bytes.slice(end)
    if (rest.length > MAX_LINE) {
      yield { bytes: rest, whole: false }
      rest = rest.slice(-OVERLAP)
    }
  }
  if (rest.length > 0) yield { bytes: rest, whole: true }
}

const HUNK = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/

/** Where the next line stands, and whether it is one to look at. */
interface Cursor {
  readonly file: string | null
  readonly number: number
  /** Takes the next line in, given by where it stands; whether it is one to look at. */
  enter(line: Span): boolean
}

/** A line within a block: making an array of each would cost more than looking through it. */
interface Span {
  readonly bytes: Uint8Array
  start: number
  end: number
  whole: boolean
}

/** Of any text every line. */
class TextCursor implements Cursor {
  readonly file = null
  number = 0
  private continues = false

  enter({ whole }: Span): boolean {
    if (!this.continues) this.number++
    this.continues = !whole
    return true
  }
}

/** Of a unified diff the lines that it adds: what was there before has been looked at, and what goes is gone. */
class DiffCursor implements Cursor {
  file: string | null = null
  number = 0
  private next = 1
  /** Lines of the hunk that are still to come, of the file before and after. */
  private left = { old: 0, new: 0 }
  private continued: boolean | undefined

  enter(line: Span): boolean {
    const looked = this.continued ?? this.first(line)
    this.continued = line.whole ? undefined : looked
    return looked
  }

  private first({ bytes, start, end }: Span): boolean {
    const { left } = this
    if (left.old <= 0 && left.new <= 0) return this.head(latin1(bytes.subarray(start, Math.min(end, start + OVERLAP))))
    const sign = bytes[start]
    if (sign === BACKSLASH) return false
    if (sign !== PLUS) left.old--
    if (sign === MINUS) return false
    left.new--
    this.number = this.next++
    return sign === PLUS
  }

  private head(text: string): false {
    const [, old, start, added] = HUNK.exec(text) ?? []
    if (start !== undefined) {
      this.next = Number(start)
      this.left = { old: Number(old ?? 1), new: Number(added ?? 1) }
    } else if (text.startsWith('+++ ')) {
      const name = text.slice(4).split('\t', 1)[0]!.trimEnd()
      this.file = name === '/dev/null' ? null : name.replace(/^b\//, '')
    }
    return false
  }
}

/** How a text is read. */
export interface Reading {
  /** A unified diff (`git diff`, `git log -p`), of which only added lines count. */
  readonly isDiff: boolean
  /** Where something may stand in a block, in order; lines without such a place are passed over. */
  readonly placesIn: (block: Uint8Array) => readonly Place[]
}

const at = ({ file, number }: Cursor) => ({ file, number })

/** Gives the lines in which something may stand; returns how many lines counted in all. */
export function* linesOf(pieces: Iterable<Uint8Array>, { isDiff, placesIn }: Reading): Generator<Line, number> {
  const cursor: Cursor = isDiff ? new DiffCursor() : new TextCursor()
  let count = 0
  for (const { bytes, whole } of blocks(pieces)) {
    const places = placesIn(bytes)
    let nextPlace = 0
    const line: Span = { bytes, start: 0, end: 0, whole }
    for (; line.start < bytes.length; line.start = line.end + 1) {
      const feed = bytes.indexOf(LINE_FEED, line.start)
      line.end = feed < 0 ? bytes.length : feed
      line.whole = feed >= 0 || whole
      let rules: Set<Rule> | undefined
      for (; nextPlace < places.length && places[nextPlace]!.offset < line.end; nextPlace++)
        (rules ??= new Set()).add(places[nextPlace]!.rule)
      if (!cursor.enter(line)) continue
      if (line.whole) count++
      if (rules) yield { text: latin1(bytes.subarray(line.start, line.end)), ...at(cursor), rules }
    }
  }
  return count
}
