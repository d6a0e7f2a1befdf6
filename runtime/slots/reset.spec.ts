import { randomFillSync } from 'node:crypto'
import { parse } from '@bytecodealliance/jco'
import { beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { admit } from '../admission/admit.js'
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
import { MARK_SHIFT } from '../metering/write-barrier.js'
import { COUNTING_WAT, SCATTERING_WAT, VERSATILE_JS } from '../testing/guests.js'
import { artifactOfSource, requestTo } from '../testing/slot-fixture.js'
import { EARLY_CLOCK_WAT, EARLY_SEED_WAT, EARLY_STREAM_WAT, WASI_WAT } from '../testing/wasi-guests.js'
import { BodyStreams } from './child/body-streams.js'
import { FUEL, GROWTH_REFUSED, Guest, PAGE_CAP } from './child/guest.js'
import { Host, type HostPort } from './child/host-interfaces.js'
import { loadShim, type WasiShim } from './child/wasi-shim.js'
import { HOST_MODULE, MARKED_BYTES, MARKS, MEMORY } from './child/written-memory.js'
import { wasiShim } from './wasi-shim-files.js'

const FUEL_UNITS = 500_000_000
const PAGES = 1024
/** A host that keeps what it is told. */
class KeepingHost implements HostPort {
  readonly mayLog = true
  readonly bodies = new BodyStreams({ tell: () => undefined, ask: () => null }, undefined)
  told: unknown[] = []
  call = (name: string) => ({ ok: name === 'kv.get' ? Buffer.alloc(9000, 1) : null })
  post = (name: string, args: object) => void this.told.push([name, args])
  nowMs = () => 1_234
  random = (count: number) => randomFillSync(new Uint8Array(count))
  sleep = (ms: number) => void this.told.push(ms)
  drop = (bytes: number) => void (bytes > 0 && this.told.push(bytes))
}
let shim: WasiShim
beforeAll(async () => {
  shim = await loadShim(wasiShim().folder)
})
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

const guestOf = (artifact: Artifact, host = new KeepingHost(), memories: WebAssembly.Memory[] = []) => {
  const { record, files } = artifact
  const cores = record.cores.map((core) => ({ ...core, wasm: files.get(core.file)! }))
  const glue = Buffer.from(files.get(GLUE_FILE)!).toString('utf8')
  const { resettable, initial_fuel } = record
  const wasi = record.wasi !== undefined
  const load = { glue, cores, resettable, initial_fuel, wasi }
  return Guest.of(watched(glue, memories), load, () => new Host(host, wasi ? shim : undefined))
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
  let artifacts: Record<'javascript' | 'core' | 'scattering' | 'wasi', Artifact>
  beforeAll(async () => {
    const javascript = await artifactOfSource({ js: VERSATILE_JS }, ['kv', 'log'])
    const [core, wasi] = [await artifactOfSource({ wat: COUNTING_WAT }), await artifactOfSource({ wat: WASI_WAT })]
    const scattering = await artifactOfSource({ wat: SCATTERING_WAT }, ['kv'])
    artifacts = { javascript, core, scattering, wasi }
  }, 60_000)

  const WASI_PATHS = ['/count', '/environment', '/folder', '/input', '/print', '/time', '/sleep']
  const PATHS = ['/count', '/kv', '/echo', '/log', '/throw', '/throw-error', '/no-such-path', '/globals', '/now']

  it.each(['javascript', 'core', 'wasi'] as const)(
    'of a %s guest cannot be told from a fresh one',
    (kind) => {
      const paths = fc.constantFrom(...(kind === 'wasi' ? WASI_PATHS : PATHS))
      const host = new KeepingHost()
      const used = guestOf(artifacts[kind], host)
      const calls = fc.array(fc.tuple(paths, fc.string({ unit: 'grapheme-ascii', maxLength: 40 })), { maxLength: 6 })
      fc.assert(
        fc.property(calls, paths, fc.string({ unit: 'grapheme-ascii', maxLength: 40 }), (before, path, body) => {
          for (const [earlier, text] of before) {
            observe(used, earlier, text)
            used.recycle(true)
          }
          host.told = []
          const seen = observe(used, path, body)
          const told = host.told
          used.recycle(true)
          const untouched = new KeepingHost()
          expect(seen).toEqual(observe(guestOf(artifacts[kind], untouched), path, body))
          expect(told).toEqual(untouched.told)
        }),
        { numRuns: 25 },
      )
    },
    60_000,
  )

  it.each(['javascript', 'core', 'scattering'] as const)(
    'of a %s guest has every byte of its memory as it was',
    (kind) => {
      const memories: WebAssembly.Memory[] = []
      const guest = guestOf(artifacts[kind], new KeepingHost(), memories)
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
    const guest = guestOf(artifacts.scattering, new KeepingHost(), memories)
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

  it.each([
    ['the same', 'environment', true],
    ['the same', 'time', true],
    ['another', 'print', false],
    ['another', 'sleep', false],
  ])('of WASI is %s instance after /%s', (_which, path, same) => {
    const guest = guestOf(artifacts.wasi)
    const first = guest.pristine()
    observe(guest, `/${path}`, '')
    guest.recycle(true)
    expect(guest.pristine() === first).toBe(same)
  })

  const earlyGuest = async (wat: string) => guestOf(await admit(await parse(wat), { maxMemoryPages: 1024 }))
  const answers = (guest: Guest) =>
    [1, 2].map(() => {
      const answer: unknown = guest.pristine().call(requestTo('/'), FUEL_UNITS, PAGES)
      guest.recycle(true)
      return answer
    })

  it('does not give the seed that it drew while it was made to two calls', async () => {
    const [first, second] = answers(await earlyGuest(EARLY_SEED_WAT))
    expect(first).not.toBe(second)
  })

  it('does not give a stream that it was given while it was made to two calls', async () => {
    const [first, second] = answers(await earlyGuest(EARLY_STREAM_WAT))
    expect(first).toBe(second)
  })

  it('finds no time while it is made, whenever that is', async () => {
    expect(answers(await earlyGuest(EARLY_CLOCK_WAT))).toEqual([0, 0])
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
  expect(MARKED_BYTES).toBe(2 ** MARK_SHIFT)
})
