import { refuse, type Call } from './call.js'

/** Steps for comparing two tokens. */
const MATCH_COST = 10

/** One element of a glob: what it matches (undefined: anything) and how often. */
interface Token {
  readonly points: ReadonlySet<number> | undefined
  readonly single: boolean
  readonly repeat: '' | '+' | '*'
}

/**
 * Whether two globs (characters, `.`, sets, `+` and `*`) match a common string, by the algorithm that OPA uses, which gives up on some
 * pairs that do intersect. It may take exponentially many steps, so each is paid for.
 */
export function intersect(a: readonly string[], b: readonly string[], call: Call): boolean {
  return new Intersection(call).nonEmpty(simplified(tokenize(a, call)), simplified(tokenize(b, call)))
}

function tokenize(input: readonly string[], call: Call): Token[] {
  const scanner = new Scanner(input, call)
  const tokens: Token[] = []
  while (!scanner.done) tokens.push(scanner.token())
  return tokens
}

class Scanner {
  #at = 0

  constructor(
    readonly input: readonly string[],
    readonly call: Call,
  ) {}

  get done(): boolean {
    return this.#at >= this.input.length
  }

  token(): Token {
    const { point, escaped } = this.#next()
    const character = String.fromCodePoint(point)
    if (!escaped && ']+*'.includes(character)) refuse('misplaced special character')
    if (!escaped && character === '.') return { points: undefined, single: false, repeat: this.#repeat() }
    if (!escaped && character === '[') return { points: this.#set(), single: false, repeat: this.#repeat() }
    return { points: new Set([point]), single: true, repeat: this.#repeat() }
  }

  #next(): { point: number; escaped: boolean } {
    const character = this.input[this.#at++]
    if (character === undefined) return refuse('the glob ends too early')
    if (character !== '\\') return { point: character.codePointAt(0)!, escaped: false }
    const following = this.input[this.#at++] ?? refuse('the glob ends with an escape')
    return { point: following.codePointAt(0)!, escaped: true }
  }

  #repeat(): '' | '+' | '*' {
    const mark = this.input[this.#at]
    if (mark !== '+' && mark !== '*') return ''
    this.#at++
    return mark
  }

  #set(): Set<number> {
    const points = new Set<number>()
    let previous: number | undefined
    for (;;) {
      const { point, escaped } = this.#next()
      if (!escaped && point === 0x5d) return points
      if (!escaped && point === 0x2d) {
        this.#range(previous, points)
        previous = undefined
      } else {
        points.add(point)
        previous = point
      }
    }
  }

  #range(from: number | undefined, points: Set<number>): void {
    if (from === undefined || this.#at >= this.input.length - 1) return refuse('a range needs two ends')
    const { point: to, escaped } = this.#next()
    if ((!escaped && (to === 0x5d || to === 0x2d)) || to < from) refuse('a range is out of order')
    this.call.pay(MATCH_COST * (to - from + 1))
    for (let point = from; point <= to; point++) points.add(point)
  }
}

/** Neighbouring repeated tokens that match the same become one. */
function simplified(tokens: readonly Token[]): Token[] {
  const simple: Token[] = []
  for (const token of tokens) {
    const latest = simple.at(-1)
    if (latest && token.repeat && latest.repeat && alike(token, latest)) {
      simple[simple.length - 1] = { ...latest, repeat: token.repeat === '+' || latest.repeat === '+' ? '+' : '*' }
    } else {
      simple.push(token)
    }
  }
  return simple
}

function alike(a: Token, b: Token): boolean {
  if (a.single !== b.single || !a.points || !b.points) return a.points === b.points
  return a.points.size === b.points.size && [...a.points].every((point) => b.points!.has(point))
}

function common(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  const [few, many] = a.size < b.size ? [a, b] : [b, a]
  return [...few].some((point) => many.has(point))
}

type Glob = readonly Token[]

class Intersection {
  constructor(readonly call: Call) {}

  nonEmpty(a: Glob, b: Glob): boolean {
    const trimmed = this.#trim(a, b)
    return trimmed !== undefined && this.#normal(...trimmed)
  }

  #matches(a: Token, b: Token): boolean {
    this.call.pay(MATCH_COST * Math.min(a.points?.size ?? 1, b.points?.size ?? 1) + MATCH_COST)
    return !a.points || !b.points || common(a.points, b.points)
  }

  /** Cuts off what matches token by token at both ends, all but one token each; undefined where something there does not match. */
  #trim(a: Glob, b: Glob): [Glob, Glob] | undefined {
    let left = 0
    while (left < a.length && left < b.length && !a[left]!.repeat && !b[left]!.repeat) {
      if (!this.#matches(a[left]!, b[left]!)) return undefined
      left++
    }
    if (left > 0) left--
    let [endA, endB] = [a.length - 1, b.length - 1]
    while (endA >= left && endB >= left && !a[endA]!.repeat && !b[endB]!.repeat) {
      if (!this.#matches(a[endA]!, b[endB]!)) return undefined
      endA--
      endB--
    }
    if (endA < a.length - 1) {
      endA++
      endB++
    }
    return [a.slice(left, endA + 1), b.slice(left, endB + 1)]
  }

  #normal(a: Glob, b: Glob): boolean {
    let at = 0
    for (; at < a.length && at < b.length; at++) {
      if (a[at]!.repeat || b[at]!.repeat) return this.#special(a.slice(at), b.slice(at))
      if (!this.#matches(a[at]!, b[at]!)) return false
    }
    return at === a.length && at === b.length
  }

  #special(a: Glob, b: Glob): boolean {
    this.call.pay(MATCH_COST + a.length + b.length)
    if (a[0]!.repeat) return a[0]!.repeat === '+' ? this.#plus(a, b) : this.#star(a, b)
    return b[0]!.repeat === '+' ? this.#plus(b, a) : this.#star(b, a)
  }

  /** The first token of `other` is taken by the repeated one; or takes that one whole, where it repeats itself. */
  #plus(repeated: Glob, other: Glob): boolean {
    if (!this.#matches(repeated[0]!, other[0]!)) return false
    if (this.#star(repeated, other.slice(1))) return true
    return other[0]!.repeat !== '' && this.#normal(repeated.slice(1), other)
  }

  /** Takes tokens of `other` as long as they match the repeated one, and tries to go on wherever the next one matches. */
  #star(repeated: Glob, other: Glob): boolean {
    const [star, next] = repeated as [Token, Token?]
    for (const [index, token] of other.entries()) {
      if (next && this.#matches(token, next) && this.#normal(repeated.slice(1), other.slice(index))) return true
      if (!this.#matches(token, star)) return false
    }
    return next === undefined
  }
}
