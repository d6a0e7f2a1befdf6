import type { KillScope } from '#contract/vocabulary.js'

/** One engaged kill switch, as every node holds it in memory. */
export interface KillOrder {
  readonly id: string
  readonly scope: KillScope
  /** `*` for global, a tenant's, publisher's or install's id, an extension's name, or `name@semver`. */
  readonly target: string
  readonly reason: string
  /** The change of the kill list that engaged it; null while it stands in this node's journal only. */
  readonly epoch: bigint | null
}

/** What is about to run or be changed; a part that is unknown or does not apply is left out. */
export interface KillTarget {
  readonly tenantId?: string | null
  readonly publisherId?: string | null
  readonly extension?: string | null
  readonly semver?: string | null
  readonly installId?: string | null
}

/** Target of a version order. */
export const versionTarget = (extension: string, semver: string): string => `${extension}@${semver}`

const key = (scope: KillScope, target: string): string => `${scope} ${target}`

/** The engaged orders by what they stop, for look-up without I/O. */
export type KillIndex = ReadonlyMap<string, KillOrder>

/** Indexes orders; where two stop the same thing, the earlier in the list is named. */
export const indexOrders = (orders: Iterable<KillOrder>): KillIndex => {
  const index = new Map<string, KillOrder>()
  for (const order of orders) {
    const at = key(order.scope, order.target)
    if (!index.has(at)) index.set(at, order)
  }
  return index
}

/** The order that stops a target, widest scope first; undefined where none does. */
export const orderAgainst = (index: KillIndex, target: KillTarget): KillOrder | undefined => {
  if (index.size === 0) return undefined
  const { tenantId, publisherId, extension, semver, installId } = target
  return (
    index.get('global *') ??
    (tenantId ? index.get(key('tenant', tenantId)) : undefined) ??
    (publisherId ? index.get(key('publisher', publisherId)) : undefined) ??
    (extension ? index.get(key('extension', extension)) : undefined) ??
    (extension && semver ? index.get(key('version', versionTarget(extension, semver))) : undefined) ??
    (installId ? index.get(key('install', installId)) : undefined)
  )
}

/** The kill list as the database had it at one moment. */
export interface KillList {
  readonly epoch: bigint
  readonly orders: readonly KillOrder[]
}

/**
 * Orders of this node that the list does not know yet: in the journal only, or committed after the list was read.
 * They stay in force until a list read later carries (or has already released) them.
 */
export const stillAhead = (own: Iterable<KillOrder>, list: KillList): KillOrder[] =>
  [...own].filter(({ epoch }) => epoch === null || epoch > list.epoch)
