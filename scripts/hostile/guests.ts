/** Hostile guests as text. A core module follows the canonical ABI by itself, so that it can break it where it wants. */

interface Parts {
  /** Imports, which come first in a module. */
  readonly imports?: string
  /** Minimum and maximum of the memory, in pages. */
  readonly memory?: string
  /** Further fields of the module. */
  readonly fields?: string
  /** Body of `cabi_realloc`, whose last parameter is the size. */
  readonly realloc?: string
}

const REALLOC = `(local $at i32)
  global.get $heap i32.const 7 i32.add i32.const -8 i32.and local.tee $at
  local.get 3 i32.add global.set $heap
  local.get $at`

/** Leaves an empty answer with status 200 as the result. */
export const FINE = 'i32.const 4 i32.const 200 i32.store16 i32.const 0'

/** A module whose `handle` has this body; it has to leave the address of its result. */
export const watGuest = (
  handle: string,
  { imports = '', memory = '1', fields = '', realloc = REALLOC }: Parts = {},
) => ({
  wat: `(module
  ${imports}
  (memory (export "memory") ${memory})
  (global $heap (mut i32) (i32.const 4096))
  ${fields}
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) ${realloc})
  (func (export "handle") (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32) (local $i i32) ${handle}))`,
})

/** Writes the answer by hand: where headers and body are said to lie, and how long. */
export const answering = ({ headers = [0, 0], body = [0, 0], tag = 0 }) => `
  i32.const 0 i32.const ${tag} i32.store8
  i32.const 4 i32.const 200 i32.store16
  i32.const 8 i32.const ${headers[0]} i32.store
  i32.const 12 i32.const ${headers[1]} i32.store
  i32.const 16 i32.const ${body[0]} i32.store
  i32.const 20 i32.const ${body[1]} i32.store
  i32.const 0`

export const KV_GET = '(import "gatehouse:extension/kv@0.1.0" "get" (func $get (param i32 i32 i32)))'

/** Does what the path says, on QuickJS, with kv and log. */
export const HOSTILE_JS = {
  source: {
    js: `
import { get, set } from 'gatehouse:extension/kv@0.1.0'
import { write } from 'gatehouse:extension/log@0.1.0'
import { bytes } from 'gatehouse:extension/random@0.1.0'
import { nowMs } from 'gatehouse:extension/clock@0.1.0'
const none = new Uint8Array()
const text = (value) => ({ status: 200, headers: [], body: Uint8Array.from(String(value), (character) => character.charCodeAt(0) & 255) })
const kept = []
let count = 0
const deep = (depth) => depth === 0 ? 0 : 1 + deep(depth - 1)
const paths = {
  '/spin': () => { for (;;) count++ },
  '/clock-spin': () => { for (;;) nowMs() },
  '/regex': () => text(/^(a+)+$/.test('a'.repeat(40) + '!')),
  '/recurse': () => text(deep(1e9)),
  '/json-deep': () => text(JSON.parse('['.repeat(1e6) + ']'.repeat(1e6)).length),
  '/hoard': () => { for (;;) kept.push(new Uint8Array(1 << 20).fill(1)) },
  '/double': () => { let all = 'x'; for (;;) { all += all; kept.push(all) } },
  '/array': () => text(new Array(2 ** 32 - 1).fill(1).length),
  '/sort': () => { const all = Array.from({ length: 1e6 }, (_, index) => -index); for (;;) all.sort(() => 1) },
  '/flood': () => ({ status: 200, headers: [], body: new Uint8Array(4 << 20) }),
  '/header': () => ({ status: 200, headers: [['x-ext-a', 'y'.repeat(2 << 20)]], body: none }),
  '/headers': () => ({ status: 200, headers: Array.from({ length: 60000 }, () => ['x-ext-a', 'y'.repeat(40)]), body: none }),
  '/storm': () => { for (;;) get('a') },
  '/storm-caught': () => { for (;;) try { get('a') } catch {} },
  '/log-storm': () => { for (;;) write('info', 'a') },
  '/log-huge': () => { for (let i = 0; i < 5; i++) write('info', 'a'.repeat(200000)); return text('logged') },
  '/key-huge': () => text(get('k'.repeat(10 << 20))),
  '/value-huge': () => { set('k', new Uint8Array(12 << 20)); return text('set') },
  '/random-huge': () => text(bytes(4294967295).length),
  '/wait': () => text(get('never')),
  '/proto-key': () => { set('__proto__', Uint8Array.of(1)); get('__proto__'); return text('kept') },
  '/proto-answer': () => ({ status: 200, headers: [['__proto__', 'polluted'], ['constructor', 'polluted']], body: none, __proto__: { polluted: 1 } }),
  '/proto-error': () => { throw Object.assign(new Error('bad'), { payload: { __proto__: { polluted: 1 }, toString: 1 } }) },
  '/accessor': () => ({ get status() { for (;;) count++ }, headers: [], body: none }),
  '/proxy': () => new Proxy({}, { get: () => { for (;;) count++ } }),
  '/status': () => ({ status: 4294967496, headers: [], body: none }),
  '/globals': () => text(typeof (0, eval)('this').process + typeof Function('return this')().require + typeof globalThis.fetch),
  '/import': () => { import('node:fs').then((fs) => kept.push(fs)); return text(kept.length) },
  '/count': () => { kept.push(new Uint8Array(1000)); return text(++count + '/' + kept.length) },
}
export function handle(request) { return paths[request.path](request) }
`,
  },
  capabilities: ['kv', 'log'],
} as const

/** The guest of the running service: does what the body tells it, with what its manifest declares and what it does not. */
export const SERVICE_JS = `
import { fetch } from 'gatehouse:extension/http@0.1.0'
import { get, set, list } from 'gatehouse:extension/kv@0.1.0'
import { get as secret } from 'gatehouse:extension/secrets@0.1.0'
const bytes = (text) => Uint8Array.from(text, (character) => character.charCodeAt(0) & 255)
const text = (bytes) => String.fromCharCode(...bytes)
const json = (value) => ({ status: 200, headers: [['content-type', 'application/json']], body: bytes(JSON.stringify(value)) })
const attempt = (work) => { try { return json(work()) } catch (error) { return json(error.payload ?? { code: 'guest.threw', message: String(error) }) } }
export function handle(request) {
  const told = JSON.parse(text(request.body) || '{}')
  if (request.path === '/fetch') return attempt(() => {
    const answer = fetch({ method: told.method, url: told.url, headers: told.headers, body: new Uint8Array() })
    return { status: answer.status, headers: answer.headers, body: text(answer.body) }
  })
  if (request.path === '/answer') return { status: told.status, headers: told.headers, body: bytes(told.body ?? '') }
  if (request.path === '/secret') return attempt(() => ({ value: secret(told.name) }))
  if (request.path === '/echo') return json({ path: request.path, headers: request.headers, query: request.query })
  return attempt(() => {
    if (told.set !== undefined) set(told.key, bytes(told.set))
    const found = told.key === undefined ? undefined : get(told.key)
    return { keys: list(told.prefix ?? ''), value: found ? text(found) : null }
  })
}
`
