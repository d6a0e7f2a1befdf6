import { describe, expect, it } from '@jest/globals'
import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { ACTION_IDS } from '#contract/actions.js'
import { digestOf } from '#runtime/digest.js'
import { decisionLeaf, type LeafSource } from './decision-leaf.rules.js'
import { InexactRecord } from './exact-fields.rules.js'

const textOrNull = fc.option(
  fc.string({ unit: 'binary' }).filter((one) => !one.includes('\0')),
  { nil: null },
)
const anyText = fc.string({ unit: 'binary' }).filter((one) => !one.includes('\0'))
const row: fc.Arbitrary<LeafSource> = fc.record({
  id: fc.uuid(),
  tenant_id: fc.uuid(),
  workspace_id: textOrNull,
  publisher_id: textOrNull,
  instance: anyText,
  gate: fc.constantFrom('call', 'admin'),
  action: fc.constantFrom(...ACTION_IDS),
  outcome: fc.constantFrom('allow', 'unavailable'),
  decided_by: fc.constantFrom('policy', 'floor'),
  cause: fc.constantFrom(null, 'policy_unavailable'),
  actor: anyText,
  resource_kind: anyText,
  resource_id: anyText,
  extension: textOrNull,
  install_id: textOrNull,
  execution_id: textOrNull,
  reasons: fc.array(anyText),
  rules: fc.array(anyText),
  revision: textOrNull,
  engine: anyText,
  tenant_module: textOrNull,
  input_digest: anyText,
  answer: fc.option(fc.uint8Array(), { nil: null }),
  fuel: fc.maxSafeNat(),
  count: fc.nat(),
  correlation_id: anyText,
  at: fc.maxSafeNat(),
  expires_at: fc.maxSafeNat(),
}) as fc.Arbitrary<LeafSource>

describe("a decision's leaf", () => {
  it('is the RFC 8785 form of its fields, the answer by digest', () => {
    fc.assert(
      fc.property(row, (source) => {
        const { answer, ...fields } = source
        const answer_digest = answer === null ? null : digestOf(answer)
        const expected = canonicalize({ ...fields, answer_digest, kind: 'decision' })
        expect(Buffer.from(decisionLeaf(source)).toString()).toBe(expected)
      }),
    )
  })

  it('changes with every field', () => {
    const [one, other] = fc.sample(
      row.map((source) => ({ ...source, answer: new Uint8Array([1]) })),
      2,
    )
    const leaf = (source: LeafSource): string => Buffer.from(decisionLeaf(source)).toString()
    for (const name of Object.keys(one!) as (keyof LeafSource)[]) {
      const altered = { ...one!, [name]: name === 'answer' ? new Uint8Array([2]) : other![name] }
      if (JSON.stringify(one![name]) !== JSON.stringify(altered[name])) expect(leaf(altered)).not.toBe(leaf(one!))
    }
  })

  it.each([
    ['a lone surrogate', { resource_id: '\ud800' }],
    ['NUL', { actor: 'a\0b' }],
    ['NUL in a list', { rules: ['a\0b'] }],
    ['a fraction', { fuel: 1.5 }],
    ['a number beyond exactness', { at: Number.MAX_SAFE_INTEGER + 1 }],
  ])('has no form for %s', (_, part) => {
    const [source] = fc.sample(row, 1)
    expect(() => decisionLeaf({ ...source!, ...part } as LeafSource)).toThrow(InexactRecord)
  })
})
