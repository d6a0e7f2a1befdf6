import { beforeEach, describe, expect, it } from '@jest/globals'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { EgressRule } from '#contract/manifest/egress.js'
import type { GateService } from '../gate/gate.service.js'
import type { KillTarget } from '../killswitch/kill-state.service.js'
import { Broker } from './broker.js'
import type { Invocation } from './invocation.js'
import { capabilityCatalogue } from './catalogue.js'
import { EgressClient } from '../platform/http/egress.client.js'
import { EventsRepository } from './events.repository.js'
import { HostResolver } from '../platform/http/host-resolver.js'
import { KvRepository } from './kv.repository.js'
import { callTarget } from './testing/call-target.js'
import { FakeGate } from './testing/fake-gate.js'
import { invocationOf } from './testing/invocation.js'
import { Spans } from '../platform/telemetry/spans.js'

const unreachable = () => Promise.reject(new Error('no database here'))
const noDatabase = new KvRepository({ extensionData: unreachable, extensionQuery: unreachable })
let gate: FakeGate
let killed: boolean
let faults: unknown[]

const brokerOf = (invocation: Invocation, resolver = new HostResolver([])): Broker =>
  new Broker(invocation, {
    capabilities: capabilityCatalogue({
      kv: noDatabase,
      events: new EventsRepository({ extensionData: unreachable }),
      secrets: { openSecret: (_target, name) => Promise.resolve(name === 'TOKEN' ? 's3cr3t-value' : null) },
      resolver,
      client: new EgressClient(),
    }),
    gate: gate as unknown as Pick<GateService, 'weigh' | 'pending'>,
    ledger: gate,
    kill: { check: (_target: KillTarget) => (killed ? { stale: true } : null) },
    spans: new Spans(null),
    onFault: (error) => faults.push(error),
  })

beforeEach(() => {
  gate = new FakeGate()
  killed = false
  faults = []
})

describe('Broker', () => {
  it('shows policy the arguments and nothing else of them', async () => {
    const broker = brokerOf(invocationOf())
    expect(await broker.call('secrets.get', { name: 'TOKEN' })).toEqual({ ok: 's3cr3t-value' })
    expect(gate.asked[0]).toMatchObject({
      capability: { name: 'secrets.get', permission: 'secrets:read' },
      secret: { name: 'TOKEN', declared: true, set: true },
      kv: null,
      http: null,
      log: null,
    })
    expect(JSON.stringify(gate.asked)).not.toContain('s3cr3t-value')
  })

  it('tells a guest why it was refused, and does nothing', async () => {
    gate.refused.set('secrets.get', 'capability.not_granted')
    const broker = brokerOf(invocationOf())
    const [decision] = [await broker.call('secrets.get', { name: 'TOKEN' })]
    expect(decision).toEqual({
      error: { code: 'capability.not_granted', message: 'No. Ask.', decision_id: expect.any(String) },
    })
    expect(broker.denied).toBe(1)
  })

  it('folds identical calls into one decision with their count', async () => {
    const broker = brokerOf(invocationOf())
    for (let call = 0; call < 3; call++) await broker.call('secrets.get', { name: 'TOKEN' })
    await broker.call('secrets.get', { name: 'OTHER' })
    expect(gate.asked).toHaveLength(2)
    expect(broker.close().map(({ count }) => count)).toEqual([3, 1])
    expect(broker.close()).toEqual([])
  })

  it('refuses everything once the kill list names it, before policy is asked', async () => {
    killed = true
    const broker = brokerOf(invocationOf())
    expect(await broker.call('secrets.get', { name: 'TOKEN' })).toMatchObject({ error: { code: 'execution.killed' } })
    expect(gate.asked).toHaveLength(0)
  })

  it('lets nothing happen after its execution has ended', async () => {
    const broker = brokerOf(invocationOf())
    broker.close()
    expect(await broker.call('secrets.get', { name: 'TOKEN' })).toMatchObject({ error: { code: 'execution.killed' } })
  })

  it.each([
    ['secrets.get', {}, 'capability.arguments_invalid'],
    ['secrets.get', { name: 'a\u0000b' }, 'capability.arguments_invalid'],
    ['secrets.get', { name: 'A', more: 1 }, 'capability.arguments_invalid'],
    ['fs.read', { path: '/etc/passwd' }, 'capability.unknown'],
    ['kv.get', { key: 'a' }, 'capability.failed'],
  ])('answers %s(%j) with %s', async (name, args, code) => {
    expect(await brokerOf(invocationOf()).call(name, args)).toMatchObject({ error: { code } })
  })

  it('keeps what went wrong inside to itself', async () => {
    const reply = await brokerOf(invocationOf()).call('kv.get', { key: 'a' })
    expect(JSON.stringify(reply)).not.toContain('no database')
    expect(faults).toEqual([new Error('no database here')])
  })

  it('strikes secrets that were read, and control characters, from log lines', async () => {
    const invocation = invocationOf()
    const broker = brokerOf(invocation)
    await broker.call('secrets.get', { name: 'TOKEN' })
    broker.post('log.write', { level: 'info', message: 'with s3cr3t-value\u001b[2J\n' })
    expect(invocation.log.close(0)).toMatchObject([{ message: 'with [secret TOKEN]\ufffd[2J\n' }])
  })

  it('takes no posted call that must be answered', () => {
    brokerOf(invocationOf()).post('secrets.get', { name: 'TOKEN' })
    expect(gate.asked).toHaveLength(0)
  })

  it('bounds the lines of one invocation and says how many more there were', () => {
    const invocation = invocationOf()
    const broker = brokerOf(invocation)
    for (let line = 0; line < 250; line++) broker.post('log.write', { level: 'info', message: 'again' })
    const lines = invocation.log.close(0)
    expect(lines).toHaveLength(201)
    expect(lines.at(-1)?.message).toBe('50 more lines were not kept')
  })
})

