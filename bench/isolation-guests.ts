/** Core modules that misbehave, each in one way, as soon as they are called. */

const guest = (imports: string, body: string): string => `(module
  ${imports}
  (memory (export "memory") 1)
  (data (i32.const 64) "noise noise noise noise noise noise noise noise noise noise noise noise noise ")
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) i32.const 1024)
  (func (export "handle") (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)
    ${body}
    unreachable)
)`

/** By what they do: trap, never end, make host calls until none is left, take memory until none is to be had. */
export const HOSTILE = {
  crash: guest('', ''),
  loop: guest('', '(loop $again (br $again))'),
  flood: guest(
    `(import "gatehouse:extension/log@0.1.0" "write" (func $write (param i32 i32 i32)))
     (import "gatehouse:extension/kv@0.1.0" "get" (func $get (param i32 i32 i32)))`,
    `(loop $again
      (call $write (i32.const 1) (i32.const 64) (i32.const 76))
      (call $get (i32.const 64) (i32.const 5) (i32.const 512))
      (br $again))`,
  ),
  // Touches every page of what it got.
  allocate: guest(
    '',
    `(local $at i32)
    (loop $again
      (if (i32.eq (memory.grow (i32.const 16)) (i32.const -1)) (then unreachable))
      (local.set $at (i32.sub (i32.mul (memory.size) (i32.const 65536)) (i32.const 1048576)))
      (loop $touch
        (i32.store8 (local.get $at) (i32.const 1))
        (local.set $at (i32.add (local.get $at) (i32.const 4096)))
        (br_if $touch (i32.lt_u (local.get $at) (i32.mul (memory.size) (i32.const 65536)))))
      (br $again))`,
  ),
} as const

/** The install whose rows the misbehaving ones are copies of; it asks for all that they use. */
export const HARMLESS = `
import { get } from 'gatehouse:extension/kv@0.1.0'
import { write } from 'gatehouse:extension/log@0.1.0'
export function handle() {
  get('a')
  write('info', 'called')
  return { status: 200, headers: [], body: new Uint8Array() }
}`
