import type { Random } from './random.js'
import { isList, isNullable, isObject, present, withMember, type Json, type Shape } from './shape.js'
import type { Vocabulary } from './vocabulary.js'

/** Where a value is wanted, and what there is to make it from. */
interface Wanted {
  readonly path: readonly string[]
  readonly shape: Shape
  readonly random: Random
  readonly words: Vocabulary
}

/** Text that two evaluators may read, count or write differently. */
const ODD_TEXT = [
  '',
  ' ',
  '"\\/',
  '\u0001\t\n',
  '<&>',
  'e\u0301',
  'é',
  '\u{1f600}',
  '\u2028\u2029',
  '\u007f\ufeff',
  '%s.*',
]
/** How often what the cases say is taken, where they say anything. */
const KNOWN = 0.7
const NULL = 0.25
const OPTIONAL = 0.3
const WIDEST = 9

/** Another value for a place; what the schema forbids of it is for the caller to see. */
export function replacement(wanted: Wanted, current: Json): Json {
  const { shape, random } = wanted
  if (isNullable(shape) && current !== null && random.chance(NULL)) return null
  const inner = { ...wanted, shape: present(shape) }
  if (isList(current)) return changedList(inner, current)
  if (isObject(current)) return changedObject(inner, current)
  if (typeof current === 'boolean') return !current
  return fresh(inner, current)
}

/** A value for a place, near the current one where that is a number. */
function fresh(wanted: Wanted, current?: Json): Json {
  const { shape, random, words, path } = wanted
  const known = words.at(path).filter((value) => value !== null)
  if (known.length > 0 && random.chance(KNOWN)) return random.pick(known)
  if (shape.enum) return random.pick(shape.enum)
  switch (shape.type) {
    case 'boolean':
      return random.chance(0.5)
    case 'integer':
      return number(wanted, current)
    case 'string':
      return text(wanted)
    case 'array':
      return Array.from({ length: random.below(3) }, () => entry(wanted))
    case 'object':
      return freshObject(wanted)
    default:
      return isNullable(shape) && random.chance(NULL) ? null : fresh({ ...wanted, shape: present(shape) })
  }
}

/** On, just below and just above what rules compare with, and as far out as the schema goes. */
function number({ shape, random, words }: Wanted, current?: Json): number {
  const near = typeof current === 'number' ? [current] : []
  const far = [0, shape.minimum ?? 0, shape.maximum ?? 0, 2 ** 31, 2 ** 32]
  return random.pick([...near, ...words.numbers, ...far]) + random.below(3) - 1
}

function text({ shape, random, words }: Wanted): string {
  if (shape.pattern) return random.pick(words.strings.filter((word) => new RegExp(shape.pattern!).test(word)))
  const longest = shape.maxLength ?? 64
  const limits = words.numbers.filter((limit) => limit > 0 && limit <= longest).flatMap((limit) => [limit, limit + 1])
  const odd = random.pick(ODD_TEXT)
  if (odd === '' || random.chance(0.5)) return odd
  const length = random.pick([...limits, longest])
  return odd.repeat(Math.floor(length / odd.length)).slice(0, longest)
}

function freshObject(wanted: Wanted): Json {
  const { shape, random } = wanted
  const chosen = Object.keys(shape.properties ?? {}).filter(
    (name) => shape.required?.includes(name) || random.chance(OPTIONAL),
  )
  return Object.fromEntries(chosen.map((name) => [name, fresh(member(wanted, name))]))
}

const member = (wanted: Wanted, name: string): Wanted => ({
  ...wanted,
  path: [...wanted.path, name],
  shape: wanted.shape.properties?.[name] ?? {},
})

const entry = (wanted: Wanted): Json =>
  fresh({ ...wanted, path: [...wanted.path, '*'], shape: wanted.shape.items ?? {} })

/** One member that may be absent is added, taken out or made anew; otherwise all of it is what another case says. */
function changedObject(wanted: Wanted, current: { readonly [name: string]: Json }): Json {
  const { shape, random } = wanted
  const optional = Object.keys(shape.properties ?? {}).filter((name) => !shape.required?.includes(name))
  if (optional.length === 0) return fresh(wanted)
  const name = random.pick(optional)
  const absent = current[name] !== undefined && random.chance(0.5)
  return withMember(current, name, absent ? undefined : fresh(member(wanted, name)))
}

/** An entry more, an entry less, an entry twice, none, many, in another order, or the list of another case. */
function changedList(wanted: Wanted, current: readonly Json[]): Json {
  const { random } = wanted
  const index = random.below(current.length + 1)
  switch (random.below(7)) {
    case 0:
      return []
    case 1:
      return current.toSpliced(index, 1)
    case 2:
      return current.toSpliced(index, 0, ...current.slice(index, index + 1))
    case 3:
      return current.toReversed()
    case 4:
      return fresh(wanted)
    case 5:
      return [...current, ...Array.from({ length: random.below(WIDEST) }, () => entry(wanted))]
    default:
      return current.toSpliced(index, 0, entry(wanted))
  }
}
