import { answering, watGuest } from '../../hostile/guests.js'
import type { GuestProbe } from './probe.js'

/** The number keeps each module's bytes its own. */
const numbered = (number: number): string => `(global $number i32 (i32.const ${number}))`

/** Eight bytes of the body go into each of these. */
const GLOBALS = [0, 8, 16].map((at) => ({ at, name: `$seen${at}` }))

const module = (
  name: string,
  handle: string,
  parts: Parameters<typeof watGuest>[1] = {},
  more: Partial<GuestProbe> = {},
): GuestProbe => ({
  name,
  languages: ['wat'],
  permissions: [],
  place: 'memory',
  inMemory: true,
  body: ({ plant }) => plant,
  source: (_language, number) => watGuest(handle, { ...parts, fields: `${parts?.fields ?? ''} ${numbered(number)}` }),
  ...more,
})

/** The body lies where the canonical ABI put it: its address and length are the last two parameters. */
const BODY = '(local.get 10)'
const LENGTH = '(local.get 11)'

export const modules: readonly GuestProbe[] = [
  module(
    'raw memory',
    // The whole first page is the answer: whatever was there before, and the body of this call.
    answering({ body: [1024, 64512] }),
  ),
  module(
    'grown memory',
    `(if (i32.eq (memory.grow (i32.const 3)) (i32.const -1)) (then unreachable))
     (memory.copy (i32.const 65536) (i32.const 131072) (i32.const 64))
     (memory.copy (i32.const 131072) ${BODY} ${LENGTH})
     (memory.copy (i32.const 196608) ${BODY} ${LENGTH})
     ${answering({ body: [65536, 196608] })}`,
    { memory: '1 16' },
  ),
  module(
    'globals and tables',
    `${GLOBALS.map(({ at, name }) => `(i64.store (i32.const ${1024 + at}) (global.get ${name}))`).join('\n')}
     ${GLOBALS.map(({ at, name }) => `(global.set ${name} (i64.load (i32.add ${BODY} (i32.const ${at}))))`).join('\n')}
     (i32.store8 (i32.const 1048) (ref.is_null (table.get (i32.const 0))))
     (table.set (i32.const 0) (ref.func $f))
     ${answering({ body: [1024, 32] })}`,
    {
      fields: `${GLOBALS.map(({ name }) => `(global ${name} (mut i64) (i64.const 0))`).join(' ')}
        (table 1 funcref) (func $f) (elem declare func $f)`,
    },
  ),
  module(
    'environment and files',
    `(drop (call $environ_sizes_get (i32.const 1024) (i32.const 1028)))
     (drop (call $environ_get (i32.const 2048) (i32.const 8192)))
     (drop (call $args_sizes_get (i32.const 1032) (i32.const 1036)))
     (drop (call $args_get (i32.const 3072) (i32.const 24576)))
     (i32.store (i32.const 1040) (call $fd_prestat_get (i32.const 3) (i32.const 1044)))
     (i32.store (i32.const 1056) (call $path_open (i32.const 3) (i32.const 0) (i32.const 1100) (i32.const 15)
       (i32.const 0) (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 1060)))
     (i32.store (i32.const 512) (i32.const 40960)) (i32.store (i32.const 516) (i32.const 8192))
     (drop (call $fd_read (i32.load (i32.const 1060)) (i32.const 512) (i32.const 1) (i32.const 520)))
     ${answering({ body: [1024, 60000] })}`,
    {
      memory: '8',
      imports: [
        ['environ_sizes_get', 'i32 i32'],
        ['environ_get', 'i32 i32'],
        ['args_sizes_get', 'i32 i32'],
        ['args_get', 'i32 i32'],
        ['fd_prestat_get', 'i32 i32'],
        ['path_open', 'i32 i32 i32 i32 i32 i64 i64 i32 i32'],
        ['fd_read', 'i32 i32 i32 i32'],
      ]
        .map(
          ([name, parameters]) =>
            `(import "wasi_snapshot_preview1" "${name}" (func $${name} (param ${parameters}) (result i32)))`,
        )
        .join('\n'),
      fields: '(data (i32.const 1100) "/proc/1/environ")',
    },
    // Nothing of it is about memory, and the self-test of memory leaves it out.
    { inMemory: false },
  ),
]
