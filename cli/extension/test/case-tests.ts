import type { CaseResult } from './case-result.js'
import type { TestCase } from './case-file.js'
import { ExpectationFailed } from './called.js'
import type { Subject } from './subject.js'

/** Runs a case of a YAML file in surroundings of its own. */
export const runCase = async (subject: Subject, test: TestCase): Promise<CaseResult> => {
  const { file, name, event, surroundings, lineOf } = test
  const about = { file, line: lineOf([]), name }
  try {
    const called = await (event ? subject.deliver(event, surroundings) : subject.call(test.request!, surroundings))
    const failures = differencesFrom(() => called.expect(test.expect)).map(({ path, message }) => ({
      ...{ line: lineOf(path), field: path.join('.'), message },
    }))
    const calls = called.calls.map(({ args: _, ...call }) => call)
    return { ...about, passed: failures.length === 0, failures, calls, fuel: called.fuel }
  } catch (error) {
    const field = event ? 'event' : 'request'
    const failure = { line: lineOf([field]), field, message: (error as Error).message }
    return { ...about, passed: false, failures: [failure], calls: [], fuel: 0 }
  }
}

const differencesFrom = (hold: () => void): ExpectationFailed['differences'] => {
  try {
    hold()
    return []
  } catch (error) {
    if (error instanceof ExpectationFailed) return error.differences
    throw error
  }
}
