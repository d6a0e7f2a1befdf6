import type { IncomingHttpHeaders } from 'node:http'
import type { Action } from '#contract/actions.js'
import type { Caller } from './caller.js'

/** What a request has to come with; `any`: a key, a session or the token of a SCIM connection. */
export type Credential = 'key' | 'runtime_token' | 'scim_token' | 'any'

/** A request that comes with the cookie of a browser's session. */
export interface CookieRequest {
  readonly secret: string
  /** It may change something (RFC 9110, section 9.2.1). */
  readonly unsafe: boolean
  /** What its x-csrf-token says. */
  readonly csrfToken: string | undefined
}

/** How a request comes with its credentials. */
export interface Presentation {
  /** A key where absent. */
  readonly credential?: Credential | undefined
  /** What proofs of a key are held against; where it is absent no token that is bound to a key counts. */
  readonly request?: { readonly method: string; readonly url: string; readonly headers: IncomingHttpHeaders }
  /** What is asked for must work where the database cannot be written. */
  readonly mustWork?: boolean
}

/** Turns the Authorization header, or a session's cookie, into a caller; throws `auth.required`, `auth.invalid`, `auth.csrf`, `auth.token_bound` or `auth.proof_invalid`. Identity provides it. */
export interface CallerResolver {
  resolveCookie(request: CookieRequest, correlationId: string): Promise<Caller>
  resolve(authorization: string | undefined, correlationId: string, how?: Presentation): Promise<Caller>
}
/** Token of the one {@link CallerResolver}. */
export const CALLER_RESOLVER = Symbol('CALLER_RESOLVER')

/** Asks the gate whether a read may happen; throws the problem of a refusal. The gate provides it. */
export interface ReadGate {
  /** `workspaceId` where only what lies in that workspace is read. */
  check(action: Action, caller: Caller, target: string, workspaceId?: string): Promise<void>
}
/** Token of the one {@link ReadGate}. */
export const READ_GATE = Symbol('READ_GATE')
