import { dirname } from 'node:path'
import { beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { FUEL_EXPORT, meter } from '#runtime/metering/index.js'
import { findOpa } from '../../scripts/find-opa.mjs'
import { soundCases } from '../author/cases.js'
import { openOpa } from '../author/opa.js'
import { readPolicyFolder } from '../author/policy-files.js'
import { BuiltinHost } from '../builtins/host.js'
import { LIBRARY } from '../builtins/library.js'
import { readShippedBundle, shippedBundleFolder } from '../bundle.js'
import { canonicalBytes } from '../canonical.js'
import { NOTATION, PolicyInstance } from '../instance.js'
import { compileRego } from '../testing/compile-rego.js'
import { quicken } from './link.js'

const PAGES = 256
const FUEL = 200_000_000n
const BUDGET = 20_000_000
const SECOND = 1_000

const golden = soundCases(await readPolicyFolder(dirname(shippedBundleFolder())))
const shipped = await readShippedBundle()

const metered = (wasm: Uint8Array) =>
  WebAssembly.compile(meter(wasm, { maxMemoryPages: PAGES, initialFuel: FUEL }).wasm as BufferSource)
const instanceOf = async (wasm: Uint8Array, data: Uint8Array) =>
  new PolicyInstance({ module: await metered(wasm), maxPages: PAGES, data }, NOTATION.values)

/** A module as OPA compiled it, and the same one quickened. */
const pairOf = async (wasm: Uint8Array, data: Uint8Array) => {
  const quick = quicken(wasm)
  expect(quick).not.toBe(wasm)
  return { slow: await instanceOf(wasm, data), quick: await instanceOf(quick, data) }
}

interface Runtime {
  opa_malloc(size: number): number
  opa_free(block: number): void
  opa_heap_ptr_get(): number
  opa_heap_ptr_set(end: number): void
  opa_json_parse(text: number, length: number): number
  opa_value_parse(text: number, length: number): number
  opa_value_dump(value: number): number
}

/** The runtime within a module, called without its policy. */
async function runtimeOf(wasm: Uint8Array) {
  const memory = new WebAssembly.Memory({ initial: 5, maximum: PAGES })
  const { exports } = new WebAssembly.Instance(await metered(wasm), new BuiltinHost(memory, LIBRARY).imports)
  const runtime = exports as unknown as Runtime
  const start = runtime.opa_heap_ptr_get()
  const begin = () => {
    ;(exports[FUEL_EXPORT] as WebAssembly.Global<'i64'>).value = FUEL
    runtime.opa_heap_ptr_set(start)
  }
  /** What it takes a text for, in the order in which it holds it; null where it takes it for nothing. */
  const read = (reader: 'opa_json_parse' | 'opa_value_parse', text: Uint8Array): string | null => {
    begin()
    const address = runtime.opa_malloc(text.length)
    new Uint8Array(memory.buffer).set(text, address)
    try {
      const value = runtime[reader](address, text.length)
      if (value === 0) return null
      // What was read must not stand in the text any more.
      new Uint8Array(memory.buffer).fill(0x23, address, address + text.length)
      const dumped = runtime.opa_value_dump(value)
      const bytes = Buffer.from(memory.buffer)
      return bytes.toString('latin1', dumped, bytes.indexOf(0, dumped))
    } catch (error) {
      return `failed: ${(error as Error).message}`
    }
  }
  return { runtime, begin, read, size: () => memory.buffer.byteLength }
}

describe('a quickened module', () => {
  it('answers the golden cases as before, in the order as before, for less fuel', async () => {
    const { slow, quick } = await pairOf(shipped.wasm, shipped.data)
    for (const { gate, input } of golden) {
      const entrypoint = slow.entrypoints[shipped.entrypoints[gate]]!
      const [before, after] = [slow, quick].map((one) => one.evaluate(entrypoint, canonicalBytes(input), BUDGET))
      expect(after!.text).toBe(before!.text)
      expect(after!.fuel).toBeLessThan(before!.fuel * 0.7)
    }
  })

  it('is none where the runtime is another, or the module is no module', () => {
    const other = Buffer.from(shipped.wasm)
    const name = other.lastIndexOf('opa_malloc')
    other.write('opa_mallow', name)
    for (const wasm of [other, new Uint8Array([1, 2, 3])]) expect(quicken(wasm)).toBe(wasm)
  })

  it(
    'finds, compares and remembers as before',
    async () => {
      const tool = await openOpa(await findOpa())
      const rules = Array.from({ length: 70 }, (_, at) => `r${at} if input.numbers[${at % 7}] > ${at}`).join('\n\n')
      const { wasm, data } = await compileRego(
        tool,
        `${rules}
decision := {
	"input": input,
	"strings": {value | walk(input, [_, value]); is_string(value)},
	"keys": [key | some key, _ in input],
	"order": sort([value | walk(input, [_, value])]),
	"found": {key: input[key] | some key in input.asked},
	"rules": [${Array.from({ length: 70 }, (_, at) => `{1 | r${at}}`).join(', ')}],
	"with": [{1 | r3}, {1 | r3 with input.numbers as [9, 9, 9, 9, 9, 9, 9]}, {1 | r3}],
}`,
      )
      const { slow, quick } = await pairOf(wasm, data)
      const facts = fc.record({
        numbers: fc.array(
          fc.oneof(fc.integer({ min: -9, max: 90 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
          { minLength: 7 },
        ),
        asked: fc.array(fc.constantFrom('numbers', 'asked', 'any', 'none', '')),
        any: fc.jsonValue(),
      })
      fc.assert(
        fc.property(facts, (input) => {
          const bytes = canonicalBytes(input)
          const [before, after] = [slow, quick].map((one) => one.evaluate(0, bytes, BUDGET).text)
          expect(after).toBe(before)
        }),
        { numRuns: 300 },
      )
    },
    60 * SECOND,
  )
})

/** Pieces of JSON, of which most sequences are none. */
const piece = fc.constantFrom(
  ...[
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    ' ',
    '\n',
    '"',
    '\\',
    '"a"',
    '"b":',
    '"a":',
    '{"a":1}',
    '{"a":1,"a":2}',
    '[]',
    '{}',
  ],
  ...[
    '"é"',
    '"\\u00e9"',
    '"\\ud83d\\ude00"',
    '"\\x"',
    '"\u007f"',
    '"\u0001"',
    'null',
    'true',
    'false',
    'fals',
    'set()',
  ],
  ...['0', '-0', '01', '-1.5e3', '1e', '12345678901234567890', '"a long key, of more than one word"', '{"a","b"}'],
)
const members = fc
  .array(fc.tuple(fc.string({ unit: 'binary', maxLength: 12 }), fc.jsonValue({ stringUnit: 'binary' })), {
    maxLength: 40,
  })
  .map((all) => `{${all.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`)
const text = fc.oneof(
  fc.json(),
  fc.json().map((json) => JSON.stringify(JSON.parse(json), null, 1)),
  members,
  fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
  fc.tuple(members, fc.nat(200)).map(([json, length]) => json.slice(0, length)),
  fc.tuple(members, fc.nat(200), piece).map(([json, at, other]) => json.slice(0, at) + other + json.slice(at)),
)
const bytes = fc.oneof(
  text.map((json) => Buffer.from(json)),
  // Also what is not UTF-8.
  fc.tuple(text, fc.nat(60), fc.nat(255)).map(([json, at, byte]) => {
    const changed = Buffer.from(json)
    if (at < changed.length) changed[at] = byte
    return changed
  }),
)

describe('its reader', () => {
  let slow: Awaited<ReturnType<typeof runtimeOf>>
  let quick: Awaited<ReturnType<typeof runtimeOf>>
  beforeAll(async () => {
    slow = await runtimeOf(shipped.wasm)
    quick = await runtimeOf(quicken(shipped.wasm))
  })

  it.each(['opa_json_parse', 'opa_value_parse'] as const)('%s takes every text for what OPA takes it for', (reader) => {
    fc.assert(
      fc.property(bytes, (given) => expect(quick.read(reader, given)).toBe(slow.read(reader, given))),
      { numRuns: 3_000 },
    )
  })
})

describe('its allocator', () => {
  it('gives no byte to two blocks at a time', async () => {
    const { runtime, begin, size } = await runtimeOf(quicken(shipped.wasm))
    const steps = fc.array(
      fc.oneof(fc.record({ size: fc.oneof(fc.nat(80), fc.nat(3_000)) }), fc.record({ freed: fc.nat(50) })),
      { maxLength: 150 },
    )
    fc.assert(
      fc.property(steps, (all) => {
        begin()
        const used: { from: number; to: number }[] = []
        for (const step of all) {
          if ('freed' in step) {
            const [block] = used.splice(step.freed, 1)
            if (block) runtime.opa_free(block.from)
            continue
          }
          const from = runtime.opa_malloc(step.size)
          const block = { from, to: from + step.size }
          expect(used.filter((other) => other.from < block.to && block.from < other.to)).toEqual([])
          expect(block.to).toBeLessThanOrEqual(size())
          used.push(block)
        }
      }),
      { numRuns: 300 },
    )
  })
})
