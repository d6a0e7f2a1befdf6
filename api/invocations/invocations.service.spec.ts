import { LEASE_MS } from '../killswitch/lease.rules.js'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Client } from 'pg'
import { EgressRule } from '#contract/manifest/egress.js'
import type { CallTarget } from '../installs/call-target.js'
import { capabilityCatalogue } from '../capabilities/catalogue.js'
import { EgressClient } from '../platform/http/egress.client.js'
import { EventsRepository } from '../capabilities/events.repository.js'
import { HostResolver } from '../platform/http/host-resolver.js'
import { KvRepository } from '../capabilities/kv.repository.js'
import { callTarget } from '../capabilities/testing/call-target.js'
import { deny } from '../gate/testing/fake-policy.js'
import { testDatabase, type TestDatabase } from '../testing/test-database.js'
import { actorOf, testGate, type TestGate } from '../gate/testing/test-gate.js'
import { Ledger } from '../ledger/ledger.service.js'
import { LedgerLog } from '../ledger/log.service.js'
import { ledgerKey } from '../ledger/origin.js'
import type { Caller } from '../platform/http/caller.js'
import { spanIdOf, traceOf } from '../platform/http/trace-context.rules.js'
import { Breakers } from './breakers.js'
import { CallQuota } from './call-quota.js'
import { CallRate } from './call-rate.js'
import type { Call } from './call.js'
import { ExecutionRecords } from './execution-records.repository.js'
import { ExecutionWriter } from './execution-writer.js'
import { Executions } from './executions.service.js'
import { Invocations } from './invocations.service.js'
import { answered, failed, FakeSlots } from './testing/fake-slots.js'
import { Spans } from '../platform/telemetry/spans.js'

const LEDGER_KEY = ledgerKey(generateKeyPairSync('ed25519').privateKey)
const ORDER = { id: randomUUID(), scope: 'global', target: '*', reason: 'test', epoch: null } as const

