import { GATES } from '#contract/vocabulary.js'
import { EvaluationError } from '../../errors.js'
import type { PolicyEngine } from '../../load.js'
import { judge, type GoldenCase } from '../cases.js'
import { faultOf, type Fault } from '../finding.js'
import { inTurns } from '../in-turns.js'
import { writeFiles } from '../policy-files.js'
import { SOURCES } from '../sources.js'
import type { Bench, Stage } from './bench.js'
import { caseNumber, comparingHarness } from './harness.js'
import { isResult, runTests } from './tests.js'

/**
 * Golden cases, each answered twice: by our engine, whose answer must be what the case expects, and by `opa test`, whose
 * answer must be the engine's. Every gate has at least one.
 */
export const golden: Stage = async (bench) => {
  const { cases, faults } = bench.cases
  const engine = await bench.engine()
  const judged = await inTurns(cases, (one) => judgeOrFail(engine, one))
  const found = [...faults, ...gatesWithout(cases), ...judged.flatMap(({ fault }) => fault ?? [])]
  const detail = `${cases.length} cases, by the engine and by opa test`
  if (found.length > 0) return { faults: found, detail }
  return {
    faults: await disagreements(
      bench,
      judged.map(({ answer }) => answer!),
    ),
    detail,
  }
}

const gatesWithout = (cases: readonly GoldenCase[]): Fault[] =>
  GATES.filter((gate) => !cases.some((one) => one.gate === gate)).map((gate) =>
    faultOf(gate, `the gate ${gate} has no golden case`, `write one in cases/${gate}/`),
  )

export const faultAt = ({ file, line, gate, name }: GoldenCase, message: string, remedy: string): Fault => ({
  file,
  line,
  rule: `${gate}: ${name}`,
  message,
  remedy,
})

function judgeOrFail(engine: PolicyEngine, one: GoldenCase): { answer?: Uint8Array; fault?: Fault } {
  try {
    const { answer, difference } = judge(engine, one)
    if (difference === undefined) return { answer }
    return { fault: faultAt(one, difference, 'correct the rule, or the case where the change is meant') }
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error
    return { fault: faultAt(one, `no answer (${error.reason}): ${error.message}`, 'make the rules cheaper') }
  }
}

async function disagreements({ tool, folder, files, cases }: Bench, answers: readonly Uint8Array[]): Promise<Fault[]> {
  const harness = comparingHarness(files, cases.cases, answers)
  await writeFiles(folder, harness.files)
  const results = await runTests(tool, folder, [...SOURCES, harness.folder, '--run', `${harness.package}.`])
  const faults = results.flatMap((one) => {
    if (!isResult(one)) return [one]
    const asked = cases.cases[caseNumber(one.name)]!
    const remedy = 'say it in a way that both evaluate alike'
    return one.fail || one.error ? [faultAt(asked, 'opa answers otherwise than the engine', remedy)] : []
  })
  const asked = results.filter(isResult).length
  if (faults.length > 0 || asked === answers.length) return faults
  return [faultOf('golden', `opa asked ${asked} of ${answers.length} cases`, 'rename what hides the others')]
}
