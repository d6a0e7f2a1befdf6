const RFC_3339 =
  /^(\d{4})-(\d\d)-(\d\d)(?:T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d))?$/

/**
 * A moment of RFC 3339 as UTC in milliseconds; undefined where it is none. Also refused are days that no month has, and
 * the year 0, which `Date` lets pass and PostgreSQL does not. A day alone is its beginning in UTC.
 */
export const momentOf = (text: string): string | undefined => {
  const [, year, month, day] = RFC_3339.exec(text) ?? []
  if (year === undefined || Number(year) === 0) return undefined
  const first = new Date(`${year}-${month}-${day}T00:00:00Z`)
  if (Number.isNaN(first.getTime()) || first.getUTCDate() !== Number(day)) return undefined
  const moment = new Date(text)
  const isKept = !Number.isNaN(moment.getTime()) && moment.getUTCFullYear() >= 1 && moment.getUTCFullYear() <= 9999
  return isKept ? moment.toISOString() : undefined
}
