/** What every sandbox is given to do, and how it is measured. */

/** One sandbox that has answered once. */
export interface Sandbox {
  /** Gives the answer to the same small request. */
  call(): unknown
  /** A call that finds nothing of those before it; absent where that takes a sandbox of its own. */
  pristine?(): unknown
  close(): unknown
}

/** How one kind of sandbox is made, and what it holds. Raises where it is not to be had. */
export interface Kind {
  /** How many more are opened to see what one takes: enough that what an engine keeps in reserve is small beside them. */
  readonly many: number
  readonly prepare: () => Promise<{
    readonly make: () => Promise<Sandbox>
    /** Whether the textbook escape from a context of JavaScript gets hold of Node's `process`. */
    readonly reachesNode: () => Promise<boolean>
    /** Whether code that loops for ever is ended, and whoever hosts it goes on. */
    readonly stopsLoop: () => Promise<boolean>
  }>
}

export interface Figures {
  /** Milliseconds from nothing to the first answer, median. */
  readonly cold_ms: number
  /** Microseconds of a call in a sandbox that has been called before, median. */
  readonly call_us: number
  /** Microseconds of a call that finds nothing of those before, median. */
  readonly pristine_call_us: number
  /** Memory that one sandbox more takes, in KiB: see `sandbox-memory.ts`. */
  readonly memory_kib: number
  /** Null where there is no JavaScript to try it with. */
  readonly reaches_node: boolean | null
  readonly stops_loop: boolean
}

export const COLD_RUNS = 9
export const CALLS = 300
/** How long code may loop. */
export const LOOP_MS = 1_000

/** A request of 1 KB. */
export const REQUEST = JSON.stringify({
  items: Array.from({ length: 20 }, (_, id) => ({ id, amount: id * 7, text: 'lunch with a client' })),
})
/** Defines `handle`: sums up what a request has. */
export const HANDLE = `function handle(text) { let sum = 0; for (const { amount } of JSON.parse(text).items) sum += amount; return JSON.stringify({ sum }) }`
const ANSWER = '{"sum":1330}'
/** Defines `escape`: whether it got hold of Node. */
export const ESCAPE = `function escape() { try { return typeof (function () {}).constructor('return this')().constructor.constructor('return process')().pid === 'number' } catch { return false } }`

/** Raises where a sandbox answered anything but what is right. */
export const answered = (answer: unknown): void => {
  if (answer !== ANSWER) throw new Error(`answered ${String(answer)}`)
}

/** The same for engines without JavaScript: adds up the bytes of 1 KB. */
export const SUM_WAT = `(module (memory (export "memory") 1)
  (func (export "handle") (param $length i32) (result i32) (local $at i32) (local $sum i32)
    (loop $next
      (local.set $sum (i32.add (local.get $sum) (i32.load8_u (local.get $at))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $length))))
    (local.get $sum))
  (func (export "loop") (loop $again (br $again))))`
