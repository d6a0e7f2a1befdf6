/** SQL of a moment as RFC 3339 in UTC with milliseconds, for where it has no name of its own. */
export const isoMoment = (column: string): string =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** SQL that gives a timestamptz column under its own name as RFC 3339 in UTC with milliseconds, as the API writes it. */
export const isoTimestamp = (column: string, name = column): string => `${isoMoment(column)} AS ${name}`

/** The same of a moment that Prisma read. */
export const isoInstant = <Moment extends Date | null>(moment: Moment) =>
  (moment === null ? null : moment.toISOString()) as Moment extends Date ? string : null
