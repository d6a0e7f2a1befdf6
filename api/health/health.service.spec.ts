import { Logger } from '@nestjs/common'
import { HealthCheckService, TerminusModule } from '@nestjs/terminus'
import { Test, type TestingModule } from '@nestjs/testing'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { HealthService } from './health.service.js'
import type { Health, HealthIndicator } from './indicator.js'
import { readiness } from './readiness.rules.js'

Logger.overrideLogger(false)

const BRIEF_MS = 20
let nest: TestingModule

const indicator = (name: string, check: () => Health | Promise<Health>): HealthIndicator => ({ name, check })
const up = indicator('up', () => ({ status: 'up', version: '18' }))
const degraded = indicator('degraded', () => ({ status: 'degraded' }))
const service = (...indicators: HealthIndicator[]) =>
  new HealthService(nest.get(HealthCheckService), indicators, BRIEF_MS)

beforeEach(async () => {
  nest = await Test.createTestingModule({ imports: [TerminusModule.forRoot({ logger: false })] }).compile()
})

afterEach(() => nest.close())

describe('the health report', () => {
  it('has every indicator by name, with its status and facts', async () => {
    expect(await service(up, degraded).report()).toEqual({
      status: 'degraded',
      details: { up: { status: 'up', version: '18' }, degraded: { status: 'degraded' } },
    })
  })

  it('keeps the order of the indicators, whatever their status', async () => {
    const down = indicator('down', () => ({ status: 'down' }))
    expect(Object.keys((await service(down, up, degraded).report()).details)).toEqual(['down', 'up', 'degraded'])
  })

  it('takes a check that rejects, throws or does not answer for down, and tells no message', async () => {
    const rejects = indicator('rejects', () =>
      Promise.reject(Object.assign(new Error('connect to 10.0.0.5 refused'), { code: 'ECONNREFUSED' })),
    )
    const throws = indicator('throws', () => {
      throw new TypeError('secret')
    })
    const hangs = indicator('hangs', () => new Promise<never>(() => {}))
    const report = await service(up, rejects, throws, hangs).report()
    expect(report).toEqual({
      status: 'error',
      details: {
        up: { status: 'up', version: '18' },
        rejects: { status: 'down', fault: 'ECONNREFUSED' },
        throws: { status: 'down', fault: 'TypeError' },
        hangs: { status: 'down', fault: 'no answer in time' },
      },
    })
  })

  it('asks once for all who come at the same moment, and again for those who come later', async () => {
    let asked = 0
    const counting = indicator('counting', () => ({ status: 'up', asked: ++asked }))
    const health = service(counting)
    await Promise.all([health.report(), health.report(), health.report()])
    expect(asked).toBe(1)
    await health.report()
    expect(asked).toBe(2)
  })
})

describe('readiness', () => {
  const down = indicator('down', () => ({ status: 'down' }))

  it('holds while nothing is down', async () => {
    expect(readiness(await service(up).report())).toEqual({ ready: true, status: 'ok', down: [], degraded: [] })
    expect(readiness(await service(up, degraded).report())).toMatchObject({ ready: true, degraded: ['degraded'] })
  })

  it('names what is down', async () => {
    expect(readiness(await service(up, down, degraded).report())).toEqual({
      ready: false,
      status: 'error',
      down: ['down'],
      degraded: ['degraded'],
    })
  })

  it('ends when the service stops', async () => {
    const health = service(up)
    await nest.close()
    expect(readiness(await health.report())).toMatchObject({ ready: false, status: 'shutting_down' })
  })
})
