/**
 * Lets so many at a time do something for the same one; the others wait for their turn, in their order. So a burst for one
 * takes no more than its share of what all have to get by with.
 */
export class Turns {
  private readonly lines = new Map<string, { running: number; readonly waiting: (() => void)[] }>()

  constructor(private readonly atOnce: number) {}

  /** How many wait for their turn. */
  waiting(key: string): number {
    return this.lines.get(key)?.waiting.length ?? 0
  }

  /** Does the work once it is its turn. */
  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const line = this.lines.get(key) ?? { running: 0, waiting: [] }
    this.lines.set(key, line)
    // Whoever ends hands its place on, so that nobody who comes just then takes it.
    if (line.running >= this.atOnce) await new Promise<void>((resolve) => line.waiting.push(resolve))
    else line.running++
    try {
      return await work()
    } finally {
      const next = line.waiting.shift()
      if (next) next()
      else if (--line.running === 0) this.lines.delete(key)
    }
  }
}
