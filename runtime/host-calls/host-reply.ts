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
