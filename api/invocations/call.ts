import type { ExtensionEndpoint } from '#contract/manifest/index.js'
import type { Problem } from '#contract/problems.js'
import type { BodyPort } from '#runtime/slots/body-port.js'
import type { GuestRequest, GuestResponse } from '#runtime/slots/job.js'
import type { CallTarget } from '../installs/call-target.js'
import type { Caller } from '../platform/http/caller.js'
import type { Outside } from './outside.js'
import type { LimitState } from './limit-states.rules.js'

/** One call of an endpoint, whatever triggered it. */
export interface Call {
  readonly target: CallTarget
  readonly endpoint: ExtensionEndpoint
  readonly request: GuestRequest
  readonly caller: Caller
  /** Keeps what it is given, where that is permitted, so that it can be replayed. */
  readonly record?: boolean
  /** What started it, where nobody asked for it. */
  readonly trigger?: { readonly kind: 'event'; readonly type: string; readonly hops: number }
  /** Host calls of an extension that runs elsewhere: they take the place of a guest in a slot. */
  readonly outside?: Outside
  /** It is under an idempotency key. */
  readonly keyed?: boolean
  /** Where its endpoint streams. */
  readonly bodies?: BodyPort
}

/** What came of a call that the guest answered. */
export interface InvocationResult {
  /** Also the id of the decision that allowed it. */
  readonly executionId: string
  readonly response: GuestResponse
}

/** A call to which the guest gave no answer. */
export interface Unanswered {
  readonly executionId: string
  /** `execution.<outcome>` */
  readonly problem: Problem
  /** The guest made host calls. All that it can do to anything is by one, so without any it left nothing behind. */
  readonly mayHaveActed: boolean
}

/** How a call that began to run ended. */
export type Ran = InvocationResult | Unanswered

/** A call that was allowed and has not run yet. Whoever has one calls exactly one of its methods, once. */
export interface Admitted {
  /** Also the id of the decision that allowed it. */
  readonly executionId: string
  /** The limits that it counts against. */
  readonly limits: readonly LimitState[]
  /** Runs it. Raises `overloaded` or `execution.circuit_open` where it was never begun. */
  run(): Promise<Ran>
  /** Does not run it: it counts against no limit. */
  release(): void
}
