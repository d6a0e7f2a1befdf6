import type { Action } from '#contract/actions.js'
import type { Caller } from './caller.js'

/** What a request has to come with. */
export type Credential = 'key' | 'runtime_token'

/** Turns the Authorization header into a caller; throws `auth.required` or `auth.invalid`. Identity provides it. */
export interface CallerResolver {
  resolve(authorization: string | undefined, correlationId: string, credential?: Credential): Promise<Caller>
}
/** Token of the one {@link CallerResolver}. */
export const CALLER_RESOLVER = Symbol('CALLER_RESOLVER')

/** Asks the gate whether a read may happen; throws the problem of a refusal. The gate provides it. */
export interface ReadGate {
  check(action: Action, caller: Caller, target: string): Promise<void>
}
/** Token of the one {@link ReadGate}. */
export const READ_GATE = Symbol('READ_GATE')
