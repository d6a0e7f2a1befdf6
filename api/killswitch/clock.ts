/** Time as leases use it: monotonic, so that no one can lengthen a lease by setting a clock. */
export interface Clock {
  /** Milliseconds since some fixed moment. */
  now(): number
  /** Runs `work` after `ms`; the answer cancels it. */
  after(ms: number, work: () => void): () => void
}

/** CLOCK_MONOTONIC and timers that keep no process alive. */
export const monotonicClock: Clock = {
  now: () => performance.now(),
  after: (ms, work) => {
    const timer = setTimeout(work, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
