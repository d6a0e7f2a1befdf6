import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { BUNDLE_MEDIA_TYPE, ENVELOPE_HEADER } from '#contract/api/registry.js'
import { signStatement } from '#runtime/bundle/dsse.js'
import { packBundle } from '#runtime/bundle/pack.js'
import { buildComponent } from '#runtime/toolchain/build-component.js'
import { PLACES } from './runners/testing/remote-ground.js'
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
  manifest_version: 2,
  id: NAME,
  version: '1.0.0',
  type: 'workflow-step',
  name: 'Host calls',
  description: 'Makes each host call that needs nobody outside.',
  compatibility: { platform: '>=0.1.0' },
  permissions: PERMISSIONS,
  runtime: { kind: 'component', entry: 'component.wasm' },
  api: { endpoints: [{ id: 'run', title: 'Run', method: 'POST', path: '/run' }] },
  config: { version: 1, schema: shape({ limit: { type: 'integer' } }) },
  events: {
    emits: [{ type: `${NAME}.counted`, description: 'It was called', schema: shape({ count: { type: 'integer' } }) }],
  },
  billing: { model: 'free' },
}

let service: TestService
let digest: string

const publish = async (): Promise<void> => {
  const component = await buildComponent({
    source: { js: GUEST },
    capabilities: ['config', 'events', 'kv', 'log', 'metrics'],
  })
  const manifest = Buffer.from(JSON.stringify(MANIFEST))
  const bundle = await packBundle(
    new Map([
      ['extension.json', manifest],
      ['component.wasm', component],
    ]),
  )
  digest = bundle.digest
  const key = createPrivateKey(readFileSync(join(service.folder, 'keys', 'acme-labs.publisher.pem')))
  const envelope = signStatement({ digest, extension: NAME, version: '1.0.0' }, key)
  const response = await fetch(`${service.url}/v1/extensions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${service.keys['acme_developer']}`,
      'content-type': BUNDLE_MEDIA_TYPE,
      [ENVELOPE_HEADER]: Buffer.from(JSON.stringify(envelope)).toString('base64'),
    },
    body: Buffer.from(bundle.bytes),
  })
  const held = (await response.json()) as { approval: { id: string } }
  expect(response.status).toBe(202)
  const path = `/v1/approvals/${held.approval.id}`
  const { body } = await service.ask('reviewer', 'GET', path)
  const vote = { verdict: 'approve', comment: '', subject_digest: body['subject_digest'] }
  expect((await service.ask('reviewer', 'POST', `${path}/votes`, vote)).status).toBe(201)
}

/** Asks until the answer is as wanted; what is written in batches takes its time. */
const until = async (path: string, wanted: (body: Record<string, unknown>) => boolean, tries = 400) => {
  const { body } = await service.ask('acme_admin', 'GET', path)
  if (wanted(body)) return body
  if (tries === 0) throw new Error(`${path} stays ${JSON.stringify(body)}`)
  return until(path, wanted, tries - 1)
}
const items = (body: Record<string, unknown>) => (body['items'] ?? []) as Record<string, unknown>[]
const call = () => service.ask('acme_member', 'POST', `/api/ext/${NAME}/run`, {})

describe.each(PLACES)('an extension behind the wall, %s', (where) => {
  beforeAll(async () => {
    service = await testService({ where })
    await publish()
    await until(
      `/v1/extensions/${NAME}`,
      (body) => (body['versions'] as { review_state: string }[] | undefined)?.[0]?.review_state === 'approved',
    )
    const consent = { digest, permissions: PERMISSIONS }
    const install = { extension: NAME, permissions: PERMISSIONS, consent, config: { limit: 7 } }
    expect((await service.ask('acme_admin', 'POST', '/v1/installs', install)).status).toBe(201)
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
    const metrics = await until(`/v1/extensions/${NAME}/metrics`, (body) => items(body)[0]?.['count'] === 2)
    expect(items(metrics)).toMatchObject([{ kind: 'counter', name: 'calls', sum: 2, labels: {} }])
    const executions = await until(`/v1/executions?extension=${NAME}`, (body) => items(body).length === 2)
    expect(items(executions)[0]?.['denied']).toContainEqual({
      call: 'log.write',
      reason: 'capability.log_too_long',
      count: 1,
    })
  }, 30_000)
})
