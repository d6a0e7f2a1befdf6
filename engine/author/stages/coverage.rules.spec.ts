import { describe, expect, it } from '@jest/globals'
import { CoverageReport, coverageOf, percentInWords } from './coverage.rules.js'

const file = 'governance/call/call.rego'
const report = (covered: number, missed: number, rest: object = {}) =>
  CoverageReport.parse({ files: { [file]: { covered_lines: covered, not_covered_lines: missed }, ...rest } })

describe('coverage', () => {
  it.each([
    [9_500, 500, true],
    [9_499, 501, false],
    [94_999, 5_001, false],
    [0, 0, false],
  ])('%d lines reached and %d not: enough is %s', (covered, missed, enough) => {
    expect(coverageOf(report(covered, missed), [file]).enough).toBe(enough)
  })

  it('is not rounded', () => {
    expect(coverageOf(report(94_999, 5_001), [file]).percent).toBe(94.999)
  })

  it.each([
    [99.884_393_063_583_81, '99.88 %'],
    [94.999, '94.99 %'],
    [100, '100 %'],
  ])('%d is read as %s', (percent, words) => expect(percentInWords(percent)).toBe(words))

  it('counts neither tests nor what stands beside the policy', () => {
    const others = {
      'governance/call/call_test.rego': { covered_lines: 9_000 },
      'golden_asks/golden_test.rego': { covered_lines: 9_000 },
    }
    expect(coverageOf(report(1, 1, others), [file, 'governance/call/call_test.rego']).percent).toBe(50)
  })

  it('names each stretch that nothing reaches', () => {
    const not_covered = [
      { start: { row: 3, col: 1 }, end: { row: 3, col: 9 } },
      { start: { row: 7, col: 1 }, end: { row: 9, col: 2 } },
    ]
    const missed = coverageOf(report(1, 4, { [file]: { covered_lines: 1, not_covered_lines: 4, not_covered } }), [
      file,
    ]).missed
    expect(missed.map(({ line, message }) => [line, message])).toEqual([
      [3, 'no test reaches line 3'],
      [7, 'no test reaches lines 7 to 9'],
    ])
  })
})
