import type { Clock } from '../killswitch/clock.js'
import type { KillListRepository } from '../killswitch/kill-list.repository.js'
import type { KillState } from '../killswitch/kill-state.service.js'
import type { LeaseRenewal } from '../killswitch/lease-renewal.service.js'
import { LEASE_MS, reachOf, type Reach } from '../killswitch/lease.rules.js'

const POLL_MS = 50

export interface ReachParts {
  readonly state: KillState
  readonly renewal: Pick<LeaseRenewal, 'refresh'>
  readonly list: Pick<KillListRepository, 'nodes'>
  readonly clock: Clock
}

/** Finds out how far a change of the kill list has got. */
export class Reached {
  constructor(private readonly parts: ReachParts) {}

  /** Waits until every node and runner has applied `epoch` or has lapsed, one lease at most. */
  async by(epoch: bigint): Promise<Reach> {
    const { state, renewal, clock } = this.parts
    const until = clock.now() + LEASE_MS
    await renewal.refresh()
    for (;;) {
      const reach = this.includingSelf(await this.nodes(epoch), state.epoch >= epoch)
      if (reach.not_reached.length === 0 || clock.now() >= until) return reach
      await new Promise<void>((resolve) => clock.after(POLL_MS, resolve))
    }
  }

  /**
   * Of an order that stands in this node's journal only: every other node that lived lately is not reached, and of runners,
   * which are told at once, none has said that it has it.
   */
  locally(): Reach {
    const { state } = this.parts
    const runners = state.followers().map(({ node }) => node)
    return { acknowledged: [state.node], lapsed: [], not_reached: [...state.peers, ...runners] }
  }

  private async nodes(epoch: bigint): Promise<Reach> {
    const { state, list } = this.parts
    const nodes = await list.nodes().catch(() => null)
    const reach = reachOf(epoch, [...(nodes ?? []), ...state.followers()])
    // Who cannot be asked counts as not reached.
    return nodes ? reach : { ...reach, not_reached: [...state.peers, ...reach.not_reached] }
  }

  /** This node knows of itself what it applied, whether or not its row says so yet. */
  private includingSelf(reach: Reach, applied: boolean): Reach {
    const { node } = this.parts.state
    if (!applied || reach.acknowledged.includes(node)) return reach
    const others = (nodes: readonly string[]): string[] => nodes.filter((other) => other !== node)
    return {
      acknowledged: [...reach.acknowledged, node],
      lapsed: others(reach.lapsed),
      not_reached: others(reach.not_reached),
    }
  }
}
