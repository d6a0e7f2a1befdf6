import type { DomainEvent, EventHandler, Outbox } from '../outbox.port.js'

/** An outbox that keeps what was emitted and delivers it when told to, as often as told to. */
export class RecordingOutbox implements Outbox {
  readonly events: DomainEvent[] = []
  private readonly subscriptions: { topic: string; handler: EventHandler }[] = []

  async emit(_tx: unknown, event: DomainEvent): Promise<void> {
    this.events.push(event)
  }

  subscribe(topic: string, handler: EventHandler): void {
    this.subscriptions.push({ topic, handler })
  }

  payloads(topic: string): unknown[] {
    return this.events.filter((event) => event.topic === topic).map((event) => event.payload)
  }

  /** Delivers what is due, once, in order; what handlers emit meanwhile stays for the next time. */
  async deliver(): Promise<void> {
    const { due = [], later = [] } = Object.groupBy(this.events.splice(0), ({ availableAt }) =>
      availableAt && availableAt.getTime() > Date.now() ? 'later' : 'due',
    )
    this.events.push(...later)
    for (const { topic, payload } of due)
      for (const subscription of this.subscriptions)
        if (subscription.topic === topic) await subscription.handler(payload)
  }
}
