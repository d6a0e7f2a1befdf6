import { beforeAll, describe, expect, it } from '@jest/globals'
import { findOpa } from '../../scripts/find-opa.mjs'
import { openOpa, type Opa } from '../author/opa.js'
import { canonicalBytes } from '../canonical.js'
import { EvaluationError } from '../errors.js'
import { loadPolicy, type PolicyEngine } from '../load.js'
import { compileRego } from '../testing/compile-rego.js'

const SECOND = 1_000

let tool: Opa
const trial = async (rules: string, options = {}): Promise<PolicyEngine> =>
  loadPolicy(await compileRego(tool, rules), options)

/** The answer's text and what it cost, or why there was none. */
function ask(engine: PolicyEngine, facts: unknown): { answer?: string; reason?: string; fuel: number } {
  try {
    const { answer, fuel } = engine.evaluate('call', canonicalBytes(facts))
    return { answer: new TextDecoder().decode(answer), fuel }
  } catch (error) {
    if (error instanceof EvaluationError) return { reason: error.reason, fuel: error.fuel }
    throw error
  }
}

beforeAll(async () => {
  tool = await openOpa(await findOpa())
}, 300 * SECOND)

describe('a builtin outside of WASM', () => {
  it('is paid for from the same fuel, in proportion to what it reads', async () => {
    const engine = await trial('decision := crypto.sha256(input.text)')
    const [short, long] = [10, 20_010].map((length) => ask(engine, { text: 'x'.repeat(length) }).fuel)
    expect(long! - short!).toBeGreaterThan(300_000)
  })

  it('is paid for in proportion to what it writes', async () => {
    const engine = await trial('decision := {"length": count(sprintf("%*d", [input.width, 1]))}')
    const [narrow, wide] = [10, 20_010].map((width) => ask(engine, { width }).fuel)
    expect(wide! - narrow!).toBeGreaterThan(300_000)
  })

  it('stops with the budget where a rule loops over it', async () => {
    const engine = await trial(
      'decision := count({digest | some n in numbers.range(1, input.n); digest := crypto.sha256(sprintf("%d-%s", [n, input.text]))})',
    )
    const facts = { text: 'x'.repeat(2_000) }
    expect(ask(engine, { ...facts, n: 10 }).answer).toBe('10')
    expect(ask(engine, { ...facts, n: 100_000 })).toEqual({ reason: 'budget', fuel: engine.budget })
    expect(ask(engine, { ...facts, n: 10 }).answer).toBe('10')
  })

  it.each([
    ['a range', 'numbers.range_step(1, 1000000000000, 1)'],
    ['a network', 'net.cidr_expand("::/0")'],
    [
      'a width',
      'sprintf("%999999d%999999d%999999d%999999d%999999d%999999d%999999d%999999d%999999d%999999d%999999d", [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1])',
    ],
    ['an exponent', 'units.parse("1e999999")'],
    [
      'a graph full of paths',
      'graph.reachable_paths({n: {m | some m in numbers.range(n + 1, 24)} | some n in numbers.range(1, 24)}, {1})',
    ],
    [
      'globs',
      'regex.globs_match(concat("", array.concat(["[ab]*a" | some _ in numbers.range(1, 20)], ["c.*"])), concat("", array.concat(["[ab]*b" | some _ in numbers.range(1, 20)], ["d.*"])))',
    ],
  ])('stops before the work where %s is far too large', async (_, call) => {
    const engine = await trial(`decision := {"size": count([${call}])}`)
    expect(ask(engine, {}).reason).toBe('budget')
  })

  it('refuses an argument and a result above their cap', async () => {
    const read = await trial('decision := hex.encode(input.text)', { maxPages: 2_000 })
    expect(ask(read, { text: 'x'.repeat(80_000) }).reason).toBe('memory')
    const written = await trial('decision := {"length": count(hex.encode(input.text))}', { maxPages: 2_000 })
    expect(ask(written, { text: 'x'.repeat(40_000) }).reason).toBe('memory')
    expect(ask(written, { text: 'x'.repeat(1_000) }).answer).toBe('{"length":2000}')
  })

  it('gives no answer where OPA reports an error, and goes on', async () => {
    const engine = await trial('default decision := "undefined"\n\ndecision := hex.decode(input.text)')
    expect(ask(engine, { text: 'xyz' }).answer).toBe('"undefined"')
    expect(ask(engine, { text: '6869' }).answer).toBe('"hi"')
  })

  it('ends the evaluation, rather than to have no answer, where OPA would have one', async () => {
    const engine = await trial('default decision := "undefined"\n\ndecision := time.clock([input.now, input.zone])')
    expect(ask(engine, { now: 0, zone: 'Local' }).reason).toBe('trap')
    expect(ask(engine, { now: 0, zone: 'Nowhere' }).answer).toBe('"undefined"')
    expect(ask(engine, { now: 0, zone: 'Europe/Berlin' }).answer).toBe('[1,0,0]')
  })

  it('keeps sets, keys of any type and large numbers as they are', async () => {
    const engine = await trial(
      'patched := json.patch({"a": {1, {"b"}}, "n": 12345678901234567890, 7: null}, [{"op": "add", "path": ["a", 2], "value": 2}])\n\n' +
        'decision := {"set": patched.a == {1, 2, {"b"}}, "key": patched[7], "text": sprintf("%d %v", [patched.n, patched.a])}',
    )
    expect(ask(engine, {}).answer).toBe('{"key":null,"set":true,"text":"12345678901234567890 {1, 2, {\\"b\\"}}"}')
  })
})

describe('a regular expression', () => {
  it.each(['(a+)+$', '(a|aa)+$', '(a*)*b', '((a?){10}){10}b', '(.*)*(.*)*(.*)*x'])(
    'that backtracking engines hang on, %s, is answered within the budget',
    async (pattern) => {
      const engine = await trial('decision := count(regex.split(input.pattern, input.text))')
      expect(ask(engine, { pattern, text: `${'a'.repeat(300)}!` }).answer).toBe('1')
    },
  )

  it('pays for each pass over the text', async () => {
    const engine = await trial('decision := count(regex.find_n(input.pattern, input.text, -1))')
    expect(ask(engine, { pattern: 'a.*b|a', text: 'a'.repeat(20_000) }).reason).toBe('budget')
  })

  it('that is too long ends the evaluation', async () => {
    const engine = await trial('decision := regex.split(input.pattern, "x")')
    expect(ask(engine, { pattern: 'a'.repeat(3_000) }).reason).toBe('trap')
  })

  it('has no answer where Go does not take it', async () => {
    const engine = await trial('default decision := "undefined"\n\ndecision := regex.split(input.pattern, "ab")')
    expect(ask(engine, { pattern: '(?<=a)b' }).answer).toBe('"undefined"')
    expect(ask(engine, { pattern: '(a)\\1' }).answer).toBe('"undefined"')
  })
})
