import { z } from 'zod'
import { LIMITS } from './limits.js'
import { LocalId, Title, listOf } from './common.js'

/** Bounds of the five fields of a cron line: minute, hour, day of month, month, day of week. */
const CRON_FIELDS = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const

function isCronPart(part: string, [low, high]: readonly [number, number]): boolean {
  const match = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part)
  if (!match) return false
  const from = Number(match[1] ?? low)
  const to = Number(match[2] ?? match[1] ?? high)
  const step = Number(match[3] ?? 1)
  return from >= low && to <= high && from <= to && step >= 1 && step <= high
}

/** Whether a text is a cron line of five numeric fields with lists, ranges and steps. */
export function isCron(line: string): boolean {
  const fields = line.split(' ')
  return (
    fields.length === CRON_FIELDS.length &&
    CRON_FIELDS.every((bounds, index) => (fields[index] ?? '').split(',').every((part) => isCronPart(part, bounds)))
  )
}

const isTimeZone = (zone: string): boolean => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC'

/** A run at set times. */
const Schedule = z.strictObject({
  id: LocalId,
  title: Title,
  cron: z.string().max(100).refine(isCron, { error: 'must be five cron fields such as 0 6 * * 1' }),
  timezone: z
    .string()
    .max(60)
    .refine(isTimeZone, { error: 'must be an IANA time zone such as Europe/Stockholm' })
    .default('UTC'),
  endpoint: LocalId,
})
export const Schedules = listOf(Schedule, { max: 20, key: (schedule) => schedule.id, what: 'id' })

/** A call by the host around one of its own operations; `before` may refuse it, `after` learns of it. */
const Hook = z.strictObject({
  on: z
    .string()
    .max(120)
    .regex(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$/, { error: 'must be an operation such as expense.create' }),
  phase: z.enum(['before', 'after']),
  endpoint: LocalId,
  timeout_ms: z.int().min(1).max(LIMITS.wall_ms.ceiling).optional(),
})
export const Hooks = listOf(Hook, { max: 50, key: (hook) => `${hook.phase} ${hook.on}`, what: 'operation and phase' })