describe('what was refused', () => {
  it('is told with the result, posted calls alike', async () => {
    gate.refused.set('log.write', 'capability.log_too_long').set('secrets.get', 'capability.not_granted')
    const broker = brokerOf(invocationOf())
    for (let line = 0; line < 3; line++) broker.post('log.write', { level: 'info', message: 'again' })
    broker.post('log.write', { level: 'loud', message: 'again' })
    await broker.call('secrets.get', { name: 'TOKEN' })
    await broker.call('fs.read\u0000', {})
    broker.close()
    expect(broker.refused).toEqual([
      { call: 'log.write', reason: 'capability.log_too_long', count: 3 },
      { call: 'log.write', reason: 'capability.arguments_invalid', count: 1 },
      { call: 'secrets.get', reason: 'capability.not_granted', count: 1 },
      { call: 'fs.read\ufffd', reason: 'capability.unknown', count: 1 },
    ])
  })

  it('is bounded, however many names a guest makes up', async () => {
    const broker = brokerOf(invocationOf())
    for (let name = 0; name < 100; name++) await broker.call(`made.up${name}`, {})
    expect(broker.refused).toHaveLength(50)
  })
})

describe('Broker over settings', () => {
  it('gives one, all, and none of what nobody set', async () => {
    const broker = brokerOf(invocationOf())
    expect(await broker.call('config.get', { name: 'limit' })).toEqual({ ok: '5' })
    expect(await broker.call('config.get', { name: 'toString' })).toEqual({ ok: null })
    expect(await broker.call('config.all', {})).toEqual({ ok: '{"limit":5,"tags":["a"]}' })
    expect(gate.asked.map(({ config }) => config)).toEqual([
      { name: 'limit', declared: true },
      { name: 'toString', declared: true },
      { name: null, declared: true },
    ])
  })
})

