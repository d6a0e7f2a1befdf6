import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { PLACES } from './runners/testing/remote-ground.js'
import { approve, install, publish, until } from './testing/published-extension.js'
import { testService, type TestService } from './testing/test-service.js'

const NAME = 'com.acme-labs.host-calls'
/** Counts its calls by compare-and-set, up to a limit from its settings, measures, publishes and logs too much. */
const GUEST = `
import { read, transact } from 'gatehouse:extension/kv@0.1.0'
import { get } from 'gatehouse:extension/config@0.1.0'
import { record } from 'gatehouse:extension/metrics@0.1.0'
import { publish } from 'gatehouse:extension/events@0.1.0'
import { write } from 'gatehouse:extension/log@0.1.0'
const encode = (text) => Uint8Array.from(text, (character) => character.codePointAt(0))
const refusedOr = (attempt) => { try { return attempt() } catch (error) { return error.payload.code } }
const expecting = (entry) => (entry ? { tag: 'version', val: entry.version } : { tag: 'absent' })
export function handle() {
  const entry = read('count')
  const count = (entry ? Number(String.fromCharCode(...entry.value)) : 0) + 1
  const operation = { key: 'count', value: encode(String(count)), expect: expecting(entry) }
  transact([{ tag: 'put', val: operation }])
  const again = refusedOr(() => transact([{ tag: 'put', val: operation }]))
  record({ kind: 'counter', name: 'calls', value: 1, labels: [] })
  write('info', 'x'.repeat(10000))
  const event = publish('${NAME}.counted', JSON.stringify({ count }))
  const refused = [
    refusedOr(() => publish('${NAME}.other', '{}')),
    refusedOr(() => publish('com.acme-labs.another.counted', '{}')),
    refusedOr(() => publish('${NAME}.counted', '{"count":"many"}')),
  ]
  const said = { count, limit: JSON.parse(get('limit')), again, event, refused }
  return { status: 200, headers: [['content-type', 'application/json']], body: encode(JSON.stringify(said)) }
}
`
const PERMISSIONS = ['kv:read', 'kv:write', 'config:read', 'metrics:write', 'events:publish', 'log:write'] as const
const shape = (properties: object) => ({ type: 'object', properties, required: Object.keys(properties) })
const MANIFEST = {
  id: NAME,
  version: '1.0.0',
  permissions: PERMISSIONS,
  api: { endpoints: [{ id: 'run', title: 'Run', method: 'POST', path: '/run' }] },
  config: { version: 1, schema: shape({ limit: { type: 'integer' } }) },
  events: {
    emits: [{ type: `${NAME}.counted`, description: 'It was called', schema: shape({ count: { type: 'integer' } }) }],
  },
}

let service: TestService

/** Its digest, once somebody else has approved it. */
const approved = async (): Promise<string> => {
  const capabilities = ['config', 'events', 'kv', 'log', 'metrics']
  const held = await publish(service, { manifest: MANIFEST, guest: GUEST, capabilities })
  expect(held.status).toBe(202)
  expect((await approve(service, held)).status).toBe(201)
  await bodyOf(
    `/v1/extensions/${NAME}`,
    (body) => (body['versions'] as { review_state: string }[] | undefined)?.[0]?.review_state === 'approved',
  )
  return held.digest
}

const bodyOf = (path: string, wanted: (body: Record<string, unknown>) => boolean) =>
  until(async () => (await service.ask('acme_admin', 'GET', path)).body, wanted)
const items = (body: Record<string, unknown>) => (body['items'] ?? []) as Record<string, unknown>[]
/** Makes a call at an instance; how many are left of the minute after it. */
const leftAt = async (url: string): Promise<number> => {
  const headers = { authorization: `Bearer ${service.keys['acme_member']}`, 'content-type': 'application/json' }
  const answer = await fetch(`${url}/api/ext/${NAME}/run`, { method: 'POST', headers, body: '{}' })
  await answer.arrayBuffer()
  return Number(/"minute";r=(\d+)/.exec(answer.headers.get('ratelimit') ?? '')?.[1] ?? 1_000)
}
const call = () => service.ask('acme_member', 'POST', `/api/ext/${NAME}/run`, {})

describe.each(PLACES)('an extension behind the wall, %s', (where) => {
  beforeAll(async () => {
    service = await testService({ where })
    const wanted = { extension: NAME, digest: await approved(), permissions: PERMISSIONS, config: { limit: 7 } }
    expect((await install(service, wanted)).status).toBe(201)
  }, 120_000)
  afterAll(() => service?.stop())

  it('compares before it sets, reads its settings, publishes what it declared and nothing else', async () => {
    const { status, body } = await call()
    expect([status, body]).toEqual([
      200,
      {
        ...{ count: 1, limit: 7, again: 'kv.conflict', event: expect.any(String) },
        refused: ['capability.event_undeclared', expect.stringMatching('event_foreign'), 'capability.event_misshaped'],
      },
    ])
    expect((await call()).body).toMatchObject({ count: 2 })
    const events = items((await service.ask('acme_admin', 'GET', `/v1/events?extension=${NAME}`)).body)
    expect(events.map(({ type, data }) => [type, data])).toEqual([
      [`${NAME}.counted`, { count: 2 }],
      [`${NAME}.counted`, { count: 1 }],
    ])
    expect(items((await service.ask('globex_admin', 'GET', '/v1/events')).body)).toEqual([])
  }, 30_000)

  it('leaves its metrics, and what it was refused, on record', async () => {
    const metrics = await bodyOf(`/v1/extensions/${NAME}/metrics`, (body) => items(body)[0]?.['count'] === 2)
    expect(items(metrics)).toMatchObject([{ kind: 'counter', name: 'calls', sum: 2, labels: {} }])
    const executions = await bodyOf(`/v1/executions?extension=${NAME}`, (body) => items(body).length === 2)
    expect(items(executions)[0]?.['denied']).toContainEqual({
      call: 'log.write',
      reason: 'capability.log_too_long',
      count: 1,
    })
  }, 30_000)

  it('has its calls a minute counted over all instances', async () => {
    const entries = [{ limit: 'calls_per_minute', value: 1_000, why: 'test' }]
    const set = { document: { title: 'Ours', entries }, why: 'test', revision: 0 }
    expect(await service.ask('acme_admin', 'PUT', '/v1/limits/ours', set)).toMatchObject({ status: 200 })
    const other = await service.beside()
    try {
      // Where fewer are left there than were made there, those that were made here are known.
      let [left, calls] = [1_000, 0]
      for (; left >= 1_000 - calls && calls < 300; calls += 1) {
        expect((await call()).status).toBe(200)
        left = await leftAt(other.url)
      }
      expect(left).toBeLessThan(1_000 - calls)
    } finally {
      await other.stop()
    }
  }, 60_000)

  it('is stopped wherever it could run, and each place says so', async () => {
    const order = { scope: 'extension', target: NAME, reason: 'test' }
    const { status, body } = await service.ask('operator', 'POST', '/v1/kills', order)
    const { acknowledged, not_reached } = body['nodes'] as Record<string, string[]>
    expect([status, not_reached]).toEqual([201, []])
    expect(acknowledged!.filter((name) => name.startsWith('http'))).toHaveLength(PLACES.indexOf(where))
    expect((await call()).body).toMatchObject({ code: 'kill.engaged' })
  }, 30_000)
})
