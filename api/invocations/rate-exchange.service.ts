import { randomUUID } from 'node:crypto'
import { Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common'
import type { Clock } from '../killswitch/clock.js'
import type { CallRate } from './call-rate.js'
import { noticesOf, readNotice } from './rate-notice.rules.js'
import type { RatesRepository } from './rates.repository.js'

/** How often an instance tells what it has counted, in milliseconds: so long the others may not know of a call. */
const TELL_MS = 50
const RETRY_MS = 1_000
const NOTHING = { minute: 0, counts: [] }

export interface RateExchangeParts {
  readonly rate: Pick<CallRate, 'untold' | 'untell' | 'hear'>
  readonly notices: Pick<RatesRepository, 'tell' | 'listen'>
  readonly clock: Clock
}

/**
 * Has instances tell each other what they count of calls a minute, so that limits hold over all of them (ADR 0028). No call
 * waits for it: while the database cannot be reached, each instance counts for itself. One that has heard of no other tells nothing.
 */
export class RateExchange implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('rates')
  /** One run of one instance: what it counted before a restart stays counted. */
  private readonly teller = randomUUID()
  private telling: Promise<void> = Promise.resolve()
  private isAlone = true
  /** Somebody asked, and is answered even where there is nothing to tell: so he knows that he is not alone. */
  private isAsked = false
  private cancelTurn = (): void => undefined
  private stopListening = (): void => undefined
  private stopped = false
  private failing = false

  constructor(private readonly parts: RateExchangeParts) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.listen()
    this.next()
  }

  /** Before the pools close: the connection that listens is one of theirs. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true
    this.cancelTurn()
    this.stopListening()
    await this.telling
  }

  private next(): void {
    if (this.stopped) return
    this.cancelTurn = this.parts.clock.after(TELL_MS, () => {
      this.telling = this.turn().finally(() => this.next())
    })
  }

  /** Tells what has changed since it was told last. Never rejects. */
  private async turn(): Promise<void> {
    const { rate, notices } = this.parts
    const told = (this.isAlone ? null : rate.untold()) ?? (this.isAsked ? NOTHING : null)
    if (!told) return
    const asked = this.isAsked
    this.isAsked = false
    try {
      await notices.tell(noticesOf({ teller: this.teller, ...told }))
      this.failing = false
    } catch (error) {
      rate.untell()
      this.isAsked ||= asked
      if (!this.failing) this.logger.warn({ error }, 'other instances are not told of calls a minute')
      this.failing = true
    }
  }

  private onNotice(text: string): void {
    const notice = readNotice(text)
    if (!notice || notice.teller === this.teller) return
    this.isAlone = false
    this.parts.rate.hear(notice.teller, notice.minute, notice.counts)
    if (!notice.asks) return
    this.isAsked = true
    this.parts.rate.untell()
  }

  /** Listens, and asks for what was told before; where that fails or ends, tries again. */
  private async listen(): Promise<void> {
    if (this.stopped) return
    const { notices, clock } = this.parts
    const again = (): void => void clock.after(RETRY_MS, () => void this.listen())
    try {
      this.stopListening = await notices.listen({ onNotice: (text) => this.onNotice(text), onLost: again })
      if (this.stopped) return this.stopListening()
      await notices.tell(noticesOf({ teller: this.teller, ...NOTHING, asks: true }))
    } catch {
      this.stopListening()
      again()
    }
  }
}
