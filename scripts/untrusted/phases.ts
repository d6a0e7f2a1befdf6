/** How long each part of a run took. */
export class Phases {
  private readonly took = new Map<string, number>()

  constructor(private readonly progress: (line: string) => void) {}

  /** By part, in seconds. */
  get seconds(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.took)
  }

  async time<T>(part: string, work: () => Promise<T>): Promise<T> {
    const began = performance.now()
    try {
      return await work()
    } finally {
      const seconds = Math.round((performance.now() - began) / 100) / 10
      this.took.set(part, seconds)
      this.progress(`${part}: ${seconds} s`)
    }
  }
}
