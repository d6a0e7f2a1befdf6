import { z } from 'zod'
import type { Fault } from '../finding.js'
import { TEST_SUFFIX } from '../sources.js'

/** Least part of the lines outside tests that tests must reach, in percent. */
export const MIN_COVERAGE = 95

const Range = z.object({ start: z.object({ row: z.int() }), end: z.object({ row: z.int() }) })

/** What `opa test --coverage --format json` says; its own percentage counts the tests and is of no use. */
export const CoverageReport = z.object({
  files: z.record(
    z.string(),
    z.object({
      covered_lines: z.int().default(0),
      not_covered_lines: z.int().default(0),
      not_covered: z.array(Range).default([]),
    }),
  ),
})
export type CoverageReport = z.infer<typeof CoverageReport>

/** How much is reached, and whether that is enough: counted in whole lines, so that nothing is rounded up. */
export interface Coverage {
  readonly percent: number
  readonly enough: boolean
  readonly missed: readonly Fault[]
}

/**
 * Coverage of the rule files, and each stretch of lines that no test reaches.
 * @param rules files that count; one that the report does not know is not covered at all
 */
export function coverageOf(report: CoverageReport, rules: readonly string[]): Coverage {
  const counted = rules.filter((file) => !file.endsWith(TEST_SUFFIX) && report.files[file])
  const sum = (of: 'covered_lines' | 'not_covered_lines') =>
    counted.reduce((total, file) => total + report.files[file]![of], 0)
  const [covered, total] = [sum('covered_lines'), sum('covered_lines') + sum('not_covered_lines')]
  return {
    percent: total === 0 ? 0 : (100 * covered) / total,
    enough: total > 0 && 100 * covered >= MIN_COVERAGE * total,
    missed: counted.flatMap((file) => report.files[file]!.not_covered.map((range) => missedIn(file, range))),
  }
}

/** The percentage to read, with two decimals at most and never rounded up to what is asked for. */
export const percentInWords = (percent: number): string => `${Math.floor(percent * 100) / 100} %`

function missedIn(file: string, { start, end }: z.infer<typeof Range>): Fault {
  const lines = start.row === end.row ? `line ${start.row}` : `lines ${start.row} to ${end.row}`
  return {
    file,
    line: start.row,
    rule: 'coverage',
    message: `no test reaches ${lines}`,
    remedy: 'write a test or a golden case that does',
  }
}
