import type { CallTarget } from '../installs/call-target.js'

const MINUTE_MS = 60_000
const MANY = 1_000

/** Where an install stands in its minute. */
export interface RateState {
  readonly limit: number
  /** Calls before this one. */
  readonly used: number
}

/** A call that counts from now on, unless it is given back. */
export interface CountedCall extends RateState {
  giveBack(): void
}

/** Counts the calls of installs that have a limit a minute, on this instance: another one counts its own. */
export class CallRate {
  private readonly windows = new Map<string, { readonly minute: number; used: number }>()

  constructor(private readonly now: () => number = Date.now) {}

  /** Counts one call; null where the install has no such limit. */
  count({ installId, rate }: Pick<CallTarget, 'installId' | 'rate'>): CountedCall | null {
    if (!rate) return null
    const minute = Math.floor(this.now() / MINUTE_MS)
    let window = this.windows.get(installId)
    if (window?.minute !== minute) {
      this.forget(minute)
      this.windows.set(installId, (window = { minute, used: 0 }))
    }
    const counted = window
    return { limit: rate.limit, used: counted.used++, giveBack: () => void counted.used-- }
  }

  /** Minutes that are over say nothing more. */
  private forget(minute: number): void {
    if (this.windows.size < MANY) return
    for (const [installId, window] of this.windows) if (window.minute < minute) this.windows.delete(installId)
  }
}
