import { beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Artifact } from '../admission/artifact.js'
import { GLUE_FILE } from '../admission/artifact.js'
import { FUEL_EXPORT, GROWTH_REFUSED_EXPORT, MEMORY_EXPORT, PAGE_CAP_EXPORT } from '../metering/index.js'
import { COUNTING_WAT, VERSATILE_JS } from '../testing/guests.js'
import { artifactOfSource, requestTo } from '../testing/slot-fixture.js'
import { FUEL, GROWTH_REFUSED, Guest, MEMORY, PAGE_CAP } from './child/guest.js'
import { Host, type HostPort } from './child/host-interfaces.js'

const FUEL_UNITS = 500_000_000
const PAGES = 1024
const SILENT: HostPort = {
  call: () => ({ ok: null }),
  post: () => undefined,
  nowMs: () => 1,
  sleep: () => undefined,
  mayLog: true,
  drop: () => undefined,
}
// jest cannot import `data:` modules into its own registry; the glue needs nothing but globals.
const evaluate = (glue: string) =>
  // oxlint-disable-next-line typescript/no-implied-eval -- glue that this spec has just made, run as a slot runs it
  new Function(`${glue.replaceAll(/^export (function|const)/gm, '$1')}; return { instantiate }`)() as never

const guestOf = (artifact: Artifact) => {
  const { record, files } = artifact
  const cores = record.cores.map((core) => ({ ...core, wasm: files.get(core.file)! }))
  const glue = Buffer.from(files.get(GLUE_FILE)!).toString('utf8')
  const { resettable, initial_fuel } = record
  return Guest.of(
    evaluate(glue),
    { glue, cores, resettable, initial_fuel, wasi: false },
    () => new Host(SILENT, undefined),
  )
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
  let artifacts: Record<'javascript' | 'core', Artifact>
  beforeAll(async () => {
    const javascript = await artifactOfSource({ js: VERSATILE_JS }, ['kv', 'log'])
    artifacts = { javascript, core: await artifactOfSource({ wat: COUNTING_WAT }) }
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
  expect([FUEL, PAGE_CAP, GROWTH_REFUSED, MEMORY]).toEqual([
    FUEL_EXPORT,
    PAGE_CAP_EXPORT,
    GROWTH_REFUSED_EXPORT,
    MEMORY_EXPORT,
  ])
})
