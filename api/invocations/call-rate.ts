import type { RateSubject } from '#contract/api/documents.js'
import type { CallTarget } from '../installs/call-target.js'
import { CountedElsewhere } from './counted-elsewhere.js'
import { Minutes } from './minutes.js'
import type { RateNotice } from './rate-notice.rules.js'

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

/**
 * Counts calls by the minute for whatever has a limit: those of this instance, and those that others have told of. Of theirs
 * it does not know what they let through since they told last (ADR 0028).
 */
export class CallRate {
  private readonly windows: Minutes<Window>
  private readonly elsewhere = new CountedElsewhere()
  /** What has changed since it was told. */
  private readonly changed = new Set<string>()

  constructor(now: () => number = Date.now) {
    this.windows = new Minutes((minute) => ({ minute, used: 0 }), now)
  }

  /** Counts one call against each limit that it has. */
  count(call: RatedCall): CountedCall {
    const resetsInS = this.windows.secondsLeft
    const counted: { readonly window: Window; readonly subject: string }[] = []
    const states = call.target.rates.map(({ per, limit, extensions }) => {
      const subject = `${per} ${SUBJECTS[per](call, extensions)}`
      const window = this.windows.of(subject)
      counted.push({ window, subject })
      this.changed.add(subject)
      return { per, limit, used: window.used++ + this.elsewhere.of(subject, window.minute), resetsInS }
    })
    const giveBack = (): void => {
      for (const { window, subject } of counted) {
        window.used--
        this.changed.add(subject)
      }
    }
    return { states, giveBack }
  }

  /** What others do not know yet: all that was counted here in this minute, of whatever has changed. Null: nothing. */
  untold(): Pick<RateNotice, 'minute' | 'counts'> | null {
    if (this.changed.size === 0) return null
    const { minute } = this.windows
    const counts = [...this.changed].map((subject): [string, number] => [subject, this.windows.of(subject).used])
    this.changed.clear()
    return { minute, counts }
  }

  /** Takes all of this minute for untold: somebody has not heard it. */
  untell(): void {
    for (const subject of this.windows.keys) this.changed.add(subject)
  }

  /** Takes over what another instance has counted. */
  hear(teller: string, minute: number, counts: RateNotice['counts']): void {
    this.elsewhere.hear(teller, minute, counts)
  }
}

/** Names what each kind of limit counts for: ids that no two organisations share come first. */
const SUBJECTS: Record<RateSubject, (call: RatedCall, extensions: string) => string> = {
  install: ({ target }) => target.installId,
  organisation: ({ target }, extensions) => `${target.tenantId} ${extensions}`,
  key: ({ target, caller }) => `${target.installId} ${caller.keyId ?? caller.actor.id}`,
  endpoint: ({ target, endpoint }) => `${target.installId} ${endpoint.id}`,
}
