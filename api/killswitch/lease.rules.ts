/** How long a node may go on without hearing the kill list. */
export const LEASE_MS = 2_000
/** How often a node renews; several attempts fit into one lease. */
export const RENEWAL_MS = 250
/** A renewal that takes longer than this is given up: it could extend the lease by little anyway. */
export const RENEWAL_TIMEOUT_MS = 1_000

/**
 * When the lease ends that a successful statement grants: counted from when it was sent, since the answer may have been
 * on its way for long. An older statement never shortens a newer lease.
 */
export const leaseEnd = (current: number, sentAt: number): number => Math.max(current, sentAt + LEASE_MS)

/** Nodes that have not renewed for this long are gone, and are no longer named. */
export const GONE_MS = 60_000

/** One row of `node_lease`, with its age on the database's clock, or what a runner said, with its age on ours. */
export interface NodeAcknowledgement {
  readonly node: string
  readonly epoch: bigint
  readonly ageMs: number
}

/** What became of an order at each node that lived lately. */
export interface Reach {
  readonly acknowledged: string[]
  /** Not heard of for a whole lease: these refuse by themselves until they have read the list. */
  readonly lapsed: string[]
  readonly not_reached: string[]
}

/** Sorts the nodes by whether they have seen `epoch`. */
export const reachOf = (epoch: bigint, nodes: readonly NodeAcknowledgement[]): Reach => {
  const named = (belongs: (node: NodeAcknowledgement) => boolean): string[] =>
    nodes.filter(belongs).map(({ node }) => node)
  return {
    acknowledged: named((node) => node.epoch >= epoch),
    lapsed: named((node) => node.epoch < epoch && node.ageMs > LEASE_MS),
    not_reached: named((node) => node.epoch < epoch && node.ageMs <= LEASE_MS),
  }
}
