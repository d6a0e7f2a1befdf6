import { Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import { sequence, type SequencerParts } from './sequencer.js'

/** How often an instance tries to be the one that sequences, in milliseconds. */
const INTERVAL_MS = 250

/** Sequences again and again while the service runs. Faults are logged, shown by health, and tried again. */
export class SequencerService implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger('ledger')
  #timer: NodeJS.Timeout | undefined
  #pass: Promise<void> = Promise.resolve()
  #isStopped = false
  #fault: string | null = null

  constructor(private readonly parts: SequencerParts) {}

  /** Why the last pass failed; null where it did not. */
  get fault(): string | null {
    return this.#fault
  }

  onApplicationBootstrap(): void {
    this.#schedule()
  }

  async onApplicationShutdown(): Promise<void> {
    this.#isStopped = true
    clearTimeout(this.#timer)
    await this.#pass
  }

  #schedule(): void {
    if (this.#isStopped) return
    this.#timer = setTimeout(() => {
      void this.pass().then(() => this.#schedule())
    }, INTERVAL_MS)
    this.#timer.unref()
  }

  /** One pass, after the one that is under way: appends what waits. Never rejects. */
  pass(): Promise<void> {
    return (this.#pass = this.#pass.then(() => this.#run()))
  }

  async #run(): Promise<void> {
    try {
      await sequence(this.parts)
      this.#fault = null
    } catch (error) {
      const fault = error instanceof Error ? error.message : String(error)
      if (fault !== this.#fault) this.#logger.error({ error }, 'the log could not be sequenced')
      this.#fault = fault
    }
  }
}
