import { problem } from '#contract/problems.js'

/** Counts what runs at once, by install. */
export class Concurrency {
  private readonly running = new Map<string, number>()

  /**
   * Takes a place of the install; the answer gives it back.
   * Raises `execution.concurrency_exceeded` where `most` places are taken.
   */
  enter(installId: string, most: number): () => void {
    const taken = this.running.get(installId) ?? 0
    if (taken >= most)
      throw problem('execution.concurrency_exceeded', { detail: `At most ${most} calls run at once`, retryAfter: 1 })
    this.running.set(installId, taken + 1)
    return () => this.leave(installId)
  }

  private leave(installId: string): void {
    const taken = this.running.get(installId) ?? 0
    if (taken <= 1) this.running.delete(installId)
    else this.running.set(installId, taken - 1)
  }
}