describe('Broker over metrics', () => {
  const measured = (name: string, value: number, labels: [string, string][] = []) =>
    ['metrics.record', { kind: 'counter', name, value, labels }] as const

  it('adds up by name and labels, whatever their order', () => {
    const invocation = invocationOf()
    const broker = brokerOf(invocation)
    broker.post(
      ...measured('files', 2, [
        ['a', '1'],
        ['b', '2'],
      ]),
    )
    broker.post(
      ...measured('files', 5, [
        ['b', '2'],
        ['a', '1'],
      ]),
    )
    broker.post(...measured('files', 1))
    expect(invocation.metrics.close()).toMatchObject([
      { name: 'files', labels: '{"a":"1","b":"2"}', count: 2, sum: 7, min: 2, max: 5, last: 5 },
      { name: 'files', labels: '{}', count: 1, sum: 1 },
    ])
    expect(gate.asked.map(({ metric }) => (metric as { series: number }).series)).toEqual([1, 2])
  })

  it('strikes secrets that were read from labels', async () => {
    const invocation = invocationOf()
    const broker = brokerOf(invocation)
    await broker.call('secrets.get', { name: 'TOKEN' })
    broker.post(...measured('files', 1, [['with', 's3cr3t-value']]))
    expect(JSON.stringify(invocation.metrics.close())).not.toContain('s3cr3t')
  })

  it.each([
    ['a name of its own making', measured('Files of 7', 1)],
    ['a counter that falls', measured('files', -1)],
    ['no number', measured('files', Number.NaN)],
    ['an endless one', measured('files', Number.POSITIVE_INFINITY)],
    [
      'a label twice',
      measured('files', 1, [
        ['a', '1'],
        ['a', '2'],
      ]),
    ],
  ])('keeps nothing of %s', (_what, call) => {
    const invocation = invocationOf()
    brokerOf(invocation).post(...call)
    expect(invocation.metrics.close()).toEqual([])
  })
})

