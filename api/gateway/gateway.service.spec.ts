import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import type { Client } from 'pg'
import { ExtensionEndpoint } from '#contract/manifest/endpoints.js'
import { Limits } from '#contract/manifest/limits.js'
import type { Artifact } from '#runtime/admission/artifact.js'
import { detectWall } from '#runtime/launcher/probe.js'
import { SlotPool } from '#runtime/slots/slot-pool.js'
import { VERSATILE_JS } from '#runtime/testing/guests.js'
import { artifactOfSource } from '#runtime/testing/slot-fixture.js'
import { callTarget } from '../capabilities/testing/call-target.js'
import { shippedGate, type ShippedGate } from '../gate/testing/shipped-gate.js'
import { actorOf } from '../gate/testing/test-gate.js'
import type { CallTarget } from '../installs/call-target.js'
import { callStack, type CallStack } from '../invocations/testing/call-stack.js'
import { FakeClock } from '../killswitch/testing/fake-clock.js'
import type { Caller } from '../platform/http/caller.js'
import { testDatabase, type TestDatabase } from '../testing/test-database.js'
import type { GatewayAnswer } from './ending.rules.js'
import { Gateway } from './gateway.service.js'
import { KeptCallRecords } from './kept-calls.repository.js'
import { KeptCalls } from './kept-calls.service.js'

const PATHS = [
  'count',
  'loop',
  'grow',
  'output',
  'storm',
  'throw',
  'throw-error',
  'wait',
  'kv',
  'echo',
  'log',
  'refused',
]
const endpoints = [
  ...PATHS.map((path) => ({ id: path, title: path, method: 'POST', path: `/${path}` })),
  { id: 'small', title: 'Small', method: 'PUT', path: '/items/{id}', max_request_bytes: 4 },
  { id: 'scoped', title: 'Scoped', method: 'POST', path: '/scoped', required_scope: 'audit:export' },
].map((endpoint) => ExtensionEndpoint.parse(endpoint))

