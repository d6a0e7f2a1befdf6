import semver from 'semver'
import type { LimitEntry, ListDocument, ListEntry, RateSubject } from '#contract/api/documents.js'
import type { DecisionFacts } from '#contract/decisions/inputs.js'
import type { Permission } from '#contract/permissions.js'
import { RISKS } from '#contract/vocabulary.js'
import type { LaidDown } from './documents.repository.js'
import { fits } from './glob.rules.js'

/** What is looked up in lists: a version of an extension with the permissions that it has been, or would be, granted. */
export interface Looked {
  readonly extension: string
  readonly version: string
  readonly publisher: { readonly id: string; readonly slug: string }
  readonly categories: readonly string[]
  readonly permissions: readonly Permission[]
}

type Listed = NonNullable<DecisionFacts<'install'>['listed']>
type Hit = Pick<Listed, 'effect' | 'entry' | 'until'>
interface Dated {
  readonly from: string | null
  readonly until: string | null
}

const holds = ({ from, until }: Dated, now: number): boolean =>
  (from === null || Date.parse(from) <= now) && (until === null || now < Date.parse(until))

const isAbout = (entry: ListEntry, looked: Looked): boolean =>
  (entry.extension === undefined || fits(entry.extension, looked.extension)) &&
  (entry.publisher === undefined ||
    fits(entry.publisher, looked.publisher.slug) ||
    entry.publisher === looked.publisher.id) &&
  (entry.category === undefined || looked.categories.includes(entry.category)) &&
  (entry.permission === undefined || looked.permissions.some((id) => fits(entry.permission!, id)))

// A prerelease is a version like any other here: a range that denies 2.x denies 2.0.0-rc.1 as well.
const isInRange = ({ version: range }: ListEntry, { version }: Looked): boolean =>
  range === undefined || semver.satisfies(version, range, { includePrerelease: true })

const NAMED = ['extension', 'publisher', 'version', 'category', 'permission'] as const

/** What an entry is about, in words: `extension com.example.*, version <2`. */
export const entryWords = (entry: ListEntry): string =>
  NAMED.flatMap((name) => (entry[name] === undefined ? [] : [`${name} ${entry[name]}`])).join(', ')

const hitOf = (effect: Hit['effect'], entry: ListEntry): Hit => ({
  effect,
  entry: entryWords(entry),
  until: entry.until === null ? null : Date.parse(entry.until),
})

/** What one list says, by its strongest word. */
const saidBy = ({ admits, entries }: ListDocument, looked: Looked, now: number): Hit | undefined => {
  const about = entries.filter((entry) => holds(entry, now) && isAbout(entry, looked))
  const of = (effect: ListEntry['effect'], inRange = true): ListEntry | undefined =>
    about.find((entry) => entry.effect === effect && isInRange(entry, looked) === inRange)
  const denied = of('deny')
  if (denied) return hitOf('deny', denied)
  const missed = of('pin', false)
  if (missed) return hitOf('pin', missed)
  const admitted = of('allow') ?? of('pin')
  if (admitted) return hitOf('allow', admitted)
  return admits === 'listed' ? { effect: 'unlisted', entry: '*', until: null } : undefined
}

const STRENGTH: readonly Hit['effect'][] = ['deny', 'pin', 'unlisted', 'allow']

/** What an organisation's lists say of a version: the strongest word of all lists; null where none says anything. */
export const listedIn = ({ lists }: LaidDown, looked: Looked, now: number): Listed | null => {
  const said = lists.flatMap(({ name, revision, document }) => {
    const hit = saidBy(document, looked, now)
    return hit ? [{ ...hit, list: name, revision }] : []
  })
  return STRENGTH.flatMap((effect) => said.filter((hit) => hit.effect === effect))[0] ?? null
}

type LimitName = LimitEntry['limit']
type LimitOf<N extends LimitName> = Extract<LimitEntry, { limit: N }>

/** Limits of one name that hold now for an extension. */
const limitsOf = <N extends LimitName>(
  { limits }: LaidDown,
  limit: N,
  { extension, now }: { extension: string; now: number },
): LimitOf<N>[] =>
  limits
    .flatMap(({ document }) => document.entries)
    .filter((entry): entry is LimitOf<N> => entry.limit === limit)
    .filter((entry) => holds(entry, now) && fits(entry.extension, extension))

interface Called {
  readonly extension: string
  readonly now: number
}

/** The strictest limit on calls a day of an extension; null where there is none. */
export const dailyLimit = (laid: LaidDown, at: Called): { readonly limit: number } | null => {
  const values = limitsOf(laid, 'calls_per_day', at).map(({ value }) => value)
  return values.length === 0 ? null : { limit: Math.min(...values) }
}

/** A limit on calls a minute. */
export interface RateLimit {
  readonly per: RateSubject
  readonly limit: number
  /** The extensions whose calls are counted together, as the entry has them. */
  readonly extensions: string
}

/** Documents that were laid down before it could be said count for each install. */
const subjectOf = ({ per }: { readonly per?: RateSubject }): RateSubject => per ?? 'install'

/** The strictest limit on calls a minute of an extension for each thing that they are counted for. */
export const rateLimits = (laid: LaidDown, at: Called): readonly RateLimit[] => {
  const entries = limitsOf(laid, 'calls_per_minute', at)
  const told = entries.map((entry) => ({ per: subjectOf(entry), limit: entry.value, extensions: entry.extension }))
  // What an organisation's calls are counted together for is what the entry names; all else is one extension's anyway.
  const groups = Map.groupBy(told, ({ per, extensions }) => (per === 'organisation' ? `${per} ${extensions}` : per))
  return [...groups.values()].map((group) => group.reduce((least, each) => (each.limit < least.limit ? each : least)))
}

/** Limits on installing an extension, where these are installed already. Of several the one with the least room counts. */
export const installLimits = (
  laid: LaidDown,
  installed: readonly string[],
  at: { extension: string; now: number },
): DecisionFacts<'install'>['limits'] => {
  const counted = limitsOf(laid, 'installs', at).map(({ value: limit, extension }) => ({
    limit,
    used: installed.filter((name) => fits(extension, name)).length,
  }))
  const risks = limitsOf(laid, 'grant_risk', at).map(({ value }) => value)
  return {
    installs: counted.toSorted((a, b) => a.limit - a.used - (b.limit - b.used))[0] ?? null,
    grant_risk: risks.toSorted((a, b) => RISKS.indexOf(a) - RISKS.indexOf(b))[0] ?? null,
  }
}

/** When what holds changes next by itself, because an entry begins or ends: milliseconds since the epoch, else infinity. */
export const changesAt = ({ lists, limits }: LaidDown, now: number): number => {
  const documents: { readonly entries: readonly Dated[] }[] = [...lists, ...limits].map(({ document }) => document)
  const moments = documents.flatMap(({ entries }) => entries).flatMap(({ from, until }) => [from, until])
  const ahead = moments.flatMap((at) => (at === null ? [] : [Date.parse(at)])).filter((at) => at > now)
  return ahead.reduce((first, at) => Math.min(first, at), Number.POSITIVE_INFINITY)
}
