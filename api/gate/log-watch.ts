import type { OnModuleDestroy } from '@nestjs/common'
import type { Pool } from 'pg'
import type { Clock } from '../killswitch/clock.js'
import { listen } from '../platform/database/listener.js'
import { WaitingRoom } from '../platform/waiting-room.js'

/** Told by PostgreSQL whenever the head of the ledger moves; see the migration of partitions. */
const CHANNEL = 'gatehouse_ledger'
/** Each holds a request open. */
const BOUNDS = { all: 100, ofOne: 20, againS: 1 }
/** When a connection that listened is tried again, in milliseconds. */
const RETRY_MS = 500

/** One reader that waits for the log to grow. */
export interface LogWaiter {
  /**
   * Resolves to true once the log may have grown since the waiter began or was last told so; to false once its time is
   * over, its signal aborted, or the service stops.
   */
  grown(): Promise<boolean>
  end(): void
}

class Waiter {
  #isGrown = false
  #isOver = false
  #told = Promise.withResolvers<void>()

  readonly wake = (): void => {
    this.#isGrown = true
    this.#told.resolve()
  }

  readonly finish = (): void => {
    this.#isOver = true
    this.#told.resolve()
  }

  async grown(): Promise<boolean> {
    if (!this.#isOver && !this.#isGrown) await this.#told.promise
    if (this.#isOver) return false
    this.#isGrown = false
    this.#told = Promise.withResolvers<void>()
    return true
  }
}

/** Lets readers wait for the log to grow: one connection for all of them, taken with the first, and no query meanwhile. */
export class LogWatch implements OnModuleDestroy {
  private readonly waiting = new WaitingRoom<Waiter>(BOUNDS)
  private listening: Promise<void> | undefined
  private stopListening = (): void => undefined
  private stopped = false

  constructor(
    private readonly records: Pool,
    private readonly clock: Clock,
  ) {}

  /** Begins to watch; what is appended from then on is not missed. Raises `overloaded` where too many wait already, of all or of this organisation. */
  async begin(tenant: string, ms: number, signal: AbortSignal): Promise<LogWaiter> {
    const waiter = new Waiter()
    this.waiting.enter(waiter, tenant)
    const cancel = this.clock.after(ms, waiter.finish)
    signal.addEventListener('abort', waiter.finish, { once: true })
    const end = (): void => {
      cancel()
      signal.removeEventListener('abort', waiter.finish)
      this.waiting.leave(waiter)
    }
    if (this.stopped || signal.aborted) waiter.finish()
    try {
      await this.listen()
    } catch (error) {
      end()
      throw error
    }
    return { grown: () => waiter.grown(), end }
  }

  /** Before the server closes: a request that waits would hold it open. */
  onModuleDestroy(): void {
    this.stopped = true
    for (const { finish } of this.waiting) finish()
    this.stopListening()
  }

  private listen(): Promise<void> {
    return (this.listening ??= this.open().catch((error: unknown) => {
      this.listening = undefined
      throw error
    }))
  }

  private async open(): Promise<void> {
    const wakeAll = (): void => {
      for (const { wake } of this.waiting) wake()
    }
    const onLost = (): void => {
      this.listening = undefined
      this.again()
    }
    this.stopListening = await listen(this.records, CHANNEL, { onNotice: wakeAll, onLost })
    if (this.stopped) this.stopListening()
    // For whatever was appended while nobody listened.
    wakeAll()
  }

  private again(): void {
    if (this.stopped || this.waiting.isEmpty) return
    this.clock.after(RETRY_MS, () => void this.listen().catch(() => this.again()))
  }
}
