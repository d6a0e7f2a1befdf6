/** What happened, for the modules that act on it. Delivered at least once, not before `availableAt`. */
export interface DomainEvent {
  readonly topic: string
  readonly tenantId: string
  readonly payload: object
  readonly availableAt?: Date
}

/** A transaction, or a pool where the event stands alone. */
interface Statements {
  query(text: string, values?: unknown[]): Promise<unknown>
}

/** Acts on one event. Must be safe to repeat; where it rejects, the event is delivered again later. */
export type EventHandler = (payload: unknown) => Promise<void>

/** How a module tells modules to its right what happened. */
export interface Outbox {
  /** Leaves an event behind in the transaction that made it happen: delivered if and only if that one commits. */
  emit(tx: Statements, event: DomainEvent): Promise<void>
  /** Every handler of a topic gets each of its events. To be called before the service is ready. */
  subscribe(topic: string, handler: EventHandler): void
}
