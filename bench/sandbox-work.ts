/** What every sandbox is given to do, and how it is measured. */

/** One sandbox that has answered once. */
export interface Sandbox {
  /** Gives the answer to the same small request. */
  call(): unknown
  /** A call that finds nothing of those before it; absent where that takes a sandbox of its own, or where each call does. */
  pristine?(): unknown
  close(): unknown
}

export interface Figures {
  /** Milliseconds from nothing to the first answer, median. */
  readonly cold_ms: number
  /** Microseconds of a call in a sandbox that has been called before, median. */
  readonly call_us: number
  /** Microseconds of a call that finds nothing of those before, median. */
  readonly pristine_call_us: number
  /** Resident memory for each of several that live at once, in KiB; processes by their proportional share. */
  readonly memory_kib: number
  /** Whether the textbook escape from a context of JavaScript reaches Node's `process`. */
  readonly reaches_node: boolean | null
}

export const COLD_RUNS = 9
export const CALLS = 300
export const ALIVE = 6

/** A request of 1 KB. */
export const REQUEST = JSON.stringify({
  items: Array.from({ length: 20 }, (_, id) => ({ id, amount: id * 7, text: 'lunch with a client' })),
})
/** Defines `handle`: sums up what a request has. */
export const HANDLE = `function handle(text) { let sum = 0; for (const { amount } of JSON.parse(text).items) sum += amount; return JSON.stringify({ sum }) }`
export const ANSWER = '{"sum":1330}'
/** Defines `escape`: whether it got hold of Node. */
export const ESCAPE = `function escape() { try { return typeof (function () {}).constructor('return this')().constructor.constructor('return process')().pid === 'number' } catch { return false } }`

/** The same for engines without JavaScript: adds up the bytes of 1 KB. */
export const SUM_WAT = `(module (memory (export "memory") 1)
  (func (export "handle") (param $length i32) (result i32) (local $at i32) (local $sum i32)
    (loop $next
      (local.set $sum (i32.add (local.get $sum) (i32.load8_u (local.get $at))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $length))))
    (local.get $sum)))`
