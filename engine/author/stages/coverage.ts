import { faultOf } from '../finding.js'
import { opaFaults } from '../opa-errors.js'
import { writeFiles } from '../policy-files.js'
import { ruleFiles } from '../sources.js'
import type { Stage } from './bench.js'
import { CoverageReport, coverageOf, MIN_COVERAGE, percentInWords } from './coverage.rules.js'
import { askingHarness } from './harness.js'
import { TEST_ARGUMENTS } from './tests.js'

/** The part of the lines outside tests that tests and golden cases reach. */
export const coverage: Stage = async (bench) => {
  const { tool, folder, files, cases } = bench
  if (cases.faults.length > 0) return { faults: cases.faults }
  const harness = askingHarness(files, cases.cases)
  await writeFiles(folder, harness.files)
  const { stdout, stderr } = await tool.run([...TEST_ARGUMENTS, '--coverage', harness.folder], folder)
  const report = parseReport(stdout)
  if (!report) return { faults: opaFaults(stderr || stdout) }
  const { percent, enough, missed } = coverageOf(report, ruleFiles(files))
  bench.coverage = percent
  const words = `${percentInWords(percent)} of the lines outside tests are reached`
  if (enough) return { faults: [], detail: words }
  const least = faultOf(
    'coverage',
    `${words}, ${MIN_COVERAGE} % are asked for`,
    'write tests or golden cases for the rest',
  )
  return { faults: [least, ...missed], detail: words }
}

function parseReport(text: string): CoverageReport | undefined {
  try {
    return CoverageReport.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
