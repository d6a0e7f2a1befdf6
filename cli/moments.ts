import { Instant } from '#contract/primitives.js'
import { UsageError } from './usage-error.js'

const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const

const LASTING = /^(\d{1,6})([mhd])$/

/** How long, in milliseconds: `30d`, `12h`, `90m`. Raises UsageError, which names the flag. */
export const milliseconds = (flag: string, value: string): number => {
  const [, count, unit] = LASTING.exec(value) ?? []
  if (unit === undefined) throw new UsageError(`${flag} ${value}: write how long, such as 90m, 12h or 30d`)
  return Number(count) * UNITS[unit as keyof typeof UNITS]
}

/** A moment in UTC or a day; undefined where the text is neither. */
const instantOf = (value: string): string | undefined => {
  const instant = /^\d{4}-\d\d-\d\d$/.test(value) ? `${value}T00:00:00Z` : value
  return Instant.safeParse(instant).success ? instant : undefined
}

/** A moment in UTC, a day, or how long ago: `30d`, `12h`, `90m`. Raises UsageError. */
export const pastMoment = (flag: string, value: string): string => {
  if (LASTING.test(value)) return new Date(Date.now() - milliseconds(flag, value)).toISOString()
  const instant = instantOf(value)
  if (instant) return instant
  throw new UsageError(
    `${flag} ${value} is no time: write 2026-01-31, 2026-01-31T09:30:00Z, or how long ago, such as 30d`,
  )
}

/** What `comingMoment` takes, in words for `--help` and for who wrote something else. */
export const COMING = '2026-01-31, 2026-01-31T09:30:00Z, or how long from now, such as 30d'

/** A moment in UTC, a day, or how long from now. Raises UsageError. */
export const comingMoment = (flag: string, value: string): string => {
  if (LASTING.test(value)) return new Date(Date.now() + milliseconds(flag, value)).toISOString()
  const instant = instantOf(value)
  if (instant) return instant
  throw new UsageError(`${flag} ${value} is no time: write ${COMING}`)
}
