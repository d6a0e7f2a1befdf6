import { refuse, text, type Family } from './call.js'
import { compareText } from './value.js'

interface Version {
  readonly core: readonly bigint[]
  readonly preRelease: string
}

const IDENTIFIERS = /^[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*$/
const NUMERIC = /^(?:0|[1-9][0-9]*)$/
const INT64_MAX = 2n ** 63n - 1n

/** The version, or undefined where it is none: SemVer 2.0.0 with an optional leading `v`, its numbers of 63 bits. */
function parse(given: string): Version | undefined {
  const [beforeMetadata, metadata] = cut(given.replace(/^v/, ''), '+')
  if (metadata !== undefined && !IDENTIFIERS.test(metadata)) return undefined
  const [numbers, preRelease] = cut(beforeMetadata, '-')
  if (preRelease !== undefined && !validPreRelease(preRelease)) return undefined
  const parts = numbers.split('.')
  if (parts.length !== 3 || !parts.every((part) => NUMERIC.test(part))) return undefined
  const core = parts.map(BigInt)
  return core.every((part) => part <= INT64_MAX) ? { core, preRelease: preRelease ?? '' } : undefined
}

function cut(given: string, mark: string): [string, string | undefined] {
  const at = given.indexOf(mark)
  return at < 0 ? [given, undefined] : [given.slice(0, at), given.slice(at + 1)]
}

const validPreRelease = (given: string): boolean =>
  IDENTIFIERS.test(given) && given.split('.').every((part) => !/^0[0-9]+$/.test(part))

/** Precedence as SemVer 2.0.0 §11 orders it; build metadata does not count. */
function compareVersions(a: Version, b: Version): number {
  for (const [index, part] of a.core.entries()) {
    if (part !== b.core[index]) return part > b.core[index]! ? 1 : -1
  }
  if (a.preRelease === b.preRelease) return 0
  if (a.preRelease === '' || b.preRelease === '') return a.preRelease === '' ? 1 : -1
  return comparePreReleases(a.preRelease.split('.'), b.preRelease.split('.'))
}

function comparePreReleases(a: readonly string[], b: readonly string[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const order = compareIdentifiers(a[index]!, b[index]!)
    if (order !== 0) return order
  }
  return Math.sign(a.length - b.length)
}

function compareIdentifiers(a: string, b: string): number {
  const [aNumeric, bNumeric] = [/^[0-9]+$/.test(a), /^[0-9]+$/.test(b)]
  if (aNumeric !== bNumeric) return aNumeric ? -1 : 1
  if (!aNumeric) return Math.sign(compareText(a, b))
  const [left, right] = [capped(a), capped(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

/** Go's Atoi: beyond 63 bits the largest. */
const capped = (digits: string): bigint => (BigInt(digits) > INT64_MAX ? INT64_MAX : BigInt(digits))

/** BigInt reads digits in more than linear time, so long versions pay for the square of their length. */
const quadratic = (length: number): number => (length * length) / 1_024

/** `semver.*`. */
export const SEMVER: Family = {
  'semver.compare': ([a, b], call) => {
    const [left, right] = [text(a), text(b)]
    call.pay(quadratic(left.length) + quadratic(right.length))
    return compareVersions(
      parse(left) ?? refuse('operand 1 is not a valid SemVer'),
      parse(right) ?? refuse('operand 2 is not a valid SemVer'),
    )
  },
  'semver.is_valid': ([given], call) => {
    if (typeof given !== 'string') return false
    call.pay(quadratic(given.length))
    return parse(given) !== undefined
  },
}
