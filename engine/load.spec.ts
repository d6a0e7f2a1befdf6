import { beforeAll, describe, expect, it } from '@jest/globals'
import { findOpa } from '../scripts/find-opa.mjs'
import { openOpa, type Opa } from './author/opa.js'
import { MAX_BUDGET } from './bundle.js'
import { canonicalBytes } from './canonical.js'
import { EvaluationError, PolicyLoadError } from './errors.js'
import { loadPolicy, type PolicyEngine } from './load.js'
import { compileRego } from './testing/compile-rego.js'

const SECOND = 1_000
const facts = (value: unknown) => canonicalBytes(value)
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

/** What an evaluation raises; fails where it raises nothing. */
function raised(evaluate: () => unknown): EvaluationError {
  try {
    evaluate()
  } catch (error) {
    if (error instanceof EvaluationError) return error
    throw error
  }
  throw new Error('nothing was raised')
}

let tool: Opa
const trial = async (rules: string, options = {}): Promise<PolicyEngine> =>
  loadPolicy(await compileRego(tool, rules), options)

beforeAll(async () => {
  tool = await openOpa(await findOpa())
}, 300 * SECOND)

describe('an evaluation', () => {
  it('answers in RFC 8785 bytes, whatever order OPA writes', async () => {
    const engine = await trial('decision := {"z": 1, "a": {"é": [3, 1.5], "B": null}, "m": input.text}')
    const { answer } = engine.evaluate('call', facts({ text: 'ü\n"' }))
    expect(textOf(answer)).toBe('{"a":{"B":null,"é":[3,1.5]},"m":"ü\\n\\"","z":1}')
  })

  it('gives the same array and costs the same for the same input', async () => {
    const engine = await trial('decision := {"sum": sum(input.numbers)}')
    const [first, , third] = [1, 2, 3].map(() => engine.evaluate('admin', facts({ numbers: [1, 2, 3] })))
    expect(third!.answer).toBe(first!.answer)
    expect(third!.fuel).toBe(first!.fuel)
    expect(first!.fuel).toBeGreaterThan(0)
  })

  it('costs the same before and after the memory has grown, and with larger inputs between', async () => {
    const engine = await trial('decision := {"read": count(input.list)}')
    const costs = [1, 2_000, 2_000, 20_000, 20_000, 2_000, 1].map((length) => {
      const { fuel } = engine.evaluate('call', facts({ list: Array(length).fill('x'.repeat(20)) }))
      return fuel
    })
    expect(costs).toEqual([0, 1, 1, 3, 3, 1, 0].map((at) => costs[at]))
  })

  it('keeps nothing of the input before it', async () => {
    const engine = await trial('default decision := {"seen": null}\n\ndecision := {"seen": input.secret}')
    engine.evaluate('call', facts({ secret: 'x'.repeat(100_000) }))
    expect(textOf(engine.evaluate('call', facts({})).answer)).toBe('{"seen":null}')
  })

  it.each([
    ['nothing', ''],
    ['half of an object', '{"a":'],
    ['no JSON', 'decision'],
  ])('refuses %s as invalid and goes on working', async (_, text) => {
    const engine = await trial('decision := {"fine": true}')
    expect(raised(() => engine.evaluate('call', new TextEncoder().encode(text))).reason).toBe('invalid')
    expect(textOf(engine.evaluate('call', facts({})).answer)).toBe('{"fine":true}')
  })

  it('takes malformed JSON for no input, on which gates refuse', async () => {
    const engine = await trial('default decision := "no input"\n\ndecision := "input" if input')
    expect(textOf(engine.evaluate('call', new TextEncoder().encode('{"a" 1}')).answer)).toBe('"no input"')
    expect(textOf(engine.evaluate('call', facts({ a: 1 })).answer)).toBe('"input"')
  })

  it('refuses as invalid where no rule answers', async () => {
    const engine = await trial('decision := true if input.never')
    expect(raised(() => engine.evaluate('call', facts({}))).reason).toBe('invalid')
  })
})

