/** Guests for tests: small, some hostile. JavaScript runs on QuickJS; the core module shows that no toolchain is needed. */

/** Does what the path says, so that one component serves many tests. */
export const VERSATILE_JS = `
import { get, set } from 'gatehouse:extension/kv@0.1.0'
import { write } from 'gatehouse:extension/log@0.1.0'
import { bytes } from 'gatehouse:extension/random@0.1.0'
import { nowMs } from 'gatehouse:extension/clock@0.1.0'
let counter = 0
const seen = []
const encode = (text) => Uint8Array.from(text, (character) => character.codePointAt(0))
const decode = (bytes) => String.fromCharCode(...bytes)
const text = (value) => ({ status: 200, headers: [], body: encode(String(value)) })
const paths = {
  '/count': () => { seen.push('x'.repeat(100)); return text(++counter + '/' + seen.length) },
  '/loop': () => { for (;;) counter++ },
  '/grow': () => { const all = []; for (;;) all.push(new Uint8Array(1 << 20).fill(1)) },
  '/grow-some': () => text(new Uint8Array(8 << 20).fill(1).length),
  '/output': () => ({ status: 200, headers: [], body: new Uint8Array(3 << 20) }),
  '/headers': () => ({ status: 200, headers: [['x', 'y'.repeat(100000)]], body: new Uint8Array() }),
  '/storm': () => { for (;;) get('a') },
  '/storm-caught': () => { for (;;) try { get('a') } catch {} },
  '/log-storm': () => { for (;;) write('info', 'a') },
  '/wait': () => text(get('never')),
  '/throw': () => { throw 'no such thing' },
  '/throw-error': () => { throw new Error('bug') },
  '/log': () => { write('warn', 'first'); write('error', 'second'); return text('logged') },
  '/kv': (request) => {
    const before = get('a')
    set('a', request.body)
    return text(before ? decode(before) : 'none')
  },
  '/refused': () => { try { get('forbidden'); return text('read') } catch (error) { return text(JSON.stringify(error.payload ?? error)) } },
  '/random': () => text(bytes(8).join()),
  '/now': () => text(typeof nowMs()),
  '/fixed': () => { const drawn = bytes(8); set('drawn', drawn); return text([nowMs(), ...drawn, ...bytes(3)].join()) },
  '/echo': (request) => text(JSON.stringify([request.method, request.params, request.query, request.headers, request.body.length])),
  '/globals': () => text(JSON.stringify([typeof process, typeof require, typeof fetch, typeof WebAssembly])),
}
export function handle(request) { return paths[request.path](request) }
`

/** Counts in a global and in memory, answers both as two bytes; writes the path's length over its memory. */
export const COUNTING_WAT = `(module
  (memory (export "memory") 1)
  (global $count (mut i32) (i32.const 0))
  (global $heap (mut i32) (i32.const 1024))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (local $at i32)
    global.get $heap i32.const 7 i32.add i32.const -8 i32.and local.tee $at
    local.get 3 i32.add global.set $heap
    local.get $at)
  (func (export "handle") (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)
    global.get $count i32.const 1 i32.add global.set $count
    i32.const 64 i32.const 64 i32.load8_u i32.const 1 i32.add i32.store8
    i32.const 128 global.get $count i32.store8
    i32.const 129 i32.const 64 i32.load8_u i32.store8
    i32.const 0 i32.const 0 i32.store8
    i32.const 4 i32.const 200 i32.store16
    i32.const 8 i32.const 0 i32.store
    i32.const 12 i32.const 0 i32.store
    i32.const 16 i32.const 128 i32.store
    i32.const 20 i32.const 2 i32.store
    i32.const 0)
)`

/**
 * Writes to memory in every way, each in blocks of 4 KiB of its own that nothing else touches: stores of each width over the
 * end of a block, fills, copies and initialisation of ranges, an allocator that only the host writes behind, and a host's
 * answer far from all else.
 */
export const SCATTERING_WAT = `(module
  (import "gatehouse:extension/kv@0.1.0" "get" (func $get (param i32 i32 i32)))
  (memory (export "memory") 8)
  (data $bytes "some bytes that are longer than sixteen")
  (global $heap (mut i32) (i32.const 262144))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (local $at i32)
    global.get $heap local.tee $at
    local.get 3 i32.add i32.const 4103 i32.add i32.const -8 i32.and global.set $heap
    local.get $at)
  (func (export "handle") (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)
    i32.const 8191 i32.const 0x01020304 i32.store
    i32.const 16380 i64.const -1 i64.store offset=1
    i32.const 20478 f32.const 1.5 f32.store offset=4096
    i32.const 32766 f64.const 2.5 f64.store
    i32.const 40950 v128.const i64x2 -1 -1 v128.store
    i32.const 49151 v128.const i64x2 -1 -1 v128.store32_lane 1
    i32.const 57343 i32.const -1 i32.store8
    i32.const 61439 i64.const -1 i64.store16
    i32.const 69000 i32.const 7 i32.const 13000 memory.fill
    i32.const 90110 i32.const 69000 i32.const 9000 memory.copy
    i32.const 110590 i32.const 1 i32.const 20 memory.init $bytes
    i32.const 120000 i32.const 9 i32.const 0 memory.fill
    i32.const 69000 i32.const 3 i32.const 200000 call $get
    i32.const 4 i32.const 200 i32.store16
    i32.const 16 i32.const 128 i32.store
    i32.const 20 i32.const 2 i32.store
    i32.const 0)
)`
