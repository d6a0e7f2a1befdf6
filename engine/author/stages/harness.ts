import { hash } from 'node:crypto'
import type { GoldenCase } from '../cases.js'
import type { PolicyFiles } from '../policy-files.js'

/** Golden cases as tests that `opa` runs beside the policy's own. */
export interface Harness {
  /** Files to lay out, and the folder of them to name to `opa test`. */
  readonly files: ReadonlyMap<string, string>
  readonly folder: string
  /** Package of its tests, as results name it. */
  readonly package: string
}

/** The case that a test of the harness stands for. */
export const caseNumber = (test: string): number => Number(test.slice('test_case_'.length))

/** Lets `opa` ask every case, whatever the answer: for coverage, where a wrong answer is not the matter. */
export const askingHarness = (files: PolicyFiles, cases: readonly GoldenCase[]): Harness =>
  harness('asks', files, {
    cases: cases.map(({ input }) => ({ input })),
    tests: cases.map(({ gate }, index) => ({
      index,
      body: (facts) => `count([answer | answer := data.governance.${gate}.decision with input as ${facts}.input]) < 2`,
    })),
  })

/** Lets `opa` answer every case with its own interpreter, and holds each answer against our engine's: all of it. */
export const comparingHarness = (
  files: PolicyFiles,
  cases: readonly GoldenCase[],
  answers: readonly Uint8Array[],
): Harness =>
  harness('compares', files, {
    cases: cases.map(({ input }, index) => ({
      input,
      answer: JSON.parse(new TextDecoder().decode(answers[index])) as unknown,
    })),
    tests: cases.map(({ gate }, index) => ({
      index,
      body: (facts) => `${facts}.answer == data.governance.${gate}.decision with input as ${facts}.input`,
    })),
  })

interface Parts {
  readonly cases: readonly unknown[]
  readonly tests: readonly { readonly index: number; readonly body: (facts: string) => string }[]
}

/** The name of its package holds a digest of the policy, so that no file of the policy can add to it. */
function harness(kind: string, files: PolicyFiles, { cases, tests }: Parts): Harness {
  const name = `golden_${kind}_${digestOfAll(files).slice(0, 32)}`
  const rules = tests.map(({ index, body }) => `test_case_${index} if ${body(`data.${name}_facts[${index}]`)}`)
  return {
    folder: name,
    package: `data.${name}`,
    files: new Map([
      [`${name}/golden_test.rego`, `${[`package ${name}`, ...rules].join('\n\n')}\n`],
      [`${name}/facts.json`, JSON.stringify({ [`${name}_facts`]: cases })],
    ]),
  }
}

const digestOfAll = (files: PolicyFiles): string =>
  hash('sha256', JSON.stringify([...files].map(([file, bytes]) => [file, hash('sha256', bytes)])))
