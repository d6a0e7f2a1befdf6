import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startCollector, type Collector } from '../testing/collector.js'
import { install, published, until } from '../testing/published-extension.js'
import { testService, type TestService } from '../testing/test-service.js'

const EMITTER = 'com.acme-labs.emitter'
const CONSUMER = 'com.acme-labs.consumer'
const TYPE = `${EMITTER}.happened`
const SILENT = `export function handle() { return { status: 204, headers: [], body: new Uint8Array(0) } }`
/** Counts how often it saw an event, and fails at those that say so until it is healed. */
const COUNTING = `
import { get, set } from 'gatehouse:extension/kv@0.1.0'
const encode = (text) => Uint8Array.from(text, (character) => character.codePointAt(0))
const text = (bytes) => String.fromCharCode(...bytes)
export function handle(request) {
  const event = JSON.parse(text(request.body))
  const seen = get('seen ' + event.id)
  set('seen ' + event.id, encode(String((seen ? Number(text(seen)) : 0) + 1)))
  set('last', request.body)
  const key = request.headers.find(([name]) => name === 'idempotency-key')[1]
  const fails = key !== event.id || (event.data.fail && !get('healed'))
  return { status: fails ? 500 : 204, headers: [], body: new Uint8Array(0) }
}
`
/** Answers each of its own events by another one. */
const ECHO = 'com.acme-labs.echo'
const SAID = `${ECHO}.said`
const ECHOING = `
import { publish } from 'gatehouse:extension/events@0.1.0'
export function handle() {
  try { publish('${SAID}', '{}') } catch {}
  return { status: 204, headers: [], body: new Uint8Array(0) }
}
`
const EMITTED = { type: 'object', properties: { n: { type: 'integer' }, fail: { type: 'boolean' } } }
const RELIED_ON = { type: 'object', properties: { n: { type: 'integer', maximum: 10 } } }
const consuming = (id: string, type: string) => ({
  ...{ id, version: '1.0.0', permissions: ['kv:read', 'kv:write', 'events:subscribe'] },
  api: { endpoints: [{ id: 'take', title: 'Take', method: 'POST', path: '/take' }] },
  events: { consumes: [{ type, schema: RELIED_ON, endpoint: 'take' }] },
})

let service: TestService
let collector: Collector
let consumerDigest: string
const tokens: Record<string, string> = {}

const installed = async (extension: string, permissions: string[], digest: string): Promise<void> => {
  const { status, body } = await install(service, { extension, permissions, digest })
  expect([status, body]).toEqual([201, expect.anything()])
  const path = `/v1/installs/${String(body['id'])}/runtime-tokens`
  const token = await service.ask('acme_admin', 'POST', path, { name: 'test' })
  tokens[extension] = token.body['access_token'] as string
}
const ext = (extension: string, path: string, method = 'GET', body?: string, more: Record<string, string> = {}) =>
  fetch(`${service.url}/ext-api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${tokens[extension]}`,
      ...(body && { 'content-type': 'application/json' }),
      ...more,
    },
    ...(body && { body }),
  })
const publish = async (data: object, more: Record<string, string> = {}): Promise<string> => {
  const answer = await ext(EMITTER, '/events', 'POST', JSON.stringify({ type: TYPE, data }), more)
  expect(answer.status).toBe(201)
  return ((await answer.json()) as { id: string }).id
}
type Delivery = Record<'id' | 'event_id' | 'state' | 'fault' | 'extension' | 'execution_id', string> & {
  attempts: number
}
const deliveries = async (as = 'acme_admin') =>
  ((await service.ask(as, 'GET', '/v1/event-deliveries?limit=200')).body['items'] ?? []) as Delivery[]
const deliveryOf = async (event: string, state: string): Promise<Delivery> => {
  const all = await until(deliveries, (found) => found.some((one) => one.event_id === event && one.state === state))
  return all.find((one) => one.event_id === event)!
}
const seen = async (event: string) => (await ext(CONSUMER, `/kv/${encodeURIComponent(`seen ${event}`)}`)).text()

