import { Logger } from '@nestjs/common'
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common'
import type { Clock } from './clock.js'
import type { KillListRepository } from './kill-list.repository.js'
import type { KillState } from './kill-state.service.js'
import { RENEWAL_MS } from './lease.rules.js'

/** The list can move again while it is read; after so many rounds the next beat goes on. */
const ROUNDS = 3

export interface RenewalParts {
  readonly state: KillState
  readonly list: Pick<KillListRepository, 'renew' | 'list' | 'listen' | 'forget'>
  readonly clock: Clock
}

/** Keeps this node's lease: renews it every beat and at every notice, and reads the list where it has moved. */
export class LeaseRenewal implements BeforeApplicationShutdown, OnApplicationBootstrap {
  private readonly logger = new Logger('kill-lease')
  private readonly duties: (() => Promise<void>)[] = []
  private running: Promise<boolean> | null = null
  private queued: Promise<boolean> | null = null
  private cancelBeat = (): void => undefined
  private stopListening = (): void => undefined
  private stopped = false
  private failing = false

  constructor(private readonly parts: RenewalParts) {}

  /** What must succeed before each renewal; while it fails, the lease is not renewed. */
  beforeRenewal(duty: () => Promise<void>): void {
    this.duties.push(duty)
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.listen()
    await this.beat()
  }

  /** Before the pools close: the connection that listens is one of theirs. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true
    this.cancelBeat()
    this.stopListening()
    await this.queued
    await this.running
    await this.parts.list.forget(this.parts.state.node).catch(() => undefined)
  }

  /** Renews now. True once the lease was extended under the newest list; a call meanwhile joins the next round. */
  refresh(): Promise<boolean> {
    if (!this.running) {
      this.running = this.renewal().finally(() => (this.running = null))
      return this.running
    }
    this.queued ??= this.running.then(() => {
      this.queued = null
      return this.refresh()
    })
    return this.queued
  }

  private async beat(): Promise<void> {
    await this.refresh()
    if (!this.stopped) this.cancelBeat = this.parts.clock.after(RENEWAL_MS, () => void this.beat())
  }

  private async renewal(): Promise<boolean> {
    try {
      for (const duty of this.duties) await duty()
      for (let round = 0; round < ROUNDS; round++) if (await this.acknowledge()) break
      if (this.failing) this.logger.log('the kill list is heard again')
      this.failing = false
      return true
    } catch (error) {
      if (!this.failing) this.logger.warn({ error }, 'the lease could not be renewed')
      this.failing = true
      return false
    }
  }

  /** One renewal. False where the list had moved: it was read, and must be acknowledged by another renewal. */
  private async acknowledge(): Promise<boolean> {
    const { state, list, clock } = this.parts
    const sentAt = clock.now()
    const { epoch, nodes } = await list.renew(state.node, state.epoch)
    const known = epoch === state.epoch
    state.peers = nodes.filter((node) => node !== state.node)
    if (!known) state.apply(await list.list())
    state.extend(sentAt)
    return known
  }

  /** Listens for pushes; where that fails or ends, the beat goes on polling and tries again. */
  private async listen(): Promise<void> {
    if (this.stopped) return
    const again = (): void => void this.parts.clock.after(RENEWAL_MS * 4, () => void this.listen())
    try {
      this.stopListening = await this.parts.list.listen(() => void this.refresh(), again)
      if (this.stopped) this.stopListening()
    } catch {
      again()
    }
  }
}
