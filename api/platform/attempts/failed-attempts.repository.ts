import type { Queryable } from '../database/queryable.js'
import type { Limit } from './attempts.rules.js'

const LEFT = `greatest(0, failed_attempt.failures - greatest(0, extract(epoch FROM now() - failed_attempt.last_at)) / $4)`
/** Doubling has an end, so that a number stays a number. */
const MOST_DOUBLINGS = 30
/** After so many before this one; what was forgotten of one within a moment is no reason for another free one. */
const waitAfter = (failures: string): string =>
  `make_interval(secs => CASE WHEN round(${failures}) >= $2 THEN least($3, power(2, least(round(${failures}) - $2, ${MOST_DOUBLINGS}))) ELSE 0 END)`

/**
 * Counts an attempt as a failure, unless it is too early for one. The seconds that are left to wait, where it is; undefined
 * where it was counted. Rows of which everything is forgotten go.
 */
export const countAttempt = async (
  records: Queryable,
  whose: Uint8Array,
  { free, most, forgets }: Limit,
): Promise<number | undefined> => {
  await records.query('DELETE FROM failed_attempt WHERE expires_at < now()')
  const counted = await records.query(
    `INSERT INTO failed_attempt (whose_hash, failures, last_at, wait_until, expires_at)
     VALUES ($1, 1, now(), now() + ${waitAfter('0')}, now() + make_interval(secs => $3 + $4))
     ON CONFLICT (whose_hash) DO UPDATE SET
       failures = ${LEFT} + 1, last_at = now(), wait_until = now() + ${waitAfter(LEFT)},
       expires_at = now() + make_interval(secs => $3 + (${LEFT} + 1) * $4)
     WHERE failed_attempt.wait_until <= greatest(now(), failed_attempt.last_at)`,
    [whose, free, most, forgets],
  )
  if (counted.rowCount === 1) return undefined
  const { rows } = await records.query<{ left: number }>(
    `SELECT greatest(1, ceil(extract(epoch FROM wait_until - now())))::int AS left FROM failed_attempt WHERE whose_hash = $1`,
    [whose],
  )
  return rows[0]?.left ?? 1
}

/** Takes one failure back, and the wait that followed from it: up to when it was counted, however the clock is set since. */
export const takeBack = async (records: Queryable, whose: Uint8Array): Promise<void> => {
  await records.query(
    'UPDATE failed_attempt SET failures = greatest(0, failures - 1), wait_until = last_at WHERE whose_hash = $1',
    [whose],
  )
}

/** Forgets every failure. */
export const forgetFailures = async (records: Queryable, whose: Uint8Array): Promise<void> => {
  await records.query('DELETE FROM failed_attempt WHERE whose_hash = $1', [whose])
}
