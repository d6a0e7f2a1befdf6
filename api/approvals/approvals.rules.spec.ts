import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { subjectDigest, tally } from './approvals.rules.js'

describe('tally', () => {
  it.each([
    [[], 1, 'open'],
    [['approve'], 1, 'approved'],
    [['approve'], 2, 'open'],
    [['approve', 'approve'], 2, 'approved'],
    [['approve', 'deny'], 2, 'denied'],
    [['deny'], 5, 'denied'],
  ] as const)('of %j with a quorum of %i is %s', (verdicts, quorum, state) => {
    expect(tally(verdicts, quorum)).toBe(state)
  })

  it('is never approved with a denial, nor below the quorum', () => {
    const verdict = fc.constantFrom('approve' as const, 'deny' as const)
    fc.assert(
      fc.property(fc.array(verdict), fc.integer({ min: 1, max: 5 }), (verdicts, quorum) => {
        const approved = tally(verdicts, quorum) === 'approved'
        return !approved || (!verdicts.includes('deny') && verdicts.length >= quorum)
      }),
    )
  })
})

describe('subjectDigest', () => {
  it('depends on content, not on the order of names', () => {
    expect(subjectDigest({ a: 1, b: [2] })).toBe(subjectDigest({ b: [2], a: 1 }))
    expect(subjectDigest({ a: 1 })).not.toBe(subjectDigest({ a: 2 }))
  })

  it('is the same after the subject went through JSON', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (subject) => {
        const stored = JSON.parse(JSON.stringify(subject)) as object
        return subjectDigest(stored) === subjectDigest(subject)
      }),
    )
  })
})
