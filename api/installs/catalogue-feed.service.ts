import { Logger } from '@nestjs/common'
import type { Pool } from 'pg'
import { listen } from '../platform/database/listener.js'

const CHANNEL = 'gatehouse_catalogue'
const RETRY_MS = 1_000

/** Told which tenant's installs changed, or `*` where anything may have. */
export type CatalogueListener = (tenant: string) => void

/**
 * Hears when the catalogue or an install changes, on whichever instance. While it does not hear (`live` is false)
 * nothing may be kept in memory.
 */
export class CatalogueFeed {
  private readonly logger = new Logger('catalogue-feed')
  private readonly listeners = new Set<CatalogueListener>()
  private stopListening: (() => void) | null = null
  private retry: NodeJS.Timeout | null = null
  private stopped = false

  constructor(private readonly records: Pool) {}

  get live(): boolean {
    return this.stopListening !== null
  }

  onChange(listener: CatalogueListener): void {
    this.listeners.add(listener)
  }

  /** Begins to listen; where that fails it goes on trying by itself. */
  async start(): Promise<void> {
    try {
      await this.listen()
    } catch (error) {
      this.logger.warn({ error }, 'changes of the catalogue are not heard')
      this.again()
    }
  }

  stop(): void {
    this.stopped = true
    if (this.retry) clearTimeout(this.retry)
    this.stopListening?.()
    this.stopListening = null
  }

  private async listen(): Promise<void> {
    const stop = await listen(this.records, CHANNEL, {
      onNotice: (tenant) => this.tell(tenant || '*'),
      onLost: () => this.lost(),
    })
    if (this.stopped) return stop()
    this.stopListening = stop
    // What changed while nobody listened is unknown.
    this.tell('*')
  }

  private lost(): void {
    this.stopListening = null
    this.tell('*')
    this.again()
  }

  private again(): void {
    if (this.stopped) return
    this.retry = setTimeout(() => void this.start(), RETRY_MS)
    this.retry.unref()
  }

  private tell(tenant: string): void {
    for (const listener of this.listeners) listener(tenant)
  }
}
