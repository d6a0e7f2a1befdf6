/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export const randomFrom = (seed: number) => {
  let state = seed >>> 0
  return (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** The same elements in another order (Fisher and Yates). */
export const shuffled = <T>(all: readonly T[], draw: () => number): T[] => {
  const copy = [...all]
  for (let last = copy.length - 1; last > 0; last--) {
    const at = Math.floor(draw() * (last + 1))
    ;[copy[last], copy[at]] = [copy[at]!, copy[last]!]
  }
  return copy
}

/** Does the work for each, so many at a time. */
export const eachOf = async <T>(all: readonly T[], atOnce: number, work: (one: T) => Promise<void>): Promise<void> => {
  const rest = [...all].toReversed()
  const worker = async (): Promise<void> => {
    for (let one = rest.pop(); one !== undefined; one = rest.pop()) await work(one)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}
