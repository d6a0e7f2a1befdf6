import type { JobLimits } from '#runtime/slots/job.js'
import { hostile, type HostileCase } from '../case.js'
import type { Escapes } from '../grounds/slots.js'
import { answering, FINE, KV_GET, watGuest } from '../guests.js'

interface Guest {
  readonly source: { readonly wat: string }
  readonly capabilities?: readonly string[]
}

interface Way {
  readonly limits?: Partial<JobLimits>
  /** Where an answer alone is no escape. */
  readonly escapes?: Escapes
}

/** Core modules that break what a slot promises, each in one way. */
const module = (name: string, expected: string | string[], guest: Guest, way: Way = {}): HostileCase =>
  hostile<'slots'>({
    name: `module: ${name}`,
    ground: 'slots',
    expected,
    attack: (ground) => ground.run(guest, { limits: way.limits ?? {} }, way.escapes),
  })

const of = (...args: Parameters<typeof watGuest>): Guest => ({ source: watGuest(...args) })
const withKv = (handle: string, parts: Parameters<typeof watGuest>[1] = {}): Guest => ({
  source: watGuest(handle, { imports: KV_GET, ...parts }),
  capabilities: ['kv'],
})

const PAGE_BYTES = 65_536

/** Writes `count` headers from address 8192 on, whose names and values all lie at the same place. */
const HEADERS_AT = 8192
const sameHeaders = (count: number, length: number): string => `
  (loop $again
    (i32.store (i32.add (i32.const ${HEADERS_AT}) (i32.shl (local.get $i) (i32.const 4))) (i32.const 0))
    (i32.store offset=4 (i32.add (i32.const ${HEADERS_AT}) (i32.shl (local.get $i) (i32.const 4))) (i32.const ${length}))
    (i32.store offset=8 (i32.add (i32.const ${HEADERS_AT}) (i32.shl (local.get $i) (i32.const 4))) (i32.const 0))
    (i32.store offset=12 (i32.add (i32.const ${HEADERS_AT}) (i32.shl (local.get $i) (i32.const 4))) (i32.const ${length}))
    (local.tee $i (i32.add (local.get $i) (i32.const 1)))
    (br_if $again (i32.lt_u (i32.const ${count}))))
  ${answering({ headers: [HEADERS_AT, count] })}`

