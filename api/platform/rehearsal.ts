import { AsyncLocalStorage } from 'node:async_hooks'
import type { Caller } from './http/caller.js'

/**
 * A request that is asked as if somebody else sent it, up to what the gate says of it. While it lasts, PostgreSQL takes no
 * write and the gate neither records nor permits.
 */
export interface Rehearsal {
  /** Who would send it. */
  readonly caller: Omit<Caller, 'correlationId'>
}

const running = new AsyncLocalStorage<{ rehearsal: Rehearsal | undefined }>()

/** The rehearsal that this belongs to; undefined in a request that is meant, and in what outlives its rehearsal. */
export const rehearsal = (): Rehearsal | undefined => running.getStore()?.rehearsal

/** Does work as a rehearsal. */
export const rehearse = <T>(asked: Rehearsal, work: () => Promise<T>): Promise<T> => {
  const held: { rehearsal: Rehearsal | undefined } = { rehearsal: asked }
  return running.run(held, () =>
    work().finally(() => {
      held.rehearsal = undefined
    }),
  )
}
