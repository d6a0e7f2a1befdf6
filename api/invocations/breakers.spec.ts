import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import type { ExecutionOutcome } from '#contract/vocabulary.js'
import { Breakers } from './breakers.js'

const install = { installId: 'i', digest: 'sha256:1' }
let now: number
let breakers: Breakers
let begun: number

beforeEach(() => {
  now = 1_000_000
  jest.spyOn(Date, 'now').mockImplementation(() => now)
  breakers = new Breakers()
  begun = 0
})
afterEach(() => void jest.restoreAllMocks())

const run = (outcome: ExecutionOutcome, target = install) =>
  breakers
    .run(target, async () => (begun++, { result: { outcome } }))
    .then(
      () => outcome,
      (error: { code: string }) => error.code,
    )
const runs = async (outcome: ExecutionOutcome, times: number) => {
  for (let each = 0; each < times; each++) await run(outcome)
}
const OPEN = 'execution.circuit_open'

describe('breakers', () => {
  it.each(['trap', 'time_exceeded', 'memory_exhausted', 'crashed'] as const)('open on %s', async (fault) => {
    await runs(fault, 5)
    expect(await run('ok')).toBe(OPEN)
    expect(begun).toBe(5)
    expect(breakers.counts()).toEqual({ open: 1, half_open: 0 })
  })

  it.each(['ok', 'guest_error', 'killed', 'output_exceeded', 'host_calls_exhausted', 'fuel_exhausted'] as const)(
    'stay closed on %s',
    async (outcome) => {
      await runs(outcome, 30)
      expect(begun).toBe(30)
    },
  )

  it('bear faults among more that ends well', async () => {
    for (let each = 0; each < 20; each++) await runs(each % 2 ? 'trap' : 'ok', 1)
    expect(await run('ok')).toBe('ok')
  })

  it('are apart for each install and version', async () => {
    await runs('trap', 5)
    expect(await run('ok', { ...install, installId: 'other' })).toBe('ok')
    expect(await run('ok', { ...install, digest: 'sha256:2' })).toBe('ok')
    expect(await run('ok')).toBe(OPEN)
  })

  it('say when to come again', async () => {
    await runs('trap', 5)
    now += 3_500
    await expect(breakers.run(install, async () => ({ result: { outcome: 'ok' } }))).rejects.toMatchObject({
      code: OPEN,
      status: 503,
      details: { retryAfter: 7 },
    })
  })

  it('let one call through after a while, and close where it ends well', async () => {
    await runs('trap', 5)
    now += 10_000
    let end = (): void => undefined
    const ended = new Promise<void>((resolve) => (end = resolve))
    const first = breakers.run(install, async () => (await ended, { result: { outcome: 'ok' as const } }))
    expect(breakers.counts()).toEqual({ open: 0, half_open: 1 })
    expect(await run('ok')).toBe(OPEN)
    end()
    await first
    expect(await run('ok')).toBe('ok')
    expect(breakers.counts()).toEqual({ open: 0, half_open: 0 })
  })

  it('stay open where that call is a fault again', async () => {
    await runs('trap', 5)
    now += 10_000
    expect(await run('trap')).toBe('trap')
    expect(await run('ok')).toBe(OPEN)
    now += 10_000
    expect(await run('ok')).toBe('ok')
  })
})
