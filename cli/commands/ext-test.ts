import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { escapeXml } from '#engine/author/index.js'
import { run, type Cli, type Registration } from '../command.js'
import type { CaseResult } from '../extension/test/case-result.js'
import { runTests } from '../extension/test/run-tests.js'
import { EXIT } from '../output.js'

interface TestFlags {
  readonly junit?: string
  readonly policy: boolean
  readonly weakIsolation?: boolean
}

const words = (result: CaseResult): string[] => [
  `${result.passed ? 'ok  ' : 'FAIL'} ${result.file}:${result.line}  ${result.name}  (${result.fuel} units, ${result.calls.length} host calls)`,
  ...result.failures.map(({ line, field, message }) => `     ${result.file}:${line}  ${field}: ${message}`),
]

const junitOf = (results: readonly CaseResult[]): string => {
  const totals = `tests="${results.length}" failures="${results.filter(({ passed }) => !passed).length}"`
  const cases = results.map(({ file, line, name, failures }) => {
    const open = `    <testcase classname="${escapeXml(file)}" name="${escapeXml(name)}" file="${escapeXml(file)}" line="${line}"`
    if (failures.length === 0) return `${open}/>`
    const told = failures.map((each) => `${file}:${each.line}: ${each.field}: ${each.message}`).join('\n')
    return `${open}><failure message="${escapeXml(failures[0]!.message)}">${escapeXml(told)}</failure></testcase>`
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="gatehouse ext test" ${totals}>`,
    `  <testsuite name="extension" ${totals}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

const test = run(async ({ output }: Cli, flags: TestFlags, folder = '.') => {
  const results = await runTests(resolve(folder), {
    policy: flags.policy ? 'shipped' : null,
    ...(flags.weakIsolation && { weakIsolation: true }),
  })
  if (flags.junit) await writeFile(flags.junit, junitOf(results))
  const failed = results.filter(({ passed }) => !passed).length
  if (failed > 0) process.exitCode = EXIT.refused
  if (!flags.policy) output.note('No policy decided: what passes here may be refused in service')
  output.result({ passed: results.length - failed, failed, cases: results }, () =>
    [...results.flatMap(words), `${results.length - failed} passed, ${failed} failed`].join('\n'),
  )
})

/** `gatehouse ext test`: an extension's cases, in the sandbox and under the policy that it will meet in service. */
export const extTest: Registration = (group) => {
  group
    .command('test [folder]')
    .description('Build it and run test/*.yaml and test/*.test.ts: real sandbox and policy, faked capabilities')
    .option('--junit <file>', 'also write the results as JUnit XML')
    .option('--no-policy', 'allow everything, so that only the code is tested')
    .option('--weak-isolation', 'run also where the operating system gives no wall')
    .action(test)
}