beforeAll(async () => {
  collector = await startCollector()
  service = await testService({
    settings: { EVENT_DELIVERY_ATTEMPTS: '2', OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
  })
  const emitting = {
    ...{ id: EMITTER, version: '1.0.0', permissions: ['events:publish'] },
    api: { endpoints: [{ id: 'run', title: 'Run', method: 'POST', path: '/run' }] },
    events: { emits: [{ type: TYPE, description: 'It happened', schema: EMITTED }] },
  }
  const emitter = await published(service, { manifest: emitting, guest: SILENT, capabilities: [] })
  await installed(EMITTER, ['events:publish'], emitter)
  consumerDigest = await published(service, {
    manifest: consuming(CONSUMER, TYPE),
    guest: COUNTING,
    capabilities: ['kv'],
  })
  await installed(CONSUMER, ['kv:read', 'kv:write', 'events:subscribe'], consumerDigest)
}, 180_000)
afterAll(async () => {
  await service?.stop()
  collector?.close()
})

describe('an event of another extension', () => {
  it('comes to whoever consumes it, as a CloudEvent, by a call of its own', async () => {
    const id = await publish({ n: 1 })
    const delivery = await deliveryOf(id, 'delivered')
    expect(delivery).toMatchObject({ extension: CONSUMER, attempts: 1, fault: null })
    expect(await seen(id)).toBe('1')
    const last = JSON.parse(await (await ext(CONSUMER, '/kv/last')).text()) as object
    expect(last).toMatchObject({ specversion: '1.0', id, type: TYPE, data: { n: 1 }, extensionid: EMITTER })
    const path = `/v1/executions/${delivery.execution_id}`
    const execution = await until(
      () => service.ask('acme_admin', 'GET', path),
      ({ status }) => status === 200,
    )
    expect(execution.body).toMatchObject({ extension: CONSUMER, endpoint: 'take', outcome: 'ok' })
    expect(await deliveries('globex_admin')).toEqual([])
  }, 60_000)

  it('is one trace from the request to what came of it, told to a collector', async () => {
    const [traceId, parentId] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331']
    const id = await publish({ n: 2 }, { traceparent: `00-${traceId}-${parentId}-01` })
    await deliveryOf(id, 'delivered')
    const ours = () => collector.spans.filter((span) => span.traceId === traceId)
    await until(
      async () => ours(),
      (found) => found.some(({ name }) => name === `invoke ${CONSUMER}`),
    )
    const named = (name: string) => ours().find((span) => span.name === name)!
    const [request, emitting, publishing] = [
      'POST /ext-api/v1/events',
      `invoke ${EMITTER}`,
      'host call events.publish',
    ].map(named)
    expect([request!.parentId, emitting!.parentId, publishing!.parentId]).toEqual([
      parentId,
      request!.spanId,
      emitting!.spanId,
    ])
    const taking = named(`invoke ${CONSUMER}`)
    expect(taking.parentId).toBe(emitting!.spanId)
    expect(
      ours()
        .filter((span) => span.parentId === taking.spanId)
        .map(({ name }) => name),
    ).toContain('host call kv.get')
  }, 60_000)

  it('is not told of where the caller had its trace left out', async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319d'
    await deliveryOf(await publish({ n: 3 }, { traceparent: `00-${traceId}-b7ad6b7169203331-00` }), 'delivered')
    await deliveryOf(
      await publish({ n: 4 }, { traceparent: '00-0af7651916cd43dd8448eb211c80319e-b7ad6b7169203331-01' }),
      'delivered',
    )
    await until(
      async () => collector.spans,
      (found) => found.some((span) => span.traceId.endsWith('9e')),
    )
    expect(collector.spans.filter((span) => span.traceId === traceId)).toEqual([])
  }, 60_000)

  it('is tried again, is dead in the end, and is delivered again where somebody asks', async () => {
    const id = await publish({ fail: true })
    const dead = await deliveryOf(id, 'dead')
    expect(dead).toMatchObject({ attempts: 2, fault: 'answered 500' })
    expect(await seen(id)).toBe('2')
    const path = `/v1/event-deliveries/${dead.id}/redeliver`
    expect((await service.ask('acme_member', 'POST', path)).status).toBe(403)
    expect((await service.ask('globex_admin', 'POST', path)).status).toBe(404)
    expect((await ext(CONSUMER, '/kv/healed', 'PUT', 'yes')).status).toBe(200)
    const again = await service.ask('acme_admin', 'POST', path)
    expect([again.status, again.body['attempts']]).toEqual([200, 0])
    expect(await deliveryOf(id, 'delivered')).toMatchObject({ attempts: 1 })
    expect(await seen(id)).toBe('3')
    expect((await service.ask('acme_admin', 'POST', path)).body['code']).toBe('conflict')
  }, 60_000)

  it('stays in the workspace that it comes from', async () => {
    const { body: team } = await service.ask('acme_admin', 'POST', '/v1/workspaces', { slug: 'team', name: 'Team' })
    const permissions = ['kv:read', 'kv:write', 'events:subscribe']
    const wanted = { extension: CONSUMER, permissions, workspace_id: String(team['id']) }
    expect((await install(service, { ...wanted, digest: consumerDigest })).status).toBe(201)
    const id = await publish({ n: 5 })
    await deliveryOf(id, 'delivered')
    expect((await deliveries()).filter((one) => one.event_id === id)).toHaveLength(1)
  }, 60_000)

  it('leads to another one only so many times', async () => {
    const permissions = ['events:publish', 'events:subscribe']
    const manifest = { ...consuming(ECHO, SAID), permissions }
    const emits = [{ type: SAID, description: 'It said something', schema: { type: 'object' } }]
    const echo = { ...manifest, events: { ...manifest.events, emits } }
    const digest = await published(service, { manifest: echo, guest: ECHOING, capabilities: ['events'] })
    await installed(ECHO, permissions, digest)
    const first = await ext(ECHO, '/events', 'POST', JSON.stringify({ type: SAID, data: {} }))
    expect(first.status).toBe(201)
    const items = (body: Record<string, unknown>) => (body['items'] ?? []) as Record<string, unknown>[]
    const refused = async () => {
      const { body } = await service.ask('acme_admin', 'GET', `/v1/executions?extension=${ECHO}`)
      return items(body).find(({ denied_calls }) => denied_calls === 1)
    }
    const denied = [{ call: 'events.publish', reason: 'capability.event_hops_exceeded', count: 1 }]
    expect(await until(refused, (found) => found !== undefined)).toMatchObject({ denied })
    const { body } = await service.ask('acme_admin', 'GET', `/v1/events?extension=${ECHO}`)
    expect(items(body).map(({ hops }) => hops)).toEqual([8, 7, 6, 5, 4, 3, 2, 1])
  }, 60_000)

  it('is dead at once where it does not fit what the consumer relies on', async () => {
    const id = await publish({ n: 11 })
    expect((await deliveryOf(id, 'dead')).fault).toContain('/n')
    expect((await ext(CONSUMER, `/kv/${encodeURIComponent(`seen ${id}`)}`)).status).toBe(404)
  }, 60_000)
})

describe('consuming', () => {
  it('what nobody emits is refused at install', async () => {
    const id = 'com.acme-labs.waiting'
    const manifest = consuming(id, 'com.acme-labs.emitter.unheard')
    const digest = await published(service, { manifest, guest: COUNTING, capabilities: ['kv'] })
    const { status, body } = await install(service, { extension: id, permissions: manifest.permissions, digest })
    const reasons = (body['reasons'] as { id: string }[]).map((reason) => reason.id)
    expect([status, reasons]).toEqual([403, ['install.event_undeclared']])
  }, 60_000)

  it('needs the grant to receive events', async () => {
    const id = 'com.acme-labs.ungranted'
    const digest = await published(service, { manifest: consuming(id, TYPE), guest: COUNTING, capabilities: ['kv'] })
    await installed(id, ['kv:read', 'kv:write'], digest)
    const event = await publish({ n: 2 })
    await deliveryOf(event, 'delivered')
    expect((await deliveries()).filter(({ extension }) => extension === id)).toEqual([])
  }, 60_000)
})
