import type { ExtensionEndpoint } from '#contract/manifest/index.js'
import type { GuestRequest, GuestResponse } from '#runtime/slots/job.js'
import type { CallTarget } from '../installs/call-target.js'
import type { Caller } from '../platform/http/caller.js'
import type { QuotaState } from './call-quota.js'

/** One call of an endpoint, whatever triggered it. */
export interface Call {
  readonly target: CallTarget
  readonly endpoint: ExtensionEndpoint
  readonly request: GuestRequest
  readonly caller: Caller
  /** Keeps what it is given, where that is permitted, so that it can be replayed. */
  readonly record?: boolean
}

/** What came of a call that the guest answered. */
export interface InvocationResult {
  /** Also the id of the decision that allowed it. */
  readonly executionId: string
  readonly response: GuestResponse
  readonly quota: QuotaState | null
}
