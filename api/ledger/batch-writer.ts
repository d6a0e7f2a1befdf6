import { linger } from '../platform/database/linger.js'
import { LedgerRefused } from './ledger-refused.js'

/** What a batch writer needs to know. */
export interface BatchOptions<T> {
  /** Writes all rows or none. */
  readonly write: (rows: readonly T[]) => Promise<void>
  /** Whether a failed write may be the fault of one of its rows, so that the others are worth trying apart. */
  readonly isRowFault: (error: unknown) => boolean
  readonly maxRows: number
  readonly maxInFlight: number
  /** Rows that may wait; beyond it a row is refused at once. */
  readonly maxWaiting: number
}

/** How long a patient row may wait for a write to join, in milliseconds. */
const PATIENCE_MS = 50

/** How soon a row has to be written: one whose effect is over, or has to wait for something else anyway, is `patient`. */
export interface Pace {
  readonly patient?: boolean
}

interface Waiting<T> {
  readonly row: T
  readonly settle: (refusal?: LedgerRefused) => void
}

/**
 * Gathers rows that come within one turn of the event loop, or while earlier batches are under way, into one write.
 * Whoever comes alone is written at once and alone; where many come, the next write lingers for more ({@link linger}).
 */
export class BatchWriter<T> {
  #waiting: Waiting<T>[] = []
  #inFlight = 0
  #isScheduled = false
  /** Somebody waits for a row, or a patient one has waited long enough. */
  #isDue = false
  #patience: NodeJS.Timeout | undefined

  constructor(private readonly options: BatchOptions<T>) {}

  /** Rows that wait for their write to start. */
  get waiting(): number {
    return this.#waiting.length
  }

  /**
   * Resolves once the row is durable; rejects with {@link LedgerRefused}, for this row alone where the row is at fault.
   * A patient row starts no write of its own for a moment: it joins the next one.
   */
  add(row: T, { patient = false }: Pace = {}): Promise<void> {
    if (this.#waiting.length >= this.options.maxWaiting) {
      return Promise.reject(new LedgerRefused('outage', 'too many rows wait already'))
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ row, settle: (refusal) => (refusal ? reject(refusal) : resolve()) })
      if (patient) this.#patience ??= setTimeout(() => this.#schedule(), PATIENCE_MS)
      else this.#schedule()
    })
  }

  #schedule(): void {
    this.#isDue = true
    if (this.#isScheduled) return
    this.#isScheduled = true
    setImmediate(() => {
      this.#isScheduled = false
      this.#pump()
    })
  }

  #pump(): void {
    while (this.#inFlight < this.options.maxInFlight && this.#isDue) {
      const batch = this.#waiting.splice(0, this.options.maxRows)
      if (this.#waiting.length === 0) this.#rest()
      this.#inFlight += 1
      void this.#flush(batch).then(async () => {
        await linger(batch.length)
        this.#inFlight -= 1
        this.#pump()
      })
    }
  }

  /** Nothing waits any more. */
  #rest(): void {
    this.#isDue = false
    clearTimeout(this.#patience)
    this.#patience = undefined
  }

  /** Writes a batch; where a row may be at fault, each half again, until the row stands alone and is refused alone. */
  async #flush(batch: readonly Waiting<T>[]): Promise<void> {
    try {
      await this.options.write(batch.map(({ row }) => row))
      for (const { settle } of batch) settle()
    } catch (error) {
      const fault = this.options.isRowFault(error) ? 'row' : 'outage'
      if (fault === 'outage' || batch.length === 1) {
        for (const { settle } of batch) settle(new LedgerRefused(fault, error))
        return
      }
      const middle = batch.length >> 1
      await this.#flush(batch.slice(0, middle))
      await this.#flush(batch.slice(middle))
    }
  }
}
