import { linger } from '../platform/database/linger.js'

interface Waiting<I, O> {
  readonly item: I
  readonly resolve: (answer: O) => void
  readonly reject: (error: unknown) => void
}

const MAX_TOGETHER = 64

/**
 * Joins questions of one group that are asked within one turn of the event loop, or while its last batch is under way,
 * or just was and had many, into one. A batch that fails fails all that are in it.
 */
export class Coalescer<I, O> {
  private readonly groups = new Map<string, Waiting<I, O>[]>()

  /** `ask` answers the items of a group in their order. */
  constructor(private readonly ask: (group: string, items: readonly I[]) => Promise<readonly O[]>) {}

  add(group: string, item: I): Promise<O> {
    return new Promise((resolve, reject) => {
      const waiting = this.groups.get(group)
      if (waiting) return void waiting.push({ item, resolve, reject })
      this.groups.set(group, [{ item, resolve, reject }])
      setImmediate(() => void this.drain(group))
    })
  }

  private async drain(group: string): Promise<void> {
    for (let batch = this.take(group); batch; batch = this.take(group)) {
      await this.answer(group, batch)
      await linger(batch.length)
    }
  }

  /** Takes what waits; a group nobody waits in is forgotten. */
  private take(group: string): Waiting<I, O>[] | undefined {
    const waiting = this.groups.get(group)
    if (!waiting || waiting.length === 0) return void this.groups.delete(group)
    return waiting.splice(0, MAX_TOGETHER)
  }

  private async answer(group: string, batch: readonly Waiting<I, O>[]): Promise<void> {
    try {
      const answers = await this.ask(
        group,
        batch.map(({ item }) => item),
      )
      batch.forEach(({ resolve }, index) => resolve(answers[index] as O))
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }
}
