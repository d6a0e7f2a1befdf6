import { parse } from '@bytecodealliance/jco'
import { beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { admit } from '../admission/admit.js'
import type { Artifact } from '../admission/artifact.js'
import { GLUE_FILE } from '../admission/artifact.js'
import { FUEL_EXPORT, GROWTH_REFUSED_EXPORT, MEMORY_EXPORT, PAGE_CAP_EXPORT } from '../metering/index.js'
import { COUNTING_WAT, VERSATILE_JS } from '../testing/guests.js'
import { artifactOfSource, requestTo } from '../testing/slot-fixture.js'
import { EARLY_CLOCK_WAT, EARLY_SEED_WAT, EARLY_STREAM_WAT, WASI_WAT } from '../testing/wasi-guests.js'
import { FUEL, GROWTH_REFUSED, Guest, MEMORY, PAGE_CAP } from './child/guest.js'
import { Host, type HostPort } from './child/host-interfaces.js'
import { loadShim, type WasiShim } from './child/wasi-shim.js'
import { wasiShim } from './wasi-shim-files.js'

const FUEL_UNITS = 500_000_000
const PAGES = 1024
/** A host that keeps what it is told. */
class KeepingHost implements HostPort {
  readonly mayLog = true
  told: unknown[] = []
  call = () => ({ ok: null })
  post = (name: string, args: object) => void this.told.push([name, args])
  nowMs = () => 1_234
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

const guestOf = (artifact: Artifact, host = new KeepingHost()) => {
  const { record, files } = artifact
  const cores = record.cores.map((core) => ({ ...core, wasm: files.get(core.file)! }))
  const glue = Buffer.from(files.get(GLUE_FILE)!).toString('utf8')
  const { resettable, initial_fuel } = record
  const wasi = record.wasi !== undefined
  const load = { glue, cores, resettable, initial_fuel, wasi }
  return Guest.of(evaluate(glue), load, () => new Host(host, wasi ? shim : undefined))
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
  let artifacts: Record<'javascript' | 'core' | 'wasi', Artifact>
  beforeAll(async () => {
    const javascript = await artifactOfSource({ js: VERSATILE_JS }, ['kv', 'log'])
    const [core, wasi] = [await artifactOfSource({ wat: COUNTING_WAT }), await artifactOfSource({ wat: WASI_WAT })]
    artifacts = { javascript, core, wasi }
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
  expect([FUEL, PAGE_CAP, GROWTH_REFUSED, MEMORY]).toEqual([
    FUEL_EXPORT,
    PAGE_CAP_EXPORT,
    GROWTH_REFUSED_EXPORT,
    MEMORY_EXPORT,
  ])
})
