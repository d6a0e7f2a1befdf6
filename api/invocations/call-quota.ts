import { problem } from '#contract/problems.js'
import type { CallTarget } from '../installs/call-target.js'
import { usagePeriod } from './execution.rules.js'

const DAY_MS = 86_400_000

/** Where an install stands in its quota. */
export interface QuotaState {
  readonly limit: number
  /** Calls before this one. */
  readonly used: number
  /** Seconds until the period ends. */
  readonly resetsInS: number
}

/** A call that counts from now on, unless it is given back. */
export interface Reservation extends QuotaState {
  giveBack(): void
}

interface Counter {
  readonly period: string
  /** As the database has it, other nodes' calls included. */
  recorded: number
  /** Calls of this node that are not recorded yet. */
  pending: number
}

/** Counts the calls of installs that have a quota. Other nodes' calls are seen with each write of usage. */
export class CallQuota {
  private readonly counters = new Map<string, Promise<Counter>>()

  constructor(
    private readonly callsUsed: (installId: string, period: string) => Promise<number>,
    private readonly now: () => number = Date.now,
  ) {}

  /** Counts one call; null where the install has no quota. Raises `ledger.unavailable` where the count can't be read. */
  async reserve({ installId, quota }: Pick<CallTarget, 'installId' | 'quota'>): Promise<Reservation | null> {
    if (!quota) return null
    const now = this.now()
    const counter = await this.counter(installId, usagePeriod(now))
    const used = counter.recorded + counter.pending++
    return {
      limit: quota.limit,
      used,
      resetsInS: Math.ceil((DAY_MS - (now % DAY_MS)) / 1000),
      giveBack: () => void counter.pending--,
    }
  }

  /** Calls of this node were recorded; the counter now stands at `total`. */
  async recorded(written: { installId: string; period: string; calls: number; total: number }): Promise<void> {
    const counter = await this.counters.get(written.installId)
    if (counter?.period !== written.period) return
    counter.pending = Math.max(0, counter.pending - written.calls)
    counter.recorded = Math.max(counter.recorded, written.total)
  }

  private async counter(installId: string, period: string): Promise<Counter> {
    const known = this.counters.get(installId)
    if (known) {
      const counter = await known
      if (counter.period === period) return counter
    }
    const loading = this.load(installId, period)
    this.counters.set(installId, loading)
    return loading
  }

  private async load(installId: string, period: string): Promise<Counter> {
    try {
      return { period, recorded: await this.callsUsed(installId, period), pending: 0 }
    } catch (cause) {
      this.counters.delete(installId)
      throw problem('ledger.unavailable', { detail: 'The quota of this install could not be read', cause })
    }
  }
}