describe('Gateway on real slots, policy and database', () => {
  let database: TestDatabase
  let owner: Client
  let pool: SlotPool
  let slotProcesses: () => Promise<number[]>
  let artifact: Artifact
  let shipped: ShippedGate
  let stack: CallStack
  let gateway: Gateway
  let target: CallTarget

  beforeAll(async () => {
    database = await testDatabase()
    owner = await database.owner()
    const others = new Set(await children())
    artifact = await artifactOfSource({ js: VERSATILE_JS }, ['kv', 'log'])
    slotProcesses = async () => (await children()).filter((pid) => !others.has(pid))
    pool = new SlotPool({ size: 2, wall: (await detectWall()).kind, readArtifact: async () => artifact })
  }, 60_000)
  afterAll(async () => {
    await pool.close()
    await database.drop()
  })
  beforeEach(async () => {
    // Its lease never lapses: the slots are shared, and a lease of an earlier test would end a later one's calls.
    shipped = await shippedGate(database.database, new FakeClock())
    const limits = { ...Limits.parse({}), wall_ms: 10_000 }
    target = callTarget({ endpoints, limits, artifact: { digest: artifact.digest, folder: '' } })
    stack = callStack({ database: database.database, gate: shipped.gate, kill: shipped.kills, slots: pool })
    const resolveForCall = async (tenantId: string, extension: string) =>
      tenantId === target.tenantId && extension === target.extension ? target : null
    const records = new KeptCallRecords(database.database)
    const kept = new KeptCalls({ records, node: 'node', waitMs: 10_000, onFault: (error) => stack.faults.push(error) })
    gateway = new Gateway({ installs: { resolveForCall }, invocations: stack.invocations, kept })
  })

  const callerOf = (tenantId = target.tenantId): Caller => ({
    principalId: randomUUID(),
    keyId: randomUUID(),
    tenantId,
    tenant: { id: tenantId, status: 'active', standing: {} },
    actor: actorOf(tenantId, { scopes: ['extensions:invoke'] }),
    correlationId: 'call-1',
  })
  const call = (path: string, fields: { method?: string; body?: string; headers?: Record<string, string> } = {}) => {
    return gateway.call(callerOf(), target.extension, {
      method: fields.method ?? 'POST',
      url: `/api/ext/${target.extension}${path}`,
      headers: fields.headers ?? {},
      body: fields.body === undefined ? undefined : Buffer.from(fields.body),
    })
  }
  const text = ({ body }: GatewayAnswer): string => body.toString()
  const executions = async (): Promise<Record<string, unknown>[]> => {
    await stack.writer.flush()
    const query = 'SELECT * FROM extension_execution_log WHERE install_id = $1 ORDER BY started_at, ended_at'
    return (await owner.query(query, [target.installId])).rows
  }

  it('calls the guest and passes on its answer under the decision', async () => {
    const answer = await call('/echo?q=1&q=%C3%BC', { body: 'four', headers: { cookie: 'a=b', accept: 'text/plain' } })
    // This guest writes a character as one byte.
    expect(answer.body.toString('latin1')).toBe(
      '["POST",[],[["q","1"],["q","ü"]],[["accept","text/plain"],["x-correlation-id","call-1"]],4]',
    )
    const [row] = await executions()
    expect(answer.headers['x-gatehouse-decision-id']).toBe(row?.['id'])
    expect(row).toMatchObject({ outcome: 'ok', status: 200, endpoint: 'echo' })
    expect(stack.faults).toEqual([])
  })

  it('keeps what the guest stores, each call a decision down to its arguments', async () => {
    expect(text(await call('/kv', { body: 'first' }))).toBe('none')
    expect(text(await call('/kv', { body: 'second' }))).toBe('first')
    await executions()
    const query = `SELECT input, outcome FROM decision WHERE install_id = $1 AND gate = 'capability' ORDER BY at`
    const { rows } = await owner.query<{ input: Buffer; outcome: string }>(query, [target.installId])
    const shown = rows.map(({ input }) => JSON.parse(input.toString()) as { capability: { name: string } })
    expect(shown.map(({ capability }) => capability.name).toSorted()).toEqual(['kv.get', 'kv.get', 'kv.set', 'kv.set'])
    expect(rows.every(({ outcome, input }) => outcome === 'allow' && !input.includes('second'))).toBe(true)
  })

  it('tells the guest which rule refused a host call', async () => {
    target = { ...target, granted: [] }
    expect(text(await call('/refused'))).toContain('capability.not_granted')
    expect(await executions()).toMatchObject([{ outcome: 'ok', denied_calls: 1 }])
  })

  it.each([
    ['/nothing', 'POST', 'not_found'],
    ['/items/a/b', 'PUT', 'not_found'],
    ['/count/', 'POST', 'not_found'],
    ['/items/%00', 'PUT', 'not_found'],
    ['/items/%zz', 'PUT', 'request.invalid'],
    ['/items/%2e%2e', 'PUT', 'request.invalid'],
    ['/count#x', 'POST', 'request.invalid'],
    ['/items/7#/../8', 'PUT', 'request.invalid'],
    ['/count?q=1#x', 'POST', 'request.invalid'],
    ['/count', 'GET', 'method_not_allowed'],
    ['/count', 'HEAD', 'method_not_allowed'],
  ])('answers %s by %s with %s', async (path, method, code) => {
    await expect(call(path, { method })).rejects.toMatchObject({ code })
    expect(await executions()).toEqual([])
  })

  it('names the methods that a path has', async () => {
    await expect(call('/items/7', { method: 'GET' })).rejects.toMatchObject({ details: { allow: ['PUT'] } })
  })

  it('knows nothing of extensions that are not installed, or installed elsewhere', async () => {
    const incoming = { method: 'POST', url: '/api/ext/x/count', headers: {}, body: undefined }
    const elsewhere = gateway.call(callerOf(randomUUID()), target.extension, incoming)
    await expect(elsewhere).rejects.toMatchObject({ code: 'not_found' })
    await expect(gateway.call(callerOf(), 'com.example.other', incoming)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('takes only as large a body as the endpoint does', async () => {
    await expect(call('/items/7', { method: 'PUT', body: 'fives' })).rejects.toMatchObject({
      code: 'request.too_large',
      status: 413,
    })
  })

  it('refuses whoever lacks the scope that the endpoint names', async () => {
    const raised = { code: 'policy.denied', details: { reasons: [{ id: 'call.endpoint_scope_missing' }] } }
    await expect(call('/scoped')).rejects.toMatchObject(raised)
  })

  it('tells what is left of each limit, and answers 429 once nothing is', async () => {
    const of = (per: 'install' | 'key', limit: number) => ({ per, limit, extensions: '*' })
    target = { ...target, quota: { limit: 1 }, rates: [of('install', 50), of('key', 9)] }
    expect((await call('/count')).headers).toMatchObject({
      'ratelimit-policy': '"day";q=1;w=86400, "minute";q=50;w=60, "minute-key";q=9;w=60',
      ratelimit: expect.stringMatching(/^"day";r=0;t=\d+, "minute";r=49;t=\d+, "minute-key";r=8;t=\d+$/),
      'ratelimit-remaining': '0',
    })
    await expect(call('/count')).rejects.toMatchObject({
      code: 'execution.limit_reached',
      status: 429,
      details: {
        reasons: [{ id: 'call.quota_exceeded' }],
        retryAfter: expect.any(Number),
        headers: { ratelimit: expect.stringContaining('"day";r=0;') },
      },
    })
    expect(await executions()).toHaveLength(1)
  })

  it('is forbidden and not too much where something else speaks against a call as well', async () => {
    target = { ...target, quota: { limit: 0 } }
    const reasons = expect.arrayContaining([expect.objectContaining({ id: 'call.quota_exceeded' })])
    await expect(call('/scoped')).rejects.toMatchObject({ code: 'policy.denied', status: 403, details: { reasons } })
  })

  it.each([
    ['/loop', 'fuel_exhausted', { fuel: 1_000_000 }],
    ['/loop', 'time_exceeded', { fuel: 20_000_000_000, wall_ms: 200 }],
    ['/grow', 'memory_exhausted', { memory_mb: 16 }],
    ['/output', 'output_exceeded', {}],
    ['/storm', 'host_calls_exhausted', { host_calls: 5 }],
    ['/throw', 'guest_error', {}],
    ['/throw-error', 'guest_error', {}],
  ] as const)('%s ends as %s, and its row says so', async (path, outcome, limits) => {
    target = { ...target, limits: { ...target.limits, ...limits } }
    await expect(call(path)).rejects.toMatchObject({ code: `execution.${outcome}` })
    expect(await executions()).toMatchObject([{ outcome, endpoint: path.slice(1) }])
  })

  it('ends a call in flight when a kill switch is engaged', async () => {
    target = { ...target, limits: { ...target.limits, fuel: 20_000_000_000 } }
    const running = expect(call('/loop')).rejects.toMatchObject({ code: 'execution.killed' })
    await busy()
    shipped.kills.admit({ id: randomUUID(), scope: 'install', target: target.installId, reason: 'test', epoch: null })
    await running
    expect(await executions()).toMatchObject([{ outcome: 'killed' }])
    await expect(call('/count')).rejects.toMatchObject({ code: 'kill.engaged' })
  })

  it('keeps the rows of a call whose slot was SIGKILLed', async () => {
    target = { ...target, limits: { ...target.limits, fuel: 20_000_000_000 } }
    const calls = await settle()
    const running = expect(call('/loop')).rejects.toMatchObject({ code: 'execution.crashed' })
    await busy()
    const killed = await slotProcesses()
    for (const pid of killed) killIfThere(pid)
    await running
    // Idle ones went too: until that is noticed, a call may still be sent to one of them.
    while ((await slotProcesses()).some((pid) => killed.includes(pid))) await turnOfTheLoop()
    expect(await executions()).toMatchObject([
      ...Array.from({ length: calls }, () => ({ outcome: 'ok' })),
      { outcome: 'crashed', status: 502 },
    ])
    expect(text(await call('/count'))).toBe('1/1')
  })

  /** Calls until that leaves the slots as they are: one goes that began before its code was proven. How many calls it took. */
  const settle = async (): Promise<number> => {
    for (let calls = 1; ; calls++) {
      const before = pool.snapshot().members
      await call('/count')
      if (before > 0 && pool.snapshot().members === before) return calls
    }
  }
  /** Until a slot is at work: one that served before, since one that is being opened counts as well. */
  const busy = async (): Promise<void> => {
    while (pool.snapshot().busy === 0) await turnOfTheLoop()
  }
  const turnOfTheLoop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
  /** A slot's own process goes by itself once the one that walls it in is gone. */
  const killIfThere = (pid: number): void => {
    try {
      process.kill(pid, 'SIGKILL')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
  /** Processes that this one started. */
  const children = async (): Promise<number[]> => {
    const lists = (await readdir('/proc/self/task')).map((task) => readFile(`/proc/self/task/${task}/children`, 'utf8'))
    return (await Promise.all(lists)).flatMap((list) => list.split(' ').filter(Boolean).map(Number))
  }
})
