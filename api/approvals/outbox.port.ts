/** What happened, for the module that acts on it. Delivered at least once, not before `availableAt`. */
export interface DomainEvent {
  readonly topic: string
  readonly tenantId: string
  readonly payload: object
  readonly availableAt?: Date
}
interface Statements {
  query(text: string, values?: unknown[]): Promise<unknown>
}
/** The outbox, as approvals use it. */
export interface Outbox {
  emit(tx: Statements, event: DomainEvent): Promise<void>
  subscribe(topic: string, handler: (payload: unknown) => Promise<void>): void
}
