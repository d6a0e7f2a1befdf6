import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common'

/** Something done again and again while the service runs, one turn at a time; a shutdown waits for the turn at work. */
export abstract class Periodic implements OnApplicationBootstrap, OnApplicationShutdown {
  #timer: NodeJS.Timeout | undefined
  #turn: Promise<void> = Promise.resolve()

  /** @param everyMs from one turn to the next, and to the first */
  protected constructor(private readonly everyMs: number) {}

  /** One turn; never rejects. */
  protected abstract turn(): Promise<void>

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => this.begin(), this.everyMs)
    this.#timer.unref()
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer)
    await this.#turn
  }

  /** Begins a turn now. */
  protected begin(): void {
    this.#turn = this.turn()
  }
}
