/** Figures of one measured function. */
export interface Measured {
  readonly opsPerSecond: number
  readonly p50Us: number
  readonly p99Us: number
}

const BATCH = 64

/** Runs `work` for about `milliseconds`: throughput from the whole run, latencies from each call. */
export function measure(work: () => unknown, milliseconds: number): Measured {
  const latencies: number[] = []
  const start = performance.now()
  let now = start
  while (now - start < milliseconds) {
    for (let turn = 0; turn < BATCH; turn += 1) {
      const before = performance.now()
      work()
      now = performance.now()
      latencies.push((now - before) * 1_000)
    }
  }
  latencies.sort((one, other) => one - other)
  return {
    opsPerSecond: latencies.length / ((now - start) / 1_000),
    p50Us: at(latencies, 0.5),
    p99Us: at(latencies, 0.99),
  }
}

const at = (sorted: readonly number[], quantile: number): number => sorted[Math.floor((sorted.length - 1) * quantile)]!

/** The middle one of an odd number of values. */
export const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]!
