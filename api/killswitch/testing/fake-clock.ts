import type { Clock } from '../clock.js'

/** A clock for tests: time passes only when told to, and timers fire in their order. */
export class FakeClock implements Clock {
  private time = 0
  private timers: { at: number; work: () => void }[] = []

  now(): number {
    return this.time
  }

  after(ms: number, work: () => void): () => void {
    const timer = { at: this.time + ms, work }
    this.timers.push(timer)
    return () => {
      this.timers = this.timers.filter((other) => other !== timer)
    }
  }

  /** Lets `ms` pass; what a timer starts is awaited before time goes on. */
  async advance(ms: number): Promise<void> {
    const end = this.time + ms
    for (;;) {
      const next = this.timers.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0]
      if (!next) break
      this.timers = this.timers.filter((other) => other !== next)
      this.time = Math.max(this.time, next.at)
      next.work()
      await settle()
    }
    this.time = end
    await settle()
  }
}

/** Lets every promise that can go on do so. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
