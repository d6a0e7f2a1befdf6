import type { RateSubject } from '#contract/api/documents.js'
import type { CallTarget } from '../installs/call-target.js'

const MINUTE_MS = 60_000
const MANY = 1_000

/** Whose calls are counted, and against which limits. */
export interface RatedCall {
  readonly target: Pick<CallTarget, 'installId' | 'tenantId' | 'rates'>
  readonly endpoint: { readonly id: string }
  readonly caller: { readonly keyId: string | null; readonly actor: { readonly id: string } }
}

/** Where one limit on calls a minute stands. */
export interface RateState {
  readonly per: RateSubject
  readonly limit: number
  /** Calls before this one. */
  readonly used: number
  /** Seconds until the minute ends. */
  readonly resetsInS: number
}

/** A call that counts from now on, unless it is given back. */
export interface CountedCall {
  readonly states: readonly RateState[]
  giveBack(): void
}

interface Window {
  readonly minute: number
  used: number
}

/** Counts calls by the minute for whatever has a limit, on this instance: another one counts its own. */
export class CallRate {
  private readonly windows = new Map<string, Window>()

  constructor(private readonly now: () => number = Date.now) {}

  /** Counts one call against each limit that it has. */
  count(call: RatedCall): CountedCall {
    const now = this.now()
    const resetsInS = Math.ceil((MINUTE_MS - (now % MINUTE_MS)) / 1000)
    const counted: Window[] = []
    const states = call.target.rates.map(({ per, limit, extensions }) => {
      const window = this.window(`${per} ${SUBJECTS[per](call, extensions)}`, Math.floor(now / MINUTE_MS))
      counted.push(window)
      return { per, limit, used: window.used++, resetsInS }
    })
    return { states, giveBack: () => counted.forEach((window) => window.used--) }
  }

  private window(subject: string, minute: number): Window {
    const known = this.windows.get(subject)
    if (known?.minute === minute) return known
    this.forget(minute)
    const fresh = { minute, used: 0 }
    this.windows.set(subject, fresh)
    return fresh
  }

  /** Minutes that are over say nothing more. */
  private forget(minute: number): void {
    if (this.windows.size < MANY) return
    for (const [subject, window] of this.windows) if (window.minute < minute) this.windows.delete(subject)
  }
}

/** Names what each kind of limit counts for: ids that no two organisations share come first. */
const SUBJECTS: Record<RateSubject, (call: RatedCall, extensions: string) => string> = {
  install: ({ target }) => target.installId,
  organisation: ({ target }, extensions) => `${target.tenantId} ${extensions}`,
  key: ({ target, caller }) => `${target.installId} ${caller.keyId ?? caller.actor.id}`,
  endpoint: ({ target, endpoint }) => `${target.installId} ${endpoint.id}`,
}
