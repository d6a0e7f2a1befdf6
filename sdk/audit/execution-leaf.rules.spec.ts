import { describe, expect, it } from '@jest/globals'
import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { InexactRecord } from './exact-fields.rules.js'
import { executionLeaf, receiptIdOf, type ExecutionLeafSource } from './execution-leaf.rules.js'

const text = fc.string({ unit: 'binary' }).filter((one) => !one.includes('\0'))
const textOrNull = fc.option(text, { nil: null })
const count = fc.maxSafeNat()
const row = fc.record({
  ...{ id: fc.uuid(), tenant_id: fc.uuid(), workspace_id: fc.uuid(), publisher_id: fc.uuid(), install_id: fc.uuid() },
  ...{ extension: text, semver: text, digest: text, artifact: text, engine: text, revision: textOrNull },
  ...{ endpoint: text, outcome: fc.constantFrom('ok', 'killed'), status: fc.nat(), fuel: count, memory_bytes: count },
  ...{ wall_ms: fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }), host_calls: fc.nat() },
  ...{ denied_calls: fc.nat(), decisions: fc.array(fc.uuid()), output_bytes: fc.nat(), input_digest: text },
  ...{ output_digest: textOrNull, recording_digest: textOrNull, slot: text, correlation_id: text },
  ...{ started_at: count, ended_at: count },
}) as fc.Arbitrary<ExecutionLeafSource>

describe("an execution's leaf", () => {
  it('is the RFC 8785 form of its fields', () => {
    fc.assert(
      fc.property(row, (source) => {
        const leaf = Buffer.from(executionLeaf(source)).toString()
        expect(leaf).toBe(canonicalize({ ...source, kind: 'execution' }))
      }),
    )
  })

  it.each([
    ['a lone surrogate', { slot: '\ud800' }],
    ['half a unit of fuel', { fuel: 0.5 }],
    ['a time that is no number', { wall_ms: Number.NaN }],
  ])('has none for %s', (_what, fault) => {
    const [source] = fc.sample(row, 1)
    expect(() => executionLeaf({ ...source!, ...fault })).toThrow(InexactRecord)
  })

  it('lies under the id of its execution with another version', () => {
    expect(receiptIdOf('0199f3a1-7c0e-7abc-8def-0123456789ab')).toBe('0199f3a1-7c0e-8abc-8def-0123456789ab')
  })
})
