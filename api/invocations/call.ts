import type { z } from 'zod'
import type { ExtensionEndpoint } from '#contract/manifest/endpoints.js'
import type { CallTarget } from '../capabilities/call-target.js'
import type { Caller } from '../platform/http/caller.js'
import type { QuotaState } from './call-quota.js'
import type { GuestRequest, GuestResponse } from './slots.port.js'

/** One call of an endpoint, whatever triggered it. */
export interface Call {
  readonly target: CallTarget
  readonly endpoint: z.infer<typeof ExtensionEndpoint>
  readonly request: GuestRequest
  readonly caller: Caller
}

/** What came of a call that the guest answered. */
export interface InvocationResult {
  /** Also the id of the decision that allowed it. */
  readonly executionId: string
  readonly response: GuestResponse
  readonly quota: QuotaState | null
}
