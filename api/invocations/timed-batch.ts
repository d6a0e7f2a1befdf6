interface BatchOptions<T> {
  /** Writes all rows or none. */
  readonly write: (rows: readonly T[]) => Promise<void>
  /** Whether writing failed because of a row and not because the database is out. */
  readonly isRowFault: (error: unknown) => boolean
  /** Told of each failed write, and of each row that is given up (`lost` > 0). */
  readonly onFault: (error: unknown, lost: number) => void
}

const EVERY_MS = 25
const LONGEST_PAUSE_MS = 2_000
const MAX_ROWS = 1_000
const MAX_WAITING = 100_000

/**
 * Gathers rows and writes them at most every 25 ms. While the database is out they wait, up to a bound; a row that
 * the database refuses is given up alone.
 */
export class TimedBatch<T> {
  private waiting: T[] = []
  private timer: NodeJS.Timeout | undefined
  private flushing: Promise<void> | undefined
  private pauseMs = EVERY_MS

  constructor(private readonly options: BatchOptions<T>) {}

  add(rows: readonly T[]): void {
    if (this.waiting.length + rows.length > MAX_WAITING)
      return this.options.onFault(new Error('too many rows wait to be written'), rows.length)
    for (const row of rows) this.waiting.push(row)
    this.schedule()
  }

  /** Writes what waits now. Rows that could not be written wait on. */
  async flush(): Promise<void> {
    await this.flushing
    this.flushing = this.drain()
    await this.flushing
  }

  private schedule(): void {
    if (this.timer) return
    this.timer = setTimeout(() => {
      this.timer = undefined
      void this.flush()
    }, this.pauseMs)
    // Whoever ends the process flushes; rows that can't be written must not keep it from ending.
    this.timer.unref()
  }

  /** Writes what waits now; what comes meanwhile waits for the next time, so that statements stay few. */
  private async drain(): Promise<void> {
    for (let left = this.waiting.length; left > 0; left -= MAX_ROWS) {
      const rows = this.waiting.splice(0, MAX_ROWS)
      if (rows.length === 0) return
      try {
        await this.write(rows)
        this.pauseMs = EVERY_MS
      } catch (error) {
        this.options.onFault(error, 0)
        this.waiting = [...rows, ...this.waiting]
        this.pauseMs = Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS)
        return this.schedule()
      }
    }
  }

  /** Where a row may be at fault, halves again until it stands alone. */
  private async write(rows: readonly T[]): Promise<void> {
    try {
      await this.options.write(rows)
    } catch (error) {
      if (!this.options.isRowFault(error)) throw error
      if (rows.length === 1) return this.options.onFault(error, 1)
      const middle = rows.length >> 1
      await this.write(rows.slice(0, middle))
      await this.write(rows.slice(middle))
    }
  }
}
