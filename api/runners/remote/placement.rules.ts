import type { Job } from '#runtime/slots/job.js'
import type { RunnerState } from '#runtime/slots/slots.js'

/** Refusals that another runner may not have, or this one a moment later; an artifact that does not load is not one. */
export const REFUSED_FOR_NOW = /^(runner|order|signature)\.|^slots\.(overloaded|closed)$/

interface Placeable {
  readonly state: Pick<RunnerState, 'state'>
  readonly load: number
}

/** The one with the most room of those that are ready, the first of equals, so that its slots stay warm. */
export const leastLoaded = <R extends Placeable>(runners: readonly R[]): R | undefined =>
  runners.filter(({ state: { state } }) => state === 'ready').toSorted((a, b) => a.load - b.load)[0]

/**
 * Whether a call that was lost with its runner may run once more (ADR 0024). `always`: its method may be repeated.
 * `until_host_call`: it is under an idempotency key, which promises that effects happen once. One that has touched bodies that go
 * piece by piece never may: what was read cannot be read again, and what was sent cannot be unsent (ADR 0027).
 */
export const mayRepeat = (
  { repeat, fixed }: Pick<Job, 'repeat' | 'fixed'>,
  { hostCalls, touched }: { readonly hostCalls: number; readonly touched: boolean },
): boolean => {
  if (touched) return false
  if (hostCalls === 0) return repeat !== undefined
  // What is recorded keeps the answers to its host calls in their order: those of two runs would be no recording.
  return repeat === 'always' && fixed === undefined
}