export const modules: readonly HostileCase[] = [
  module('loops', 'fuel_exhausted', of('(loop $again (br $again)) i32.const 0')),
  module(
    'loops that hold loops',
    'fuel_exhausted',
    of('(loop $a (loop $b (br_if $b (i32.const 0)) (br $a))) i32.const 0'),
  ),
  module('loops beyond its time', 'time_exceeded', of('(loop $again (br $again)) i32.const 0'), {
    limits: { fuel: 1e13, wall_ms: 200 },
  }),
  module(
    'calls itself',
    ['trap', 'fuel_exhausted'],
    of('call $r', { fields: '(func $r (result i32) call $r i32.const 1 i32.add)' }),
  ),
  module(
    'calls itself through a table',
    ['trap', 'fuel_exhausted'],
    of('call $r', {
      fields: `(type $f (func (result i32))) (table 1 funcref) (elem (i32.const 0) $r)
        (func $r (result i32) (i32.add (call_indirect (type $f) (i32.const 0)) (i32.const 1)))`,
    }),
  ),
  module(
    'grows its memory until that is refused',
    'memory_exhausted',
    of('(loop $again (br_if $again (i32.ne (memory.grow (i32.const 16)) (i32.const -1)))) unreachable'),
  ),
  module(
    'grows its memory and never gives up',
    'fuel_exhausted',
    of('(loop $again (drop (memory.grow (i32.const 1))) (br $again)) i32.const 0'),
  ),
  module(
    'grows a table without end',
    ['trap', 'memory_exhausted'],
    of(
      '(loop $again (br_if $again (i32.ne (table.grow (ref.null func) (i32.const 1000000)) (i32.const -1)))) unreachable',
      { fields: '(table 1 funcref)' },
    ),
  ),
  module(
    'fills memory over and over',
    ['fuel_exhausted', 'time_exceeded'],
    of('(loop $again (memory.fill (i32.const 0) (i32.const 1) (i32.const 16000000)) (br $again)) i32.const 0', {
      memory: '256',
    }),
  ),
  module('faults', 'trap', of('unreachable')),
  module('divides by zero', 'trap', of('(i32.div_u (i32.const 1) (i32.const 0))')),
  module('reads beyond its memory', 'trap', of('(i32.load (i32.const -8))')),
  module('answers from beyond its memory', 'trap', of('i32.const 2147483640')),
  // The glue clips a list of bytes to the memory that is there: the guest sends what is its own.
  module('answers with a body of four gigabytes', ['trap', 'ok'], of(answering({ body: [0, 0xffff_fff0] })), {
    escapes: ({ response }) => (response?.body.length ?? 0) > PAGE_BYTES,
  }),
  module('answers with a hundred million headers', 'trap', of(answering({ headers: [0, 100_000_000] }))),
  module(
    'answers with the same half megabyte as ten thousand headers',
    ['output_exceeded', 'crashed', 'memory_exhausted', 'trap', 'time_exceeded'],
    of(sameHeaders(10_000, 500_000), { memory: '16' }),
  ),
  module(
    'answers with a hundred thousand empty headers',
    ['output_exceeded', 'crashed', 'trap'],
    of(sameHeaders(100_000, 0), { memory: '64' }),
    { limits: { output_bytes: 1024 } },
  ),
  module('answers with a result of no kind', 'trap', of(answering({ tag: 7 }))),
  module(
    'answers with text that is no UTF-8',
    ['trap', 'ok'],
    of(answering({ headers: [64, 1] }), {
      fields:
        '(data (i32.const 64) "\\80\\00\\00\\00\\02\\00\\00\\00\\80\\00\\00\\00\\02\\00\\00\\00") (data (i32.const 128) "\\ff\\fe")',
    }),
    // Replaced by U+FFFD where it is read: text is text from there on.
    { escapes: ({ response }) => response?.headers.some((header) => header.join('') !== '\ufffd'.repeat(4)) ?? false },
  ),
  module('takes arguments at an address beyond its memory', 'trap', of(FINE, { realloc: 'i32.const -16' })),
  module('faults while it takes arguments', 'trap', of(FINE, { realloc: 'unreachable' })),
  module(
    'loops while it takes arguments',
    'fuel_exhausted',
    of(FINE, { realloc: '(loop $again (br $again)) unreachable' }),
  ),
  module(
    'calls the host while it takes arguments',
    ['trap', 'host_calls_exhausted', 'fuel_exhausted'],
    withKv(FINE, {
      realloc: '(call $get (i32.const 0) (i32.const 1) (i32.const 512)) unreachable',
    }),
  ),
  module(
    'names a key beyond its memory',
    'trap',
    withKv('(call $get (i32.const 0) (i32.const -1) (i32.const 512)) i32.const 0'),
  ),
  module(
    'wants an answer of the host beyond its memory',
    'trap',
    withKv('(call $get (i32.const 0) (i32.const 1) (i32.const -4)) i32.const 0'),
  ),
  module(
    'calls the host in a storm',
    'host_calls_exhausted',
    withKv('(loop $again (call $get (i32.const 0) (i32.const 1) (i32.const 512)) (br $again)) i32.const 0'),
  ),
  module(
    'loops before it is called',
    'slot.load_failed',
    of(FINE, { fields: '(func $s (loop $again (br $again))) (start $s)' }),
  ),
  module(
    'calls itself before it is called',
    'slot.load_failed',
    of(FINE, { fields: '(func $s call $s call $s) (start $s)' }),
  ),
  module(
    'grows before it is called',
    'slot.load_failed',
    of(FINE, {
      fields:
        '(func $s (loop $again (br_if $again (i32.ne (memory.grow (i32.const 64)) (i32.const -1)))) unreachable) (start $s)',
    }),
  ),
  module(
    'writes beyond its memory before it is called',
    'slot.load_failed',
    of(FINE, { fields: '(data (i32.const 65530) "too long for it")' }),
  ),
]
