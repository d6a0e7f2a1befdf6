import { beyond, refuse } from './call.js'
import type { Zone } from './time-zone.js'

const NANOS = 1_000_000_000n
const INT64_MAX = 2n ** 63n - 1n
/** Larger numbers of years, months or days leave the range whatever they are added to. */
const MAX_STEP = 10_000_000n

/** A moment in nanoseconds since 1970, and the zone it is shown in. */
export interface Instant {
  readonly nanos: bigint
  readonly zone: Zone
}

/** What clocks and calendars in the zone show. */
export interface Fields {
  readonly year: number
  /** From 1. */
  readonly month: number
  readonly day: number
  /** From 1. */
  readonly yearDay: number
  /** From 0, Sunday. */
  readonly weekday: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly nanosecond: number
}

/** Nanoseconds that 64 bits hold: from 1677 to 2262. */
export const inRange = (nanos: bigint): bigint =>
  nanos <= INT64_MAX && nanos >= -INT64_MAX - 1n ? nanos : refuse('time outside of valid range')

/** Whole seconds since 1970, rounded down. */
export const secondOf = (nanos: bigint): number => Number((nanos - fraction(nanos)) / NANOS)

const fraction = (nanos: bigint): bigint => ((nanos % NANOS) + NANOS) % NANOS

/** Seconds since 1970 at which a day begins in UTC; each part may be out of its range and then carries over. */
export function secondsOf(year: number, month: number, day: number): number {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  const seconds = date.getTime() / 1_000
  return Number.isFinite(seconds) ? seconds : refuse('time outside of valid range')
}

export function fieldsOf({ nanos, zone }: Instant): Fields {
  const second = secondOf(nanos)
  const shown = new Date((second + zone.offsetAt(second)) * 1_000)
  const [year, month, day] = [shown.getUTCFullYear(), shown.getUTCMonth() + 1, shown.getUTCDate()]
  return {
    year,
    month,
    day,
    yearDay: (secondsOf(year, month, day) - secondsOf(year, 1, 1)) / 86_400 + 1,
    weekday: shown.getUTCDay(),
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
    second: shown.getUTCSeconds(),
    nanosecond: Number(fraction(nanos)),
  }
}

/** Seconds since a day began. */
export const ofDay = (hour = 0, minute = 0, second = 0): number => hour * 3_600 + minute * 60 + second

/** Nanoseconds since 1970 of seconds and a fraction. */
export const nanosOf = (second: number, nanosecond = 0): bigint => BigInt(second) * NANOS + BigInt(nanosecond)

/** How far to go: each may be negative. */
export interface DateStep {
  readonly years: bigint
  readonly months: bigint
  readonly days: bigint
}

/** The same time of day so many years, months and days later; what the calendar does not have carries over. */
export function addDate(instant: Instant, { years, months, days }: DateStep): bigint {
  for (const step of [years, months, days])
    if (step > MAX_STEP || step < -MAX_STEP) beyond('a step of years, months or days is out of bounds')
  const at = fieldsOf(instant)
  const day = secondsOf(at.year + Number(years), at.month + Number(months), at.day + Number(days))
  return nanosOf(instant.zone.toUtc(day + ofDay(at.hour, at.minute, at.second)), at.nanosecond)
}

/** Years, months, days, hours, minutes and seconds between two moments, as the first one's zone counts them. */
export function difference(a: Instant, b: Instant): number[] {
  const other = { nanos: b.nanos, zone: a.zone }
  const [from, to] = (a.nanos > other.nanos ? [other, a] : [a, other]).map(fieldsOf) as [Fields, Fields]
  const parts = [
    to.year - from.year,
    to.month - from.month,
    to.day - from.day,
    to.hour - from.hour,
    to.minute - from.minute,
    to.second - from.second,
  ]
  const spans = [0, 12, daysIn(from.year, from.month), 24, 60, 60]
  for (let index = parts.length - 1; index > 0; index--) {
    if (parts[index]! >= 0) continue
    parts[index]! += spans[index]!
    parts[index - 1]! -= 1
  }
  return parts
}

/** How many days a month has. */
export const daysIn = (year: number, month: number): number =>
  (secondsOf(year, month + 1, 1) - secondsOf(year, month, 1)) / 86_400
