import type { Surrounded } from './index.js'
import type { Given } from './surroundings.schema.js'

/** A test that a file has registered; `at` was made where it did. */
export interface Registered {
  readonly name: string
  readonly run: () => void | Promise<void>
  readonly at: Error
}

/** What runs the calls of tests. */
export interface TestStage {
  surround(surroundings: Given): Surrounded
}

let current: TestStage | undefined
const registered: Registered[] = []

export const register = (test: Registered): void => {
  registered.push(test)
}

/** The stage of the tests that run now. Raises where there is none. */
export const stage = (): TestStage => {
  if (!current) throw new Error('Calls are made inside test(…), by gatehouse ext test')
  return current
}

/** Sets or takes away what runs the calls. */
export const setStage = (next: TestStage | undefined): void => {
  current = next
}

/** The tests that were registered since the last time. */
export const takeRegistered = (): Registered[] => registered.splice(0)
