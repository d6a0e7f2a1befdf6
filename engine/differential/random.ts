/** A stream of choices that the seed alone decides, the same on every machine. Not for secrets. */
export class Random {
  #state: number

  /** @param seed any integer; its lower 32 bits count */
  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** A stream of its own for each name, so that one gate's inputs do not depend on how many another had. */
  static named(seed: number, name: string): Random {
    let hash = 0x811c9dc5 ^ seed
    for (const byte of new TextEncoder().encode(name)) hash = Math.imul(hash ^ byte, 0x01000193)
    return new Random(hash)
  }

  /** At least 0 and below 1 (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** An integer of at least 0 and below `bound`. */
  below(bound: number): number {
    return Math.floor(this.next() * bound)
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.next() < probability
  }

  /** One of these; there must be one. */
  pick<T>(among: readonly T[]): T {
    return among[this.below(among.length)]!
  }
}
