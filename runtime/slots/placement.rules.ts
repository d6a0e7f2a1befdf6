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

export type Choice<M extends Member> =
  | { readonly kind: 'use' | 'replace'; readonly member: M }
  | { readonly kind: 'open' }
  | { readonly kind: 'wait' }

/** Jobs that a slot serves before it may be taken from those who still wait for it: a switch costs a hundred calls. */
export const MINIMUM_STAY = 16

/** Jobs of one slot: one at work, and others that are there when it is done: waking a process costs as much as a short call. */
export const WINDOW = 8

/** Code whose calls spend more of their time than this with waiting for answers to their host calls leaves the cores idle. */
const WAITS_ABOVE = 0.1
const PER_CORE = { waits: 4, works: 1 } as const

/**
 * Slots for the short calls of one key, by the part of their time in which they wait for answers: as many as keep the cores at
 * work. More of them would only take turns, each with code to compile and caches to fill.
 */
export const spreadFor = (cores: number, waitingPart: number): number =>
  cores * PER_CORE[waitingPart > WAITS_ABOVE ? 'waits' : 'works']

/** Whoever has been idle for so long, in milliseconds, is not about to be called again. */
export const LONG_IDLE_MS = 3_000

/**
 * How a slot gets on. Quick: what is sent ahead to it will soon have its turn. Slow: that is not known of it, or its calls
 * take their time; but they take it from a core, and more processes would only share that. Stuck: the call at work takes
 * very long or waits for something outside, so that another process would do better.
 */
export type Pace = 'quick' | 'slow' | 'stuck'

/** How the pool stands when a place is sought. */
export interface Standing<M extends Member> {
  readonly full: boolean
  /** Slots that short calls of this key share before more are opened for it. */
  readonly spread: number
  /** Monotonic milliseconds, as `usedAt` has them. */
  readonly now: number
  /** Whether another job waits for a slot of this key. */
  wanted(key: string): boolean
  /** Whether a job of another key waits that may have what it finds: a slot that nothing more is sent to falls idle, and can be replaced. */
  contended(): boolean
  pace(member: M): Pace
  /** Whether this key may take a place: a free one, or that of a member. */
  mayTake(member?: M): boolean
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
export function choose<M extends Member>(key: string, members: readonly M[], pool: Standing<M>): Choice<M> {
  const own = members.filter((member) => member.key === key)
  const home = own.slice(0, pool.spread)
  const isSettled = home.length === pool.spread && home.every((member) => pool.pace(member) !== 'stuck')
  const least = leastBusy(isSettled ? home : own)
  if (least?.running === 0) return { kind: 'use', member: least }
  const hasRoom = least !== undefined && least.running < WINDOW && pool.pace(least) === 'quick'
  const ahead: Choice<M> =
    hasRoom && !(pool.full && pool.contended()) ? { kind: 'use', member: least } : { kind: 'wait' }
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

const leastBusy = <M extends Member>(members: readonly M[]): M | undefined =>
  members.reduce<M | undefined>(
    (least, member) => (least === undefined || member.running < least.running ? member : least),
    undefined,
  )
