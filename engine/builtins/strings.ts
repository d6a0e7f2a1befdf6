import { int, refuse, text, texts, type Builtin, type Call, type Family } from './call.js'
import { RegoSet, isArray, type Value } from './value.js'

/** One string, or those of an array or set. */
const oneOrMore = (value: Value | undefined): string[] =>
  typeof value === 'string'
    ? [value]
    : value instanceof RegoSet || isArray(value!)
      ? texts(value)
      : refuse('strings are wanted')

const anyMatch =
  (matches: (whole: string, part: string) => boolean): Builtin =>
  ([search, base], call) => {
    const [wholes, parts] = [oneOrMore(search), oneOrMore(base)]
    call.pay(wholes.length * parts.reduce((sum, part) => sum + part.length + 2, 0))
    return wholes.some((whole) => parts.some((part) => matches(whole, part)))
  }

/** Positions, counted in code points, at which `part` stands in `whole`; they may overlap. */
function positions(whole: string, part: string, call: Call): Value[] {
  if (part === '') refuse('empty search character')
  const found: Value[] = []
  let [points, seen] = [0, 0]
  for (let at = whole.indexOf(part); at >= 0; at = whole.indexOf(part, at + 1)) {
    call.pay(part.length)
    for (; seen < at; seen += whole.codePointAt(seen)! > 0xffff ? 2 : 1) points++
    found.push(points)
  }
  return found
}

/** Occurrences that do not overlap; the empty string stands before each code point and at the end. */
const occurrences = (whole: string, part: string): number =>
  part === '' ? [...whole].length + 1 : whole.split(part).length - 1

const pieces = (given: string, mark: string): string[] => (mark === '' ? [...given] : given.split(mark))

/** The first `count` pieces, or the last ones where it is negative. */
function splitN(given: string, mark: string, count: bigint): string[] {
  const all = pieces(given, mark)
  if (count < 0n) return count <= -BigInt(all.length) ? all : all.slice(Number(count))
  return count >= BigInt(all.length) ? all : all.slice(0, Number(count))
}

/** Work that searching takes where the text repeats: V8 searches in about linear time, but not in every case. */
const paySearch = (call: Call, whole: string, part: string) => call.pay(whole.length + part.length)

/** Strings that are not in the module itself. */
export const STRINGS: Family = {
  indexof_n: ([whole, part], call) => {
    paySearch(call, text(whole), text(part))
    return positions(text(whole), text(part), call)
  },
  'strings.any_prefix_match': anyMatch((whole, part) => whole.startsWith(part)),
  'strings.any_suffix_match': anyMatch((whole, part) => whole.endsWith(part)),
  'strings.count': ([whole, part], call) => {
    paySearch(call, text(whole), text(part))
    return occurrences(text(whole), text(part))
  },
  'strings.split_n': ([whole, mark, count]) => splitN(text(whole), text(mark), int(count)),
  // Nobody traces, so a note is taken and nothing else happens.
  trace: ([note]) => typeof text(note) === 'string',
}
