import { setImmediate } from 'node:timers/promises'

/** Maps one by one and lets other work of the process in between: each step is bounded, many of them are not. */
export async function inTurns<T, R>(items: readonly T[], step: (item: T) => R): Promise<R[]> {
  const results: R[] = []
  for (const item of items) {
    results.push(step(item))
    await setImmediate()
  }
  return results
}
