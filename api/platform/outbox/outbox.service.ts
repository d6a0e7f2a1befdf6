import type { DomainEvent, EventHandler, Outbox } from './outbox.port.js'
import { insertEvent } from './outbox.repository.js'

/** The outbox in PostgreSQL: what is emitted stands or falls with its transaction, and who is to act is known by topic. */
export class PostgresOutbox implements Outbox {
  private readonly handlers = new Map<string, EventHandler[]>()

  emit(tx: Parameters<Outbox['emit']>[0], event: DomainEvent): Promise<void> {
    return insertEvent(tx, event)
  }

  subscribe(topic: string, handler: EventHandler): void {
    this.handlers.set(topic, [...this.handlersOf(topic), handler])
  }

  /** Topics that this instance acts on; what it doesn't know waits for an instance that does. */
  get topics(): string[] {
    return [...this.handlers.keys()]
  }

  handlersOf(topic: string): readonly EventHandler[] {
    return this.handlers.get(topic) ?? []
  }
}