describe('Invocations', () => {
  let database: TestDatabase
  let owner: Client
  let gate: TestGate
  let slots: FakeSlots
  let writer: ExecutionWriter
  let invocations: Invocations
  let executions: Executions
  let target: CallTarget
  let faults: unknown[]

  beforeAll(async () => {
    database = await testDatabase()
    owner = await database.owner()
  }, 60_000)
  afterAll(() => database.drop())
  beforeEach(async () => {
    faults = []
    gate = await testGate(database.database)
    slots = new FakeSlots()
    const records = new ExecutionRecords(database.database.records)
    const ledger = new Ledger(database.database.records)
    const quota = new CallQuota((install, period) => records.callsUsed(install, period))
    writer = new ExecutionWriter({ records, ledger, quota, onFault: (_what, error) => faults.push(error) })
    const capabilities = capabilityCatalogue({
      kv: new KvRepository(database.database),
      events: new EventsRepository(database.database),
      secrets: { openSecret: () => Promise.resolve(null) },
      resolver: new HostResolver([]),
      client: new EgressClient(),
    })
    const kill = gate.kills
    const onFault = (error: unknown) => void faults.push(error)
    const broker = { capabilities, gate: gate.gate, ledger, kill, spans: new Spans(null), onFault }
    const operator = { wallMs: 30_000 }
    const isolation = { requireWall: () => undefined }
    const breakers = new Breakers()
    const recordings = { seal: () => null }
    const counters = { quota, rate: new CallRate(), breakers }
    const parts = { gate: gate.gate, kill, slots, broker, writer, ...counters, operator, isolation, recordings }
    invocations = new Invocations(parts)
    executions = new Executions(database.database, new LedgerLog(database.database, LEDGER_KEY))
    target = callTarget()
  })

  afterEach(() => writer.flush())

  const callerOf = (tenantId = target.tenantId, publisherId: string | null = null): Caller => ({
    principalId: randomUUID(),
    keyId: randomUUID(),
    tenantId,
    tenant: { id: tenantId, status: 'active', standing: {} },
    actor: actorOf(tenantId, { publisher_id: publisherId, scopes: ['extensions:invoke'] }),
    correlationId: 'test-correlation',
  })
  const call = (fields: Partial<Call> = {}): Call => ({
    target,
    endpoint: target.endpoints[0]!,
    request: { method: 'POST', path: '/run', params: [], query: [], headers: [], body: Buffer.from('{}') },
    caller: callerOf(),
    ...fields,
  })
  /** What is on record of the test's install. */
  const rows = async (table: string): Promise<Record<string, unknown>[]> => {
    await writer.flush()
    return (await owner.query(`SELECT * FROM ${table} WHERE install_id = $1`, [target.installId])).rows
  }
  const usage = async () =>
    Object.fromEntries((await rows('extension_quota_usage')).map(({ metric, value }) => [metric, Number(value)]))

  it('answers what was allowed, under the decision that allowed it', async () => {
    const { executionId, response } = await invocations.invoke(call())
    expect(response.status).toBe(200)
    expect(await rows('decision')).toMatchObject([{ id: executionId, action: 'extension.invoke', outcome: 'allow' }])
    expect(await rows('extension_execution_log')).toMatchObject([
      { id: executionId, outcome: 'ok', status: 200, endpoint: 'run', correlation_id: 'test-correlation' },
    ])
    expect(await usage()).toEqual({ calls: 1, fuel: 1000, wall_ms: 2, output_bytes: 2 })
    expect(faults).toEqual([])
  })

  it('goes on with the trace of the request, as far as the hosts that the guest reaches', async () => {
    const seen: IncomingHttpHeaders[] = []
    const host = createServer((request, response) => (seen.push(request.headers), response.end()))
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve))
    const { port } = host.address() as AddressInfo
    const rule = EgressRule.parse({ host: 'probe.localhost', port, scheme: 'http', methods: ['GET'] })
    target = callTarget({ egress: [rule] })
    slots.guest = async (guest) => {
      const headers = [['traceparent', 'the-guest-s-own']]
      const url = `http://probe.localhost:${port}/a`
      expect(await guest.call('http.fetch', { method: 'GET', url, headers, body: new Uint8Array() })).toHaveProperty(
        'ok',
      )
      return answered()
    }
    const trace = traceOf('00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01')
    const { executionId } = await invocations.invoke(call({ caller: { ...callerOf(), trace } }))
    host.close()
    expect(seen).toMatchObject([{ traceparent: `00-${trace.traceId}-${spanIdOf(executionId)}-01` }])
    await writer.flush()
    const { items } = await executions.list(callerOf(), { limit: 5, trace_id: trace.traceId })
    expect(items).toMatchObject([{ trace_id: trace.traceId, install_id: target.installId }])
    expect((await executions.list(callerOf(), { limit: 5, trace_id: 'f'.repeat(32) })).items).toEqual([])
  })

  it('runs nothing that policy refuses', async () => {
    gate.policy.answer = () => deny()
    await expect(invocations.invoke(call())).rejects.toMatchObject({ code: 'policy.denied' })
    expect(await rows('extension_execution_log')).toEqual([])
    expect(await rows('decision')).toMatchObject([{ outcome: 'deny' }])
  })

  it.each([
    ['fuel_exhausted', 502],
    ['memory_exhausted', 502],
    ['time_exceeded', 504],
    ['output_exceeded', 502],
    ['host_calls_exhausted', 502],
    ['trap', 502],
    ['guest_error', 502],
    ['crashed', 502],
    ['killed', 503],
  ] as const)('tells %s apart and keeps its rows', async (outcome, status) => {
    slots.guest = () => failed(outcome, 'its own words')
    const raised = { code: `execution.${outcome}`, status, details: { decisionId: expect.any(String) } }
    await expect(invocations.invoke(call())).rejects.toMatchObject(raised)
    expect(await rows('extension_execution_log')).toMatchObject([{ outcome, status, fuel: '1000' }])
    expect(await usage()).toMatchObject({ calls: 1, failed_calls: 1 })
  })

  it('writes host-call decisions with the execution, identical ones folded, refused ones counted', async () => {
    gate.policy.answer = (input) =>
      'kv' in input && JSON.stringify(input).includes('forbidden') ? deny() : { ...ALLOWED }
    slots.guest = async (host) => {
      for (let again = 0; again < 3; again++) await host.call('kv.get', { key: 'a' })
      expect(await host.call('kv.get', { key: 'forbidden' })).toMatchObject({ error: { code: 'test.refused' } })
      return answered()
    }
    const { executionId } = await invocations.invoke(call())
    const denied = [{ call: 'kv.get', reason: 'test.refused', count: 1 }]
    expect(await rows('extension_execution_log')).toMatchObject([{ denied_calls: 1, denied }])
    const recorded = (await rows('decision')).filter(({ gate: name }) => name === 'capability')
    expect(recorded.map(({ count, outcome, execution_id }) => [count, outcome, execution_id]).toSorted()).toEqual([
      [1, 'deny', executionId],
      [3, 'allow', executionId],
    ])
  })

  it('adds up over executions what a guest measured', async () => {
    slots.guest = (host) => {
      host.post('metrics.record', { kind: 'gauge', name: 'depth', value: 3, labels: [] })
      host.post('metrics.record', { kind: 'gauge', name: 'depth', value: 1, labels: [['at', 'root']] })
      return answered()
    }
    await Promise.all([invocations.invoke(call()), invocations.invoke(call())])
    await writer.flush()
    await invocations.invoke(call())
    await writer.flush()
    const { items } = await executions.metrics(callerOf(), target.extension, {})
    expect(items).toMatchObject([
      { install_id: target.installId, name: 'depth', labels: {}, count: 3, sum: 9, min: 3, max: 3, last: 3 },
      { name: 'depth', labels: { at: 'root' }, count: 3, sum: 3 },
    ])
    expect((await executions.metrics(callerOf(randomUUID()), target.extension, {})).items).toEqual([])
    expect((await executions.metrics(callerOf(), target.extension, { day: '2020-01-01' })).items).toEqual([])
  })

  it('stores and reads under the invocation that runs', async () => {
    const read: unknown[] = []
    slots.guest = async (host) => {
      await host.call('kv.set', { key: 'k', value: Buffer.from('v') })
      read.push(await host.call('kv.get', { key: 'k' }))
      read.push(await host.call('kv.delete', { key: 'k' }))
      return answered()
    }
    await invocations.invoke(call())
    expect(read).toEqual([{ ok: Buffer.from('v') }, {}])
  })

  it('ends what runs when a kill switch is engaged, and starts nothing after', async () => {
    let started = (): void => undefined
    const running = new Promise<void>((resolve) => (started = resolve))
    slots.guest = () => (started(), new Promise(() => undefined))
    const ended = expect(invocations.invoke(call())).rejects.toMatchObject({ code: 'execution.killed' })
    await running
    gate.kills.admit(ORDER)
    await ended
    expect(await rows('extension_execution_log')).toMatchObject([{ outcome: 'killed', status: 503 }])
    await expect(invocations.invoke(call())).rejects.toMatchObject({ code: 'kill.engaged' })
  })

  it('ends what runs when the kill list was not heard in time, and says that nobody ordered it', async () => {
    const running = Promise.withResolvers<void>()
    slots.guest = () => (running.resolve(), new Promise(() => undefined))
    const ended = expect(invocations.invoke(call())).rejects.toMatchObject({ code: 'kill.lease_stale' })
    await running.promise
    await gate.clock.advance(LEASE_MS + 1)
    await ended
    expect(await rows('extension_execution_log')).toMatchObject([{ outcome: 'killed', status: 503 }])
  })

  it('does not start what was killed while its decision was being recorded', async () => {
    gate.policy.answer = () => (queueMicrotask(() => gate.kills.admit(ORDER)), { ...ALLOWED })
    await expect(invocations.invoke(call())).rejects.toMatchObject({ code: 'execution.killed' })
    expect(await rows('extension_execution_log')).toMatchObject([{ outcome: 'killed', fuel: '0' }])
  })

  it('runs only so many calls of an install at once', async () => {
    target = callTarget({ limits: { ...target.limits, concurrency: 2 } })
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    slots.guest = async () => (await held, answered())
    const both = Promise.all([invocations.invoke(call()), invocations.invoke(call())])
    await expect(invocations.invoke(call())).rejects.toMatchObject({ code: 'execution.concurrency_exceeded' })
    release()
    await both
    await expect(invocations.invoke(call())).resolves.toBeDefined()
  })

  it('shows policy how much of the limits is used, and what is left to the caller', async () => {
    target = callTarget({ quota: { limit: 5 }, rates: [RATE, { ...RATE, per: 'key', limit: 9 }] })
    const seen: unknown[] = []
    gate.policy.answer = (input) => {
      const { quota, rate } = input as unknown as Record<'quota' | 'rate', unknown>
      seen.push(quota, rate)
      return { ...ALLOWED }
    }
    await invocations.invoke(call())
    await writer.flush()
    const { limits } = await invocations.admit(call())
    expect(seen).toEqual([
      { limit: 5, used: 0 },
      { limit: 3, used: 0 },
      { limit: 5, used: 1 },
      { limit: 3, used: 1 },
    ])
    expect(limits).toMatchObject([
      { name: 'day', limit: 5, used: 1 },
      { name: 'minute', limit: 3, used: 1 },
      { name: 'minute-key', limit: 9, used: 0 },
    ])
  })

  it('does not count what was refused', async () => {
    target = callTarget({ quota: { limit: 5 } })
    gate.policy.answer = () => deny()
    await expect(invocations.invoke(call())).rejects.toThrow()
    gate.policy.answer = () => ({ ...ALLOWED })
    expect((await invocations.admit(call())).limits).toMatchObject([{ used: 0 }])
  })

  it('leaves an install alone that traps again and again, and does not count what it did not run', async () => {
    target = callTarget({ quota: { limit: 9 } })
    slots.guest = () => failed('trap')
    for (let each = 0; each < 5; each++)
      await expect(invocations.invoke(call())).rejects.toMatchObject({ code: 'execution.trap' })
    slots.guest = answered
    for (let each = 0; each < 2; each++)
      await expect(invocations.invoke(call())).rejects.toMatchObject({ code: 'execution.circuit_open', status: 503 })
    expect((await invocations.admit(call())).limits).toMatchObject([{ used: 5 }])
    expect(await rows('extension_execution_log')).toHaveLength(5)
  })

  it('slows down an install that policy obliges to slow down', async () => {
    gate.policy.answer = () => ({ ...ALLOWED, obligations: [{ id: 'call.throttle' }] })
    for (let burst = 0; burst < 5; burst++) await invocations.invoke(call())
    await expect(invocations.invoke(call())).rejects.toMatchObject({ code: 'execution.throttled' })
  })

  it('shows executions and lines to their organisation, and to the publisher under a pseudonym', async () => {
    slots.guest = (host) => (host.post('log.write', { level: 'info', message: 'hello' }), answered())
    const { executionId } = await invocations.invoke(call())
    await writer.flush()
    const own = callerOf()
    expect(await executions.show(own, executionId)).toMatchObject({
      tenant: target.tenantId,
      version: '1.0.0',
      correlation_id: 'test-correlation',
    })
    const publisher = callerOf(randomUUID(), target.publisherId)
    const seen = await executions.show(publisher, executionId)
    expect(seen).toMatchObject({ tenant: expect.stringMatching(/^t_[0-9a-f]{16}$/), correlation_id: null })
    expect(JSON.stringify(seen)).not.toContain(target.tenantId)
    const query = { limit: 10 }
    const lines = await executions.lines(publisher, target.extension, query)
    expect(lines.items).toMatchObject([{ message: 'hello', tenant: seen.tenant }])
    const more = await executions.lines(publisher, target.extension, { ...query, after: lines.next_cursor! })
    expect(more).toEqual({ items: [], next_cursor: lines.next_cursor })
    const stranger = callerOf(randomUUID())
    await expect(executions.show(stranger, executionId)).rejects.toMatchObject({ code: 'not_found' })
    expect((await executions.lines(stranger, target.extension, query)).items).toEqual([])
    expect((await executions.list(stranger, query)).items).toEqual([])
  })

  it('keeps log lines from the publisher where the install does not share them', async () => {
    target = callTarget({ extension: 'com.example.quiet', granted: ['log:write'] })
    slots.guest = () => failed('guest_error', 'for operators')
    await expect(invocations.invoke(call())).rejects.toThrow()
    await writer.flush()
    const query = { limit: 10 }
    expect((await executions.lines(callerOf(), target.extension, query)).items).toMatchObject([
      { level: 'error', message: 'for operators' },
    ])
    const publisher = callerOf(randomUUID(), target.publisherId)
    expect((await executions.lines(publisher, target.extension, query)).items).toEqual([])
  })

  it('pages through executions, newest first', async () => {
    const ids = []
    for (let each = 0; each < 3; each++) ids.push((await invocations.invoke(call())).executionId)
    await writer.flush()
    const first = await executions.list(callerOf(), { limit: 2 })
    const rest = await executions.list(callerOf(), { limit: 2, cursor: first.next_cursor! })
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(ids.toReversed())
    expect(rest.next_cursor).toBeNull()
  })
})

const RATE = { per: 'install', limit: 3, extensions: '*' } as const
const ALLOWED = { outcome: 'allow', rules: ['test.allowed'], reasons: [], obligations: [], approval: null }