/** Takes memory: 2,000 times the text that it is given. */
const DOUBLING = [
  's0 := input.text',
  ...Array.from({ length: 10 }, (_, step) => `s${step + 1} := concat("", [s${step}, s${step}])`),
  'decision := startswith(s10, "x")',
].join('\n\n')

describe('a runaway policy', () => {
  const NESTED =
    'decision := count([1 | some a in numbers.range(1, 1000); some b in numbers.range(1, 1000); a * b == input.n])'

  it('stops when its budget is spent, and the next evaluation has a new instance', async () => {
    const engine = await trial(`${NESTED} if input.n > 0\n\ndecision := 0 if input.n == 0`)
    const error = raised(() => engine.evaluate('call', facts({ n: 7 })))
    expect(error.reason).toBe('budget')
    expect(error.fuel).toBe(engine.budget)
    expect(textOf(engine.evaluate('call', facts({ n: 0 })).answer)).toBe('0')
  })

  it('cannot be given more than the ceiling', async () => {
    expect((await trial('decision := 1', { budget: 1e12 })).budget).toBe(MAX_BUDGET)
  })

  it('stops at its memory cap', async () => {
    const engine = await trial(DOUBLING, { maxPages: 6 })
    expect(raised(() => engine.evaluate('call', facts({ text: 'x'.repeat(2_000) }))).reason).toBe('memory')
  })

  it('stops where an input does not fit into memory', async () => {
    const engine = await trial('decision := true', { maxPages: 32 })
    expect(raised(() => engine.evaluate('call', facts({ text: 'x'.repeat(4_000_000) }))).reason).toBe('memory')
    expect(textOf(engine.evaluate('call', facts({})).answer)).toBe('true')
  })
})

describe('an instance', () => {
  it('that has grown much is replaced before the next evaluation, and one that has not is kept', async () => {
    const engine = await trial(DOUBLING)
    const { Memory } = WebAssembly
    let made = 0
    WebAssembly.Memory = class extends Memory {
      constructor(descriptor: ConstructorParameters<typeof Memory>[0]) {
        super(descriptor)
        made += 1
      }
    }
    const found = [1, 800, 2, 3].map((length) => {
      const { answer } = engine.evaluate('call', facts({ text: 'x'.repeat(length) }))
      expect(textOf(answer)).toBe('true')
      return made
    })
    WebAssembly.Memory = Memory
    expect(found).toEqual([0, 0, 1, 1])
  })
})

describe('loading', () => {
  it.each([
    ['a parser that we cannot match', 'decision := yaml.unmarshal(input.text)', 'yaml.unmarshal'],
    ['the network', 'decision := http.send({"method": "GET", "url": input.url})', 'http.send'],
    ['tokens', 'decision := io.jwt.decode(input.token)', 'io.jwt.decode'],
    ['the environment', 'decision := opa.runtime()', 'opa.runtime'],
    ['the clock', 'decision := time.now_ns()', 'time.now_ns'],
  ])('refuses a policy that asks for %s', async (_, rules, builtin) => {
    const bundle = await compileRego(tool, rules)
    await expect(loadPolicy(bundle)).rejects.toThrow(`builtins that the engine refuses: ${builtin}`)
  })

  it('refuses what is no module', async () => {
    const bundle = await compileRego(tool, 'decision := true')
    await expect(loadPolicy({ ...bundle, wasm: bundle.wasm.subarray(0, 1_000) })).rejects.toThrow(PolicyLoadError)
  })

  it('refuses platform data above its bound', async () => {
    const bundle = await compileRego(tool, 'decision := data.text')
    const data = canonicalBytes({ text: 'x'.repeat(256 * 1024) })
    await expect(loadPolicy({ ...bundle, data })).rejects.toThrow('platform data has')
  })

  it('refuses a bundle in which a gate has no entrypoint', async () => {
    const bundle = await compileRego(tool, 'decision := true')
    const entrypoints = { ...bundle.entrypoints, admin: 'trial/other' }
    await expect(loadPolicy({ ...bundle, entrypoints })).rejects.toThrow('no entrypoint for the gate admin')
  })
})
