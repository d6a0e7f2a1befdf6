/**
 * A refused or failed host call, told apart by what an author can do about it; `code` stays the exact reason.
 * - `denied`: policy, the manifest or an admin does not let it happen; the same call is refused again.
 * - `conflict`: `kv.conflict`, what is stored is not what was expected; read it again and retry.
 * - `full`: `capability.kv_quota_exceeded`, the storage has no room.
 * - `arguments`: the call was made wrongly: a bug of the extension.
 * - `unreachable`: `http.unreachable` or `http.timeout`; the other host may answer later.
 * - `unusable`: another host answered, or data is there, but it cannot be given out (`http.response_too_large`, `http.secret_echoed`, `kv.corrupt`).
 * - `unset`: an admin has entered no value for a secret.
 * - `ended`: `execution.killed`; this call may not go on.
 * - `undecided`: no decision could be made (`policy.…`); it counts as refused.
 * - `failed`: the host could not carry it out.
 */
export type HostErrorKind =
  | 'denied'
  | 'conflict'
  | 'full'
  | 'arguments'
  | 'unreachable'
  | 'unusable'
  | 'unset'
  | 'ended'
  | 'undecided'
  | 'failed'

/** What a host call threw, told apart. `decisionId` is that of the decision that refused it; ask an operator about it. */
export interface HostErrorInfo {
  readonly kind: HostErrorKind
  readonly code: string
  readonly message: string
  readonly decisionId?: string
}

const KINDS: Readonly<Record<string, HostErrorKind>> = {
  'kv.conflict': 'conflict',
  'kv.corrupt': 'unusable',
  'capability.kv_quota_exceeded': 'full',
  'capability.unknown': 'arguments',
  'capability.arguments_invalid': 'arguments',
  'events.data_invalid': 'arguments',
  'http.url_invalid': 'arguments',
  'http.secret_invalid': 'unusable',
  'http.secret_echoed': 'unusable',
  'http.response_too_large': 'unusable',
  'http.unreachable': 'unreachable',
  'http.timeout': 'unreachable',
  'capability.secret_unset': 'unset',
  'capability.http_secret_unset': 'unset',
  'execution.killed': 'ended',
  'capability.failed': 'failed',
  'host.failed': 'failed',
}

/** Which kind a code is. A code that is not known here is one of policy's reasons, so that it was refused. */
const kindOf = (code: string): HostErrorKind => KINDS[code] ?? (code.startsWith('policy.') ? 'undecided' : 'denied')

/** What was thrown, where it came from a host call; undefined where it did not, and should be thrown on. */
export const hostErrorOf = (error: unknown): HostErrorInfo | undefined => {
  // What is absent in an answer of the host is null in a guest.
  const payload = (error as { payload?: { code?: unknown; message: string; decisionId?: string | null } } | null)
    ?.payload
  if (typeof payload?.code !== 'string') return undefined
  const { code, message, decisionId } = payload
  return { kind: kindOf(code), code, message, ...(typeof decisionId === 'string' && { decisionId }) }
}
