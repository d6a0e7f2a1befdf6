/** A slot as the pool keeps account of it. */
export interface Member {
  /** Tenant and artifact that it belongs to. */
  readonly key: string
  busy: boolean
  /** Jobs that it has been given. */
  served: number
  /** When it last became idle, in monotonic milliseconds. */
  usedAt: number
}

export type Choice =
  | { readonly kind: 'use' | 'replace'; readonly member: Member }
  | { readonly kind: 'open' }
  | { readonly kind: 'wait' }

/** Jobs that a slot serves before it may be taken from those who still wait for it: a switch costs a hundred calls. */
export const MINIMUM_STAY = 16

/**
 * Where a job goes: to an idle slot of its own, into a free place, or in place of the slot that has been idle longest.
 * A slot that others wait for is left to them until it has served its minimum stay, so that two tenants on one place take
 * turns instead of switching at every call. Waiters are asked in the order of their arrival.
 */
export function choose(
  key: string,
  members: readonly Member[],
  pool: { readonly full: boolean; wanted(key: string): boolean },
): Choice {
  const idle = members.filter((member) => !member.busy)
  const own = idle.find((member) => member.key === key)
  if (own !== undefined) return { kind: 'use', member: own }
  if (!pool.full) return { kind: 'open' }
  const free = idle.filter((member) => member.served >= MINIMUM_STAY || !pool.wanted(member.key))
  const oldest = free.sort((left, right) => left.usedAt - right.usedAt)[0]
  return oldest === undefined ? { kind: 'wait' } : { kind: 'replace', member: oldest }
}
