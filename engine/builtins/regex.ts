import { RE2JS, RE2JSException, type Matcher } from 're2js'
import { LRUCache } from 'lru-cache'
import { beyond, int, refuse, text, type Call, type Family } from './call.js'
import type { Value } from './value.js'

/** Longest pattern in UTF-16 units. A pattern is compiled outside of fuel, into a program of bounded size. */
const MAX_PATTERN = 2_048
/** Steps for compiling one character of a pattern, and each instruction of the program that it becomes. */
const COMPILE_COST = 100
const INSTRUCTION_COST = 50
/** Steps for one instruction of the program at one character of the text: RE2 takes each at most once at each place. */
const STEP_COST = 1
/** Patterns kept compiled. They cost the same fuel as when they were compiled anew, so that fuel does not depend on the past. */
const KEPT_PATTERNS = 100

const compiled = new LRUCache<string, RE2JS>({ max: KEPT_PATTERNS })

/** A pattern in RE2's syntax, which is Go's: its time is linear in the text, whatever the pattern. */
class Pattern {
  readonly #pattern: RE2JS
  readonly #size: number

  constructor(
    readonly source: string,
    readonly call: Call,
  ) {
    if (source.length > MAX_PATTERN) beyond(`a pattern has at most ${MAX_PATTERN} characters`)
    call.pay(COMPILE_COST * source.length)
    this.#pattern = compile(source)
    this.#size = this.#pattern.programSize()
    call.pay(INSTRUCTION_COST * this.#size)
  }

  /** Whether it matches anywhere. */
  test(given: string): boolean {
    this.#payScan(given.length)
    return this.#pattern.matcher(given).find()
  }

  /** All matches that do not overlap, left to right, `limit` at most; an empty one right after another is none, as in Go. */
  *matches(given: string, limit = Infinity): Generator<Matcher> {
    const matcher = this.#pattern.matcher(given)
    let [at, previousEnd, found] = [0, -1, 0]
    while (found < limit && at <= given.length) {
      this.#payScan(given.length - at)
      if (!matcher.find(at)) return
      const [start, end] = [matcher.start(), matcher.end()]
      const accepted = end !== at || start !== previousEnd
      at = end === at ? at + (given.codePointAt(at)! > 0xffff ? 2 : 1) : end
      previousEnd = end
      if (!accepted) continue
      found++
      yield matcher
    }
  }

  #payScan(length: number): void {
    this.call.pay(STEP_COST * this.#size * (length + 1))
  }
}

function compile(source: string): RE2JS {
  const known = compiled.get(source)
  if (known) return known
  try {
    const pattern = RE2JS.compile(source)
    compiled.set(source, pattern)
    return pattern
  } catch (error) {
    if (error instanceof RE2JSException) return refuse(error.message)
    throw error
  }
}

/** Go's Regexp.Split without a limit. */
function split(pattern: Pattern, given: string): Value[] {
  if (pattern.source !== '' && given === '') return ['']
  const pieces: string[] = []
  let [begin, end] = [0, 0]
  for (const match of pattern.matches(given)) {
    end = match.start()
    if (match.end() !== 0) pieces.push(given.slice(begin, end))
    begin = match.end()
  }
  if (end !== given.length) pieces.push(given.slice(begin))
  return pieces
}

/** The first matches, all of them where the limit is negative. */
function findN(pattern: Pattern, given: string, limit: bigint): Value[] {
  const most = limit < 0n ? Infinity : Number(limit)
  return Array.from(pattern.matches(given, most), (match) => match.group()!)
}

/** Go's Regexp.ReplaceAllString, with its `$1`, `${name}` and `$$`. */
function replace(pattern: Pattern, given: string, template: string): string {
  const parts: string[] = []
  let begin = 0
  for (const match of pattern.matches(given)) {
    const expanded = expand(template, match)
    pattern.call.pay(template.length + expanded.length)
    parts.push(given.slice(begin, match.start()), expanded)
    begin = match.end()
  }
  return parts.join('') + given.slice(begin)
}

const REFERENCE = /\$(?:\$|(?<plain>[\p{L}\p{Nd}_]+)|\{(?<braced>[\p{L}\p{Nd}_]+)\})/gu

/** A `$` that begins no reference stands for itself; a group that does not exist is empty. */
function expand(template: string, match: Matcher): string {
  if (!template.includes('$')) return template
  return template.replaceAll(REFERENCE, (whole, plain?: string, braced?: string) => {
    const name = plain ?? braced
    return name === undefined ? '$' : groupOf(match, name)
  })
}

function groupOf(match: Matcher, name: string): string {
  if (!/^(?:0|[1-9][0-9]{0,7})$/.test(name)) return match.getNamedGroups()[name] ?? ''
  return Number(name) <= match.groupCount() ? (match.group(Number(name)) ?? '') : ''
}

/** A pattern out of a template: what stands between the delimiters is one, all else stands for itself. */
function templatePattern(template: string, open: string, close: string): string {
  if (Buffer.byteLength(open) !== 1 || Buffer.byteLength(close) !== 1) refuse('a delimiter is one character')
  let [pattern, level, begin, end] = ['^', 0, 0, 0]
  for (let at = 0; at < template.length; at++) {
    if (template[at] === open && ++level === 1) begin = at
    else if (template[at] === close && template[at] !== open && --level === 0) {
      pattern += `${RE2JS.quote(template.slice(end, begin))}(${template.slice(begin + 1, at)})`
      end = at + 1
    }
    if (level < 0) refuse('unbalanced delimiters')
  }
  if (level !== 0) refuse('unbalanced delimiters')
  return `${pattern}${RE2JS.quote(template.slice(end))}$`
}

/** `regex.*` by RE2; matching and finding groups are in the module itself. */
export const REGEX: Family = {
  'regex.find_n': ([pattern, given, limit], call) => findN(new Pattern(text(pattern), call), text(given), int(limit)),
  'regex.replace': ([given, pattern, value], call) =>
    replace(new Pattern(text(pattern), call), text(given), text(value)),
  'regex.split': ([pattern, given], call) => split(new Pattern(text(pattern), call), text(given)),
  'regex.template_match': ([template, given, open, close], call) => {
    const source = templatePattern(text(template), text(open), text(close))
    return new Pattern(source, call).test(text(given))
  },
}
