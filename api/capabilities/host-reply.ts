/** What a guest gets instead of a value. `decision_id` is there where policy refused. */
export interface HostError {
  readonly code: string
  readonly message: string
  readonly decision_id?: string
}

/** The answer to one host call. */
export type HostReply = { readonly ok: unknown } | { readonly error: HostError }

/** Thrown by a capability where its effect cannot happen: `<capability>.<snake>` and words for the guest's author. */
export class HostRefusal extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message)
    this.name = 'HostRefusal'
  }
}
