import type { RateSubject } from '#contract/api/documents.js'
import type { CallTarget } from '../installs/call-target.js'
import { Minutes } from './minutes.js'

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
  private readonly windows: Minutes<Window>

  constructor(now: () => number = Date.now) {
    this.windows = new Minutes((minute) => ({ minute, used: 0 }), now)
  }

  /** Counts one call against each limit that it has. */
  count(call: RatedCall): CountedCall {
    const resetsInS = this.windows.secondsLeft
    const counted: Window[] = []
    const states = call.target.rates.map(({ per, limit, extensions }) => {
      const window = this.windows.of(`${per} ${SUBJECTS[per](call, extensions)}`)
      counted.push(window)
      return { per, limit, used: window.used++, resetsInS }
    })
    return { states, giveBack: () => counted.forEach((window) => window.used--) }
  }
}

/** Names what each kind of limit counts for: ids that no two organisations share come first. */
const SUBJECTS: Record<RateSubject, (call: RatedCall, extensions: string) => string> = {
  install: ({ target }) => target.installId,
  organisation: ({ target }, extensions) => `${target.tenantId} ${extensions}`,
  key: ({ target, caller }) => `${target.installId} ${caller.keyId ?? caller.actor.id}`,
  endpoint: ({ target, endpoint }) => `${target.installId} ${endpoint.id}`,
}
