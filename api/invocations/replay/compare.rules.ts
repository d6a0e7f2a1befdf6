import type { ExecutionReplayed } from '#contract/api/invocations.js'
import { digestOf } from '#runtime/digest.js'
import type { ExecutionResult } from '#runtime/slots/job.js'
import { bytesOf } from '#runtime/recordings/recording.rules.js'

type Difference = NonNullable<ExecutionReplayed['difference']>

/** What a result is compared by, in the order in which a difference is told: what is alike in one is looked for in the next. */
const ASPECTS: readonly [what: Difference['what'], of: (result: ExecutionResult) => string | null][] = [
  ['outcome', ({ outcome }) => outcome],
  ['status', ({ response }) => (response ? String(response.status) : null)],
  ['headers', ({ response }) => (response ? digestOf(bytesOf(response.headers)) : null)],
  ['output', ({ response }) => (response ? digestOf(response.body) : null)],
  ['error', ({ error }) => (error === undefined ? null : digestOf(Buffer.from(error)))],
  ['fuel', ({ usage }) => String(usage.fuel)],
  ['memory', ({ usage }) => String(usage.memory_bytes)],
]

/** The first difference between two results; null where there is none. Time differs always and is not looked at. */
export const resultDifference = (recorded: ExecutionResult, replayed: ExecutionResult): Difference | null => {
  for (const [what, of] of ASPECTS) {
    const [before, now] = [of(recorded), of(replayed)]
    if (before !== now) return { what, at: null, recorded: before, replayed: now }
  }
  return null
}

/** Outcomes that follow from what an execution was given. The others came from outside, and may not come again. */
export const isReplayable = ({ outcome }: Pick<ExecutionResult, 'outcome'>): boolean =>
  !['killed', 'crashed', 'time_exceeded'].includes(outcome)
