import { beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Artifact } from '../admission/artifact.js'
import { GLUE_FILE } from '../admission/artifact.js'
import { digestOf } from '../digest.js'
import {
  FUEL_EXPORT,
  GROWTH_REFUSED_EXPORT,
  HOST_MODULE as HOST_MODULE_NAME,
  MARKS_EXPORT,
  MEMORY_EXPORT,
  PAGE_CAP_EXPORT,
} from '../metering/index.js'
import { COUNTING_WAT, SCATTERING_WAT, VERSATILE_JS } from '../testing/guests.js'
import { artifactOfSource, requestTo } from '../testing/slot-fixture.js'
import { FUEL, GROWTH_REFUSED, Guest, PAGE_CAP } from './child/guest.js'
import { hostInterfaces, type HostPort } from './child/host-interfaces.js'
import { HOST_MODULE, MARKS, MEMORY } from './child/written-memory.js'

const FUEL_UNITS = 500_000_000
const PAGES = 1024
const SILENT: HostPort = {
  call: (name) => ({ ok: name === 'kv.get' ? Buffer.alloc(9000, 1) : null }),
  post: () => undefined,
  nowMs: () => 1,
  random: (count) => new Uint8Array(count),
}
// jest cannot import `data:` modules into its own registry; the glue needs nothing but globals.
const evaluate = (glue: string) =>
  // oxlint-disable-next-line typescript/no-implied-eval -- glue that this spec has just made, run as a slot runs it
  new Function(`${glue.replaceAll(/^export (function|const)/gm, '$1')}; return { instantiate }`)() as never

type Instantiate = (...parts: [unknown, object, (...core: unknown[]) => WebAssembly.Instance]) => unknown

/** The same glue, that also tells which memories the instance has. */
const watched = (glue: string, memories: WebAssembly.Memory[]) => {
  const { instantiate } = evaluate(glue) as { instantiate: Instantiate }
  return {
    instantiate: (cores: unknown, imports: object, core: (...parts: unknown[]) => WebAssembly.Instance) =>
      instantiate(cores, imports, (...parts) => {
        const instance = core(...parts)
        const memory = instance.exports[MEMORY]
        if (memory instanceof WebAssembly.Memory) memories.push(memory)
        return instance
      }),
  } as never
}

const contentOf = (memories: readonly WebAssembly.Memory[]): string[] =>
  memories.map(({ buffer }) => digestOf(new Uint8Array(buffer)))

const guestOf = (artifact: Artifact, memories: WebAssembly.Memory[] = []) => {
  const { record, files } = artifact
  const cores = record.cores.map((core) => ({ ...core, wasm: files.get(core.file)! }))
  const glue = Buffer.from(files.get(GLUE_FILE)!).toString('utf8')
  const { resettable, initial_fuel } = record
  return Guest.of(watched(glue, memories), { glue, cores, resettable, initial_fuel }, hostInterfaces(SILENT))
}

/** Everything about a call that can be told from outside: answer, fuel, memory. */
const observe = (guest: Guest, path: string, body: string) => {
  const instance = guest.pristine()
  const call = () => instance.call(requestTo(path, body), FUEL_UNITS, PAGES)
  const answer = ((): unknown => {
    try {
      return Buffer.from(call().body).toString('hex')
    } catch (error) {
      return String((error as { payload?: unknown }).payload ?? error)
    }
  })()
  return { answer, ...instance.usage() }
}

describe('a reset instance', () => {
  let artifacts: Record<'javascript' | 'core' | 'scattering', Artifact>
  beforeAll(async () => {
    const javascript = await artifactOfSource({ js: VERSATILE_JS }, ['kv', 'log'])
    const scattering = await artifactOfSource({ wat: SCATTERING_WAT }, ['kv'])
    artifacts = { javascript, core: await artifactOfSource({ wat: COUNTING_WAT }), scattering }
  }, 60_000)

  const PATHS = ['/count', '/kv', '/echo', '/log', '/throw', '/throw-error', '/no-such-path', '/globals', '/now']

  it.each(['javascript', 'core'] as const)(
    'of a %s guest cannot be told from a fresh one',
    (kind) => {
      const used = guestOf(artifacts[kind])
      const calls = fc.array(
        fc.tuple(fc.constantFrom(...PATHS), fc.string({ unit: 'grapheme-ascii', maxLength: 40 })),
        { maxLength: 6 },
      )
      fc.assert(
        fc.property(
          calls,
          fc.constantFrom(...PATHS),
          fc.string({ unit: 'grapheme-ascii', maxLength: 40 }),
          (before, path, body) => {
            for (const [earlier, text] of before) {
              observe(used, earlier, text)
              used.recycle(true)
            }
            const seen = observe(used, path, body)
            used.recycle(true)
            expect(seen).toEqual(observe(guestOf(artifacts[kind]), path, body))
          },
        ),
        { numRuns: 25 },
      )
    },
    60_000,
  )

  it.each(['javascript', 'core', 'scattering'] as const)(
    'of a %s guest has every byte of its memory as it was',
    (kind) => {
      const memories: WebAssembly.Memory[] = []
      const guest = guestOf(artifacts[kind], memories)
      const first = guest.pristine()
      const before = contentOf(memories)
      const call = fc.tuple(fc.constantFrom(...PATHS), fc.string({ maxLength: 20_000, size: 'max' }))
      fc.assert(
        fc.property(call, ([path, body]) => {
          observe(guest, path, body)
          const after = contentOf(memories)
          guest.recycle(true)
          expect(guest.pristine()).toBe(first)
          expect(after).not.toEqual(before)
          expect(contentOf(memories)).toEqual(before)
        }),
        { numRuns: 100 },
      )
    },
    60_000,
  )

  it('of a guest that writes in every way was written in every way', () => {
    const memories: WebAssembly.Memory[] = []
    const guest = guestOf(artifacts.scattering, memories)
    const before = new Uint8Array(memories[0]!.buffer).slice()
    expect(observe(guest, '/', 'x'.repeat(9_000)).answer).toBe('0000')
    const after = new Uint8Array(memories[0]!.buffer)
    const blocks = new Set([...after.keys()].filter((at) => after[at] !== before[at]).map((at) => at >> 12))
    expect([...blocks].sort((one, other) => one - other).join(' ')).toMatchInlineSnapshot(
      `"0 1 2 3 4 6 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 26 27 48 64 65 69 70 71 72 73 74"`,
    )
  })

  it('is the same instance after an ordinary call, and another after growth', () => {
    const guest = guestOf(artifacts.javascript)
    const first = guest.pristine()
    observe(guest, '/count', '')
    guest.recycle(true)
    expect(guest.pristine()).toBe(first)
    observe(guest, '/grow-some', '')
    guest.recycle(true)
    expect(guest.pristine()).not.toBe(first)
  })

  it('is made anew after a call that did not end well', () => {
    const guest = guestOf(artifacts.core)
    const first = guest.pristine()
    guest.recycle(false)
    expect(guest.pristine()).not.toBe(first)
  })
})

it('the program inside knows the names that metering exports', () => {
  expect([FUEL, PAGE_CAP, GROWTH_REFUSED, MEMORY, MARKS, HOST_MODULE]).toEqual([
    FUEL_EXPORT,
    PAGE_CAP_EXPORT,
    GROWTH_REFUSED_EXPORT,
    MEMORY_EXPORT,
    MARKS_EXPORT,
    HOST_MODULE_NAME,
  ])
})
