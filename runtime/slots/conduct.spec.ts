import { describe, expect, it } from '@jest/globals'
import { Conduct, hasRoom, type Standing } from './conduct.js'
import type { ExecutionOutcome } from './job.js'

const after = (...outcomes: ExecutionOutcome[]): Standing => {
  const conduct = new Conduct()
  for (const outcome of outcomes) conduct.note('a', outcome)
  expect(conduct.standing('b')).toBe('unknown')
  return conduct.standing('a')
}

describe('a kind of code', () => {
  it.each<[Standing, ExecutionOutcome[]]>([
    ['unknown', []],
    // Who is ended by others did nothing, for good or ill.
    ['unknown', ['killed', 'client_gone', 'input_exceeded']],
    ['proven', ['ok']],
    ['proven', ['guest_error']],
    ['unruly', ['time_exceeded']],
    ['unruly', ['fuel_exhausted']],
    ['unruly', ['memory_exhausted', 'ok']],
    ['proven', ['crashed', 'ok', 'ok']],
    ['proven', ['ok', 'ok', 'host_calls_exhausted']],
    ['unruly', ['ok', 'output_exceeded', 'output_exceeded']],
    ['proven', ['ok', 'trap']],
    ['unruly', ['trap', 'killed', 'killed', 'killed']],
  ])('is %s after %j', (standing, outcomes) => expect(after(...outcomes)).toBe(standing))
})

describe('places', () => {
  const [unknown, unruly, proven] = [
    ...[['unknown'], ['unruly'], ['proven']].map(
      ([one]) =>
        (count: number) =>
          Array<Standing>(count).fill(one as Standing),
    ),
  ] as [(count: number) => Standing[], (count: number) => Standing[], (count: number) => Standing[]]

  it.each<[boolean, Standing, Standing[], number]>([
    [true, 'proven', unruly(8), 8],
    [true, 'unknown', [...unruly(2), ...unknown(1), ...proven(5)], 8],
    [false, 'unknown', [...unruly(2), ...unknown(2)], 8],
    [true, 'unruly', [...unruly(1), ...unknown(2)], 8],
    [false, 'unruly', unruly(2), 8],
    [false, 'unruly', unknown(4), 8],
    // Of a few, whoever comes finds one beside what is unruly.
    [true, 'unruly', [], 1],
    [false, 'unruly', unruly(1), 2],
    [true, 'unknown', unruly(1), 2],
  ])('have room (%s) for one that is %s beside %j, of %d', (room, standing, others, places) =>
    expect(hasRoom(standing, others, places)).toBe(room),
  )
})
