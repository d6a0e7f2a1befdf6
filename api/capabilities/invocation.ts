import type { Capability, Invocation as HostInvocation } from '#runtime/host-calls/capability.js'
import type { CallTarget } from '../installs/call-target.js'
import type { Caller } from '../platform/http/caller.js'

/** A running call of this service: what host calls need to know, who calls, and under which policy it was allowed. */
export interface Invocation extends HostInvocation<CallTarget> {
  /** Module and data that made that decision: they decide on its host calls too, whatever comes in force meanwhile. */
  readonly revision: string | null
  readonly caller: Caller
}

/** A host call that an install of this service can make. */
export type HostCall = Capability<never, CallTarget>
