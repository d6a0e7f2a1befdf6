import type { Opa } from '../author/opa.js'
import { runCase } from './run-case.js'
import { skipOf } from './skips.js'
import type { SuiteCase } from './suite.js'

/** How a run ended, in numbers of cases. */
export interface SuiteSummary {
  readonly cases: number
  readonly passed: number
  /** Not run, for a reason that is committed. */
  readonly skipped_listed: number
  /** Not run, because the engine does not load the case and nobody has said why. */
  readonly skipped_unlisted: number
  readonly failed: number
}

export interface RunOptions {
  /** Cases at a time; each runs one `opa`. */
  readonly parallel: number
  /** Takes a line for each case that did not pass, and one now and then on the way. */
  readonly say: (line: string) => void
}

const PROGRESS_EVERY = 250

/** Runs every case that is not listed as skipped. */
export async function runSuite(tool: Opa, cases: readonly SuiteCase[], options: RunOptions): Promise<SuiteSummary> {
  const listed = cases.filter((one) => skipOf(one) !== undefined)
  const queue = cases.filter((one) => skipOf(one) === undefined)
  const counts = { passed: 0, failed: 0, refused: 0 }
  let done = 0
  const work = async () => {
    for (let one = queue[done++]; one; one = queue[done++]) {
      const { state, detail } = await runCase(tool, one)
      counts[state]++
      if (state !== 'passed') options.say(`${state.padEnd(7)} ${one.topic} ${one.note}: ${detail}`)
      const ended = counts.passed + counts.failed + counts.refused
      if (ended % PROGRESS_EVERY === 0) options.say(`${ended} of ${queue.length} cases`)
    }
  }
  await Promise.all(Array.from({ length: options.parallel }, work))
  return {
    cases: cases.length,
    passed: counts.passed,
    skipped_listed: listed.length,
    skipped_unlisted: counts.refused,
    failed: counts.failed,
  }
}
