import { describe, expect, it } from '@jest/globals'
import type { Database } from '../database/database.service.js'
import { createLog, NestLog } from './logger.js'
import { Metrics } from './metrics.js'

const KEY = `ghk_abcd1234_${'x'.repeat(43)}`

const logged = (isTTY: boolean, write: (log: NestLog) => void): string => {
  const lines: string[] = []
  write(
    new NestLog(createLog({ LOG_LEVEL: 'debug', LOG_FORMAT: 'auto' }, { isTTY, write: (line) => lines.push(line) })),
  )
  return lines.join('')
}

describe('the log', () => {
  it.each([true, false])('tells no secret, wherever it stands (terminal: %s)', (isTTY) => {
    const text = logged(isTTY, (log) => {
      log.error({ headers: { authorization: `Bearer ${KEY}` }, password: 'hunter2' }, 'refused', 'http')
      log.error(new Error(`connect postgres://api:hunter2@db/gatehouse with ${KEY}`), 'database')
      log.warn(`smtp://me:hunter2@mail.example.com is down`, 'mail')
    })
    expect(text).not.toMatch(/hunter2|xxxx/)
    expect(text).toMatch(/postgres:\/\/api:\[redacted\]@db/)
    expect(text).toMatch(/refused/)
  })

  it('keeps the fields of an entry and the stack of an error', () => {
    const [line] = logged(false, (log) =>
      log.error({ correlation_id: 'c-1', error: new Error('torn') }, 'request failed', 'http'),
    ).split('\n')
    expect(JSON.parse(line ?? '')).toMatchObject({
      msg: 'request failed',
      context: 'http',
      correlation_id: 'c-1',
      err: { message: 'torn', stack: expect.stringContaining('telemetry.spec') },
    })
  })

  it('keeps what the framework tells of itself for those who debug', () => {
    const lines: string[] = []
    const log = new NestLog(createLog({ LOG_LEVEL: 'info', LOG_FORMAT: 'auto' }, { write: (line) => lines.push(line) }))
    log.log('Mapped {/livez, GET} route', 'RouterExplorer')
    log.error('listen EADDRINUSE', 'NestApplication')
    log.log('listening', 'gatehouse')
    expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['listening'])
  })

  it.each(['plain', 'json'] as const)('is %s wherever that is set', (LOG_FORMAT) => {
    for (const isTTY of [true, false]) {
      const lines: string[] = []
      new NestLog(createLog({ LOG_LEVEL: 'info', LOG_FORMAT }, { isTTY, write: (line) => lines.push(line) })).log('up')
      expect(lines.join('').startsWith('{')).toBe(LOG_FORMAT === 'json')
    }
  })

  it('shows fields as words and an error by its stack at a terminal', () => {
    const text = logged(true, (log) => {
      log.warn({ policy: { revision: 'sha256:a', age_ms: 12 }, nodes: ['a b'] }, 'fell behind', 'gate')
      log.error(new Error('torn'), 'database')
    })
    expect(text).toContain('gate: fell behind  policy.revision=sha256:a policy.age_ms=12 nodes="a b"\n')
    expect(text).toMatch(/database: torn\n {4}at .*telemetry\.spec/)
    expect(text).not.toContain('{')
  })

  it('reads as a line at a terminal', () => {
    expect(logged(true, (log) => log.log('listening', 'gatehouse'))).toMatch(
      /^\d\d:\d\d:\d\d info {2}gatehouse: listening\n$/,
    )
  })
})

describe('metrics', () => {
  const database = {
    connections: () => [{ role: 'gatehouse_reader' as const, idle: 2, busy: 1, waiting: 4 }],
  } satisfies Pick<Database, 'connections'>

  it('count requests by route and status class, and show the pools', async () => {
    const metrics = new Metrics(database)
    metrics.watch({ name: 'gatehouse_doors', help: 'Doors', label: 'state', read: () => ({ open: 2 }) })
    metrics.answered({ method: 'GET', route: '/v1/installs/:id', status: 404, seconds: 0.003 })
    const text = await metrics.registry.metrics()
    expect(text).toContain('gatehouse_doors{state="open"} 2')
    expect(text).toMatch(
      /gatehouse_http_request_seconds_count\{method="GET",route="\/v1\/installs\/:id",status="4xx"\} 1/,
    )
    expect(text).toMatch(/gatehouse_database_connections\{pool="gatehouse_reader",state="waiting"\} 4/)
  })
})
