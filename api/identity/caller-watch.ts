import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common'
import type { Callers } from './caller-resolver.service.js'
import type { CallerRepository } from './caller.repository.js'

const AGAIN_MS = 1_000

/**
 * Has this instance forget callers as soon as another one lets somebody go. Where no notice comes, what is known of callers
 * is a second old at most all the same.
 */
export class CallerWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private stopListening = (): void => undefined
  private again: NodeJS.Timeout | undefined
  private stopped = false

  constructor(
    private readonly repository: Pick<CallerRepository, 'listen'>,
    private readonly callers: Pick<Callers, 'forget'>,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.begin()
  }

  /** Before the pools close: the connection that listens is one of theirs. */
  beforeApplicationShutdown(): void {
    this.stopped = true
    clearTimeout(this.again)
    this.stopListening()
  }

  private async begin(): Promise<void> {
    const onNotice = (): void => this.callers.forget()
    try {
      const stop = await this.repository.listen({ onNotice, onLost: () => this.later() })
      if (this.stopped) return stop()
      this.stopListening = stop
      onNotice()
    } catch {
      this.later()
    }
  }

  private later(): void {
    if (this.stopped) return
    this.again = setTimeout(() => void this.begin(), AGAIN_MS)
    this.again.unref()
  }
}
