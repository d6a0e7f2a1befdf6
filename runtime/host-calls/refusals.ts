/** Host calls of one name that were refused for one reason. */
export interface Refused {
  readonly call: string
  /** Id of the first reason, such as `capability.not_granted`. */
  readonly reason: string
  readonly count: number
}

/** Both come from the guest where it calls what does not exist. */
const MAX_CALL = 40
const MAX_KINDS = 50

/** What was refused in one invocation, blocking and posted calls alike; told with its result. */
export class Refusals {
  private readonly kinds = new Map<string, Refused>()

  note(name: string, reason: string): void {
    const call = name.slice(0, MAX_CALL).toWellFormed().replaceAll('\u0000', '\ufffd')
    const key = `${call} ${reason}`
    const { count } = this.kinds.get(key) ?? { count: 0 }
    if (count > 0 || this.kinds.size < MAX_KINDS) this.kinds.set(key, { call, reason, count: count + 1 })
  }

  list(): readonly Refused[] {
    return [...this.kinds.values()]
  }
}
