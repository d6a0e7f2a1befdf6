import { dirname } from 'node:path'
import { beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { ACTIONS, type Action } from '#contract/actions.js'
import { INPUTS } from '#contract/decisions/inputs.js'
import { GATES, type Gate } from '#contract/vocabulary.js'
import { soundCases, type GoldenCase } from '../author/cases.js'
import { readPolicyFolder } from '../author/policy-files.js'
import { shippedBundleFolder } from '../bundle.js'
import { canonicalBytes } from '../canonical.js'
import { generate, type Generated } from './generate.js'
import type { Json } from './shape.js'

const AT_ONCE = 60
const platform: Json = { platform: { capability: { kv_key_max_length: 256 } } }

let cases: readonly GoldenCase[]
beforeAll(async () => {
  cases = soundCases(await readPolicyFolder(dirname(shippedBundleFolder())))
})

function first(count: number, gate: Gate, seed: number): Generated[] {
  const source = generate({ gate, cases, platform, seed })
  return Array.from({ length: count }, () => source.next().value)
}
const textOf = ({ bytes }: Generated) => Buffer.from(bytes).toString('utf8')
const gates = fc.constantFrom(...GATES)

describe('generated inputs', () => {
  it('are those of their seed', () => {
    fc.assert(
      fc.property(gates, fc.integer(), (gate, seed) => {
        const texts = first(10, gate, seed).map(textOf)
        expect(first(10, gate, seed).map(textOf)).toEqual(texts)
        expect(first(10, gate, seed + 1).map(textOf)).not.toEqual(texts)
      }),
      { numRuns: 30 },
    )
  })

  it('are what their gate takes, apart from the action of those that are misrouted', () => {
    fc.assert(
      fc.property(gates, fc.integer(), (gate, seed) => {
        for (const { input, misrouted, from } of first(AT_ONCE, gate, seed)) {
          const action = input['action'] as Action
          expect(ACTIONS[action].gate === gate).toBe(!misrouted)
          const asked = misrouted ? { ...input, action: from['action'] } : input
          expect(INPUTS[gate].safeParse(asked).error).toBeUndefined()
        }
      }),
      { numRuns: 40 },
    )
  })

  it('are all different, in canonical bytes', () => {
    const inputs = first(1_000, 'install', 7)
    expect(new Set(inputs.map(textOf)).size).toBe(inputs.length)
    for (const { input, bytes } of inputs) expect(Buffer.from(bytes).equals(canonicalBytes(input))).toBe(true)
  })

  it('leave the golden cases as they were', () => {
    const before = JSON.stringify(cases)
    first(200, 'publish', 3)
    expect(JSON.stringify(cases)).toBe(before)
  })

  it('need a case that is allowed', () => {
    const refused = cases.filter(({ expect: { outcome } }) => outcome !== 'allow')
    expect(() => generate({ gate: 'call', cases: refused, platform, seed: 1 }).next()).toThrow('no golden case of call')
  })
})
