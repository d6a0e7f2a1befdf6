import { describe, expect, it } from '@jest/globals'
import { Conduct } from './conduct.js'
import type { ExecutionOutcome } from './job.js'

const after = (...outcomes: ExecutionOutcome[]): boolean => {
  const conduct = new Conduct()
  for (const outcome of outcomes) conduct.note('a', outcome)
  expect(conduct.isUnruly('b')).toBe(false)
  return conduct.isUnruly('a')
}

describe('a kind of code', () => {
  it.each<[boolean, ExecutionOutcome[]]>([
    [false, []],
    [true, ['time_exceeded']],
    [true, ['fuel_exhausted']],
    [true, ['memory_exhausted', 'ok']],
    [false, ['crashed', 'ok', 'ok']],
    [false, ['ok', 'ok', 'host_calls_exhausted']],
    [true, ['ok', 'output_exceeded', 'output_exceeded']],
    // A trap costs nobody anything, and who is ended by others did nothing.
    [false, ['trap', 'guest_error', 'killed', 'client_gone', 'input_exceeded']],
    [true, ['time_exceeded', 'killed', 'killed', 'killed']],
  ])('is unruly (%s) after %j', (unruly, outcomes) => expect(after(...outcomes)).toBe(unruly))
})
