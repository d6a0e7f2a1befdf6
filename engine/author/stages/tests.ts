import { z } from 'zod'
import { faultOf, type Fault, type StageOutcome } from '../finding.js'
import type { Opa } from '../opa.js'
import { opaFaults } from '../opa-errors.js'
import { CAPABILITIES } from '../policy-files.js'
import { SOURCES } from '../sources.js'
import type { Stage } from './bench.js'

const Result = z.object({
  package: z.string(),
  name: z.string(),
  fail: z.boolean().optional(),
  skip: z.boolean().optional(),
  error: z.object({ message: z.string() }).loose().optional(),
  location: z.object({ file: z.string(), row: z.int() }),
})

/** One result of `opa test`. */
export type TestResult = z.infer<typeof Result>

/** Arguments that every run of tests has: ours decide what a test may call. */
const LIMITS = ['test', '--capabilities', CAPABILITIES, '--format', 'json'] as const
export const TEST_ARGUMENTS = [...LIMITS, ...SOURCES] as const

/** Runs tests; `what` are sources and flags. A list where they ran, faults where they could not. Raises `OpaEnded`. */
export async function runTests(tool: Opa, folder: string, what: readonly string[]): Promise<TestResult[] | Fault[]> {
  const { stdout, stderr } = await tool.run([...LIMITS, ...what], folder)
  try {
    return z.array(Result).parse(JSON.parse(stdout))
  } catch {
    return opaFaults(stderr || stdout)
  }
}

export const isResult = (one: TestResult | Fault): one is TestResult => 'package' in one

/** `opa test` of the policy's own tests. */
export const tests: Stage = async ({ tool, folder }) =>
  testFaults(await runTests(tool, folder, [...SOURCES, '--timeout', '5s']))

/** What a run of tests comes to. */
export function testFaults(results: readonly (TestResult | Fault)[]): StageOutcome {
  const ran = results.filter(isResult)
  if (results.length === 0) return { faults: [NO_TESTS] }
  const faults = results.flatMap((one) => (isResult(one) ? faultsOf(one) : [one]))
  return { faults, detail: `${ran.length - faults.length} of ${ran.length} tests passed` }
}

const NO_TESTS = faultOf('tests', 'there are no tests', 'write rules named test_… in files named …_test.rego')

function faultsOf({ package: where, name, fail, skip, error, location }: TestResult): Fault[] {
  if (!fail && !skip && !error) return []
  const at = { file: location.file, line: location.row, rule: `${where}.${name}` }
  if (error) return [{ ...at, message: `gave no result: ${error.message}`, remedy: 'make it end, within 5 s' }]
  if (skip) return [{ ...at, message: 'is skipped', remedy: 'let it run, or delete it' }]
  return [{ ...at, message: 'fails', remedy: 'correct the rule, or the test where the rule is meant' }]
}
