import type { Clock } from '../killswitch/clock.js'
import type { ChannelListener } from '../platform/database/listener.js'

/** How often there is a look where no notice comes, in milliseconds. */
const POLL_MS = 500

export interface FollowingParts {
  readonly clock: Clock
  /** Takes over what is in force. Never rejects. */
  readonly look: () => Promise<void>
  /** Hears of changes. Rejects where it cannot begin. Absent where there is nothing to hear: then there are polls alone. */
  readonly listen?: (listener: ChannelListener) => Promise<() => void>
}

/** Keeps looking at what is in force in the database: at each notice, and at each poll. */
export class Following {
  private looking: Promise<void> | undefined
  private cancelPoll = (): void => undefined
  private stopListening = (): void => undefined
  private stopped = false

  constructor(private readonly parts: FollowingParts) {}

  /** Begins, with a first look. */
  async start(): Promise<void> {
    await this.listen()
    await this.poll()
  }

  /** Ends, once a look that is under way is done. Before the pools close: the connection that listens is one of theirs. */
  async stop(): Promise<void> {
    this.stopped = true
    this.cancelPoll()
    this.stopListening()
    await this.looking
  }

  /** Looks now; whoever asks meanwhile waits for a look that begins after the asking. */
  now(): Promise<void> {
    const before = this.looking ?? Promise.resolve()
    const next: Promise<void> = before.then(this.parts.look).finally(() => {
      if (this.looking === next) this.looking = undefined
    })
    return (this.looking = next)
  }

  private async poll(): Promise<void> {
    await this.now()
    if (!this.stopped) this.cancelPoll = this.parts.clock.after(POLL_MS, () => void this.poll())
  }

  private async listen(): Promise<void> {
    const { listen, clock } = this.parts
    if (this.stopped || !listen) return
    const again = (): void => void clock.after(POLL_MS, () => void this.listen())
    try {
      this.stopListening = await listen({ onNotice: () => void this.now(), onLost: again })
      if (this.stopped) this.stopListening()
    } catch {
      again()
    }
  }
}
