/** A slot as the pool keeps account of it. */
export interface Member {
  /** Tenant and artifact that it belongs to. */
  readonly key: string
  /** Jobs that are in it now: one at work, the others sent ahead. */
  running: number
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

/** Jobs of one slot: one at work, and one that is there when it is done, so that the slot need not sleep in between. */
export const WINDOW = 2

/** Whoever has been idle for so long, in milliseconds, is not about to be called again. */
export const LONG_IDLE_MS = 3_000

/**
 * How a slot gets on. Quick: what is sent ahead to it will soon have its turn. Slow: that is not known of it, or its calls
 * take their time; but they take it from a core, and more processes would only share that. Stuck: the call at work takes
 * very long or waits for something outside, so that another process would do better.
 */
export type Pace = 'quick' | 'slow' | 'stuck'

/** How the pool stands when a place is sought. */
export interface Standing {
  readonly full: boolean
  /** Slots that short calls of one key share before more are opened for it: more processes than cores only take turns. */
  readonly spread: number
  /** Monotonic milliseconds, as `usedAt` has them. */
  readonly now: number
  /** Whether another job waits for a slot of this key. */
  wanted(key: string): boolean
  /** Whether a job of another key waits that may have what it finds: a slot that nothing more is sent to falls idle, and can be replaced. */
  contended(): boolean
  pace(member: Member): Pace
  /** Whether this key may take a place: a free one, or that of a member. */
  mayTake(member?: Member): boolean
}

/**
 * Where a job goes: to an idle slot of its own, into a free place, ahead to a quick slot of its own, or in place of the
 * slot that has been idle longest. Whoever has a slot that is not stuck gets another in place of one only from those who have more, or who have
 * left it idle for long: else each would take the other's, and all would begin cold again and again. Once there are enough slots of its own, none of them stuck, it stays with those
 * opened first, idle ones or not: a process that is called without pause has its code compiled and in the caches, and
 * leaves the other places to others. So a burst opens no more of them either, each of which would begin cold. A slot that
 * others wait for is left to them until it has served its minimum stay, so that two tenants on one place take turns instead
 * of switching at every call. Waiters are asked in the order of their arrival.
 */
export function choose(key: string, members: readonly Member[], pool: Standing): Choice {
  const own = members.filter((member) => member.key === key)
  const home = own.slice(0, pool.spread)
  const isSettled = home.length === pool.spread && home.every((member) => pool.pace(member) !== 'stuck')
  const least = leastBusy(isSettled ? home : own)
  if (least?.running === 0) return { kind: 'use', member: least }
  const hasRoom = least !== undefined && least.running < WINDOW && pool.pace(least) === 'quick'
  const ahead: Choice = hasRoom && !(pool.full && pool.contended()) ? { kind: 'use', member: least } : { kind: 'wait' }
  if (isSettled) return ahead
  if (!pool.full && pool.mayTake()) return { kind: 'open' }
  const idle = members.filter((member) => member.running === 0 && pool.mayTake(member))
  const hasNone = own.every((member) => pool.pace(member) === 'stuck')
  const isSpare = ({ key: holder, usedAt }: Member): boolean =>
    hasNone || pool.now - usedAt >= LONG_IDLE_MS || held(members, holder) > own.length + 1
  const free = idle.filter((member) => (member.served >= MINIMUM_STAY || !pool.wanted(member.key)) && isSpare(member))
  const oldest = free.sort((left, right) => left.usedAt - right.usedAt)[0]
  return oldest === undefined ? ahead : { kind: 'replace', member: oldest }
}

const held = (members: readonly Member[], key: string): number => members.filter((member) => member.key === key).length

const leastBusy = (members: readonly Member[]): Member | undefined =>
  members.reduce<Member | undefined>(
    (least, member) => (least === undefined || member.running < least.running ? member : least),
    undefined,
  )