describe('Broker over http', () => {
  let server: Server
  let port: number
  let echo: boolean
  let seen: { url: string | undefined; headers: Record<string, unknown>; recorded: number }[]

  beforeEach(async () => {
    seen = []
    echo = false
    server = createServer((request, response) => {
      seen.push({ url: request.url, headers: request.headers, recorded: gate.recorded.length })
      if (request.url === '/redirect') response.writeHead(302, { location: 'http://localhost:1/' }).end()
      else if (request.url === '/large') response.end(Buffer.alloc(2 * 1024 * 1024))
      else if (echo) response.end(JSON.stringify(request.headers))
      else response.writeHead(200, { 'content-type': 'text/plain', 'set-cookie': 'a=b', 'x-more': 'yes' }).end('rates')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    port = (server.address() as AddressInfo).port
  })
  const stop = () => new Promise((resolve) => server.close(resolve))
  const fetching = (path: string, host = 'localhost') => {
    const egress = [EgressRule.parse({ host: 'localhost', port, scheme: 'http', methods: ['GET'] })]
    const invocation = invocationOf(callTarget({ egress }))
    const broker = brokerOf(invocation, new HostResolver([`localhost:${port}`]))
    const headers = [
      ['Cookie', 'a=b'],
      ['Host', 'evil.test'],
      ['X-Forwarded-For', '10.0.0.1'],
      ['Authorization', 'Bearer own'],
    ]
    const url = `http://${host}:${port}${path}`
    return broker.call('http.fetch', { method: 'GET', url, headers, body: new Uint8Array() })
  }

  it('fetches from a declared host with the headers that may leave, once the decision is durable', async () => {
    const reply = await fetching('/rates?of=EUR')
    await stop()
    expect(reply).toMatchObject({ ok: { status: 200, body: Buffer.from('rates') } })
    expect(JSON.stringify(reply)).not.toContain('a=b')
    expect(seen[0]).toMatchObject({ url: '/rates?of=EUR', recorded: 1 })
    expect(seen[0]?.headers).toMatchObject({ host: `localhost:${port}`, authorization: 'Bearer own' })
    expect(seen[0]?.headers).not.toHaveProperty('cookie')
    expect(seen[0]?.headers).not.toHaveProperty('x-forwarded-for')
  })

  const withToken = (secrets: string[] | undefined, value: string, more: object = {}) => {
    const rule = { host: 'localhost', port, scheme: 'http', methods: ['GET'], secrets, ...more }
    const invocation = invocationOf(callTarget({ egress: [EgressRule.parse(rule)] }))
    const broker = brokerOf(invocation, new HostResolver([`localhost:${port}`]))
    const url = `http://localhost:${port}/echo`
    const headers = [['Authorization', value]]
    return { invocation, reply: broker.call('http.fetch', { method: 'GET', url, headers, body: new Uint8Array() }) }
  }

  it('puts a secret into a header on its way out; the guest and the decision never see it', async () => {
    const { reply, invocation } = withToken(['TOKEN'], 'Bearer {{secret:TOKEN}}')
    expect(await reply).toMatchObject({ ok: { status: 200 } })
    await stop()
    expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer s3cr3t-value' })
    expect(gate.asked[0]).toMatchObject({ http: { secrets: [{ name: 'TOKEN', permitted: true, set: true }] } })
    expect(JSON.stringify([await reply, gate.asked])).not.toContain('s3cr3t-value')
    expect(invocation.disclosed.get('TOKEN')).toBe('s3cr3t-value')
  })

  it('withholds an answer that has the secret in it', async () => {
    echo = true
    expect(await withToken(['TOKEN'], '{{secret:TOKEN}}').reply).toMatchObject({
      error: { code: 'http.secret_echoed' },
    })
    await stop()
  })

  it('shows policy a secret that the rule does not hand out, and a header that it does not name', async () => {
    gate.refused.set('http.fetch', 'capability.secret_misdirected')
    await withToken(undefined, '{{secret:TOKEN}} {{secret:OTHER}}', { headers: ['accept'] }).reply
    await stop()
    expect(gate.asked[0]).toMatchObject({
      http: {
        headers_beyond: ['authorization'],
        secrets: [
          { name: 'TOKEN', permitted: false, set: true },
          { name: 'OTHER', permitted: false, set: false },
        ],
      },
    })
    expect(seen).toHaveLength(0)
  })

  it('counts requests and what was exchanged, as policy is shown', async () => {
    const rule = EgressRule.parse({ host: 'localhost', port, scheme: 'http', methods: ['POST'] })
    const broker = brokerOf(invocationOf(callTarget({ egress: [rule] })), new HostResolver([`localhost:${port}`]))
    const request = { method: 'POST', url: `http://localhost:${port}/`, headers: [], body: Buffer.alloc(100) }
    for (let time = 0; time < 2; time++) await broker.call('http.fetch', request)
    await stop()
    expect(gate.asked.map(({ http }) => http)).toMatchObject([
      { requests: 0, exchanged_bytes: 0 },
      { requests: 1, exchanged_bytes: 105 },
    ])
  })

  it('returns a redirect as it is', async () => {
    const reply = await fetching('/redirect')
    await stop()
    expect(reply).toMatchObject({ ok: { status: 302 } })
    expect(seen).toHaveLength(1)
  })

  it('reads no more than it may', async () => {
    const reply = await fetching('/large')
    await stop()
    expect(reply).toMatchObject({ error: { code: 'http.response_too_large' } })
  })

  it('sends nothing that policy refuses', async () => {
    gate.refused.set('http.fetch', 'capability.host_undeclared')
    const reply = await fetching('/')
    await stop()
    expect(reply).toMatchObject({ error: { code: 'capability.host_undeclared' } })
    expect(seen).toHaveLength(0)
  })

  it('calls addresses what they are, however they are written', async () => {
    for (const host of ['127.0.0.1', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]']) await fetching('/', host)
    await stop()
    const shown = gate.asked.map(({ http }) => http as { address_class: string; rule: number | null })
    expect(shown.map(({ address_class, rule }) => [address_class, rule])).toEqual(Array(4).fill(['literal', null]))
    expect(seen).toHaveLength(0)
  })
})

describe('HostResolver', () => {
  const to = (host: string) => ({ scheme: 'http' as const, host, port: 80, path: '/', target: '/', literal: false })

  it('looks a name up once, and the address that was checked is the one that is used', async () => {
    const answers = ['93.184.216.34', '127.0.0.1']
    const resolver = new HostResolver([], () => Promise.resolve([{ address: answers.shift()!, family: 4 }]))
    expect(await resolver.resolve(to('rebind.test'))).toMatchObject({
      class: 'public',
      address: { address: '93.184.216.34' },
    })
    expect(answers).toHaveLength(1)
  })

  it('names a private host only where the operator listed exactly it', async () => {
    const resolver = new HostResolver(['inner.test:80'], () => Promise.resolve([{ address: '10.0.0.7', family: 4 }]))
    expect(await resolver.resolve(to('inner.test'))).toMatchObject({ class: 'private', privateAllowed: true })
    expect(await resolver.resolve(to('other.test'))).toMatchObject({ class: 'private', privateAllowed: false })
  })

  it('gives a name without an address no class that is let through', async () => {
    const resolver = new HostResolver([], () => Promise.reject(new Error('ENOTFOUND')))
    expect(await resolver.resolve(to('gone.test'))).toEqual({
      class: 'unresolved',
      address: null,
      privateAllowed: false,
    })
  })
})
