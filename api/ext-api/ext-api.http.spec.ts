import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { install, published, until } from '../testing/published-extension.js'
import { testService, type TestService } from '../testing/test-service.js'

const NAME = 'com.acme-labs.elsewhere'
const GUEST = `export function handle() { return { status: 204, headers: [], body: new Uint8Array(0) } }`
const PERMISSIONS = [
  ...[
    'kv:read',
    'kv:write',
    'log:write',
    'http:fetch',
    'secrets:read',
    'config:read',
    'metrics:write',
    'events:publish',
  ],
]
const shape = (properties: object) => ({ type: 'object', properties, required: Object.keys(properties) })
const manifest = (port: number) => ({
  ...{ id: NAME, version: '1.0.0', permissions: PERMISSIONS },
  api: { endpoints: [{ id: 'run', title: 'Run', method: 'POST', path: '/run' }] },
  config: { version: 1, schema: shape({ limit: { type: 'integer' } }) },
  secrets: [{ name: 'TOKEN', title: 'Token', description: 'A token' }],
  egress: [{ host: 'localhost', port, scheme: 'http', methods: ['GET'] }],
  events: {
    emits: [{ type: `${NAME}.counted`, description: 'It was counted', schema: shape({ count: { type: 'integer' } }) }],
  },
})

let service: TestService
let outside: Server
let installId: string
let token: string
let tokenId: string

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly body: Record<string, unknown>
}
interface Sent {
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string | object
  readonly as?: string
  readonly url?: string
}

const ext = async (path: string, { method = 'GET', headers = {}, body, as = token, url = service.url }: Sent = {}) => {
  const json = typeof body === 'object'
  const response = await fetch(`${url}/ext-api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${as}`, ...(json && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: json ? JSON.stringify(body) : body }),
  })
  const text = await response.text()
  const parsed = response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : {}
  return { status: response.status, headers: response.headers, text, body: parsed } as Answer
}
const reasonsOf = ({ status, body }: Pick<Answer, 'status' | 'body'>) => [
  status,
  body['code'],
  ...((body['reasons'] ?? []) as { id: string }[]).map(({ id }) => id),
]
const mint = async (body: object = {}, as = 'acme_admin') =>
  service.ask(as, 'POST', `/v1/installs/${installId}/runtime-tokens`, { name: 'worker', ...body })
const minted = async (body: object = {}) => {
  const answer = await mint(body)
  expect(answer.status).toBe(201)
  return answer.body as { id: string; access_token: string }
}
const items = (body: Record<string, unknown>) => (body['items'] ?? []) as Record<string, unknown>[]

beforeAll(async () => {
  outside = createServer((_request, response) => response.end('there'))
  await new Promise<void>((resolve) => outside.listen(0, 'localhost', resolve))
  const { port } = outside.address() as AddressInfo
  service = await testService({ settings: { GATEHOUSE_EGRESS_PRIVATE_HOSTS: `localhost:${port}` } })
  const digest = await published(service, {
    ...{ manifest: manifest(port), guest: GUEST, capabilities: [] },
  })
  const around = { config: { limit: 7 }, secrets: { TOKEN: 'hush-hush' } }
  const made = await install(service, { extension: NAME, digest, permissions: PERMISSIONS, ...around })
  expect([made.status, made.body]).toEqual([201, expect.anything()])
  installId = made.body['id'] as string
  ;({ id: tokenId, access_token: token } = await minted())
}, 120_000)
afterAll(async () => {
  outside?.close()
  await service?.stop()
})

describe('a runtime token', () => {
  it('is shown once, as OAuth 2.0 has it, and found by its prefix', async () => {
    const { status, body } = await mint({ permissions: ['kv:read'], expires_in: 60 })
    expect(status).toBe(201)
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 60, scope: 'kv:read', permissions: ['kv:read'] })
    expect(body['access_token']).toMatch(/^ghr_[a-z0-9]{8}_[A-Za-z0-9_-]{43}$/)
    const { body: listed } = await service.ask('acme_admin', 'GET', `/v1/installs/${installId}/runtime-tokens`)
    expect(items(listed)[0]).toMatchObject({ id: body['id'], prefix: (body['access_token'] as string).slice(4, 12) })
    expect(JSON.stringify(listed)).not.toContain(body['access_token'] as string)
  })

  it.each([
    [{ permissions: ['services:call'] }, 'admin.token_beyond_grant'],
    [{ expires_in: 3601 }, 'admin.token_too_long'],
  ])('is not minted with %j', async (body, reason) => {
    expect(reasonsOf(await mint(body))).toEqual([403, 'policy.denied', reason])
  })

  it('is minted by whoever may change the install, in its organisation alone', async () => {
    expect(reasonsOf(await mint({}, 'acme_member'))).toEqual([403, 'policy.denied', 'admin.scope_missing'])
    expect(reasonsOf(await mint({}, 'globex_admin'))).toEqual([404, 'not_found'])
    expect((await service.ask('globex_admin', 'DELETE', `/v1/runtime-tokens/${tokenId}`)).status).toBe(404)
    expect((await service.ask('globex_admin', 'GET', `/v1/installs/${installId}/runtime-tokens`)).status).toBe(404)
  })

  it('opens nothing but host calls, and a key opens none of those', async () => {
    const there = await fetch(`${service.url}/v1/whoami`, { headers: { authorization: `Bearer ${token}` } })
    expect(there.status).toBe(401)
    expect(reasonsOf(await ext('/config', { as: service.keys['acme_owner']! }))).toEqual([401, 'auth.invalid'])
    expect(reasonsOf(await ext('/config', { as: `ghr_abcdefgh_${'a'.repeat(43)}` }))).toEqual([401, 'auth.invalid'])
  })

  it('can do only what it names, however much the install was granted', async () => {
    const { access_token: as } = await minted({ permissions: ['kv:read'] })
    expect((await ext('/kv?prefix=none', { as })).body).toEqual({ items: [], next_cursor: null })
    const refused = await ext('/kv/mine', { as, method: 'PUT', body: 'x' })
    expect(reasonsOf(refused)).toEqual([403, 'policy.denied', 'capability.not_granted'])
  })

  it('is told to have been used', async () => {
    const { id, access_token: as } = await minted()
    await ext('/config', { as })
    const list = async () =>
      items((await service.ask('acme_admin', 'GET', `/v1/installs/${installId}/runtime-tokens`)).body)
    const used = (all: Record<string, unknown>[]) => all.some((one) => one['id'] === id && one['last_used_at'] !== null)
    expect(used(await until(list, used))).toBe(true)
  })
})

describe('storage over HTTP', () => {
  it('keeps all of a value, whether it is short, long or comes in pieces', async () => {
    const long = 'abcdefgh'.repeat(12_500)
    expect((await ext('/kv/long', { method: 'PUT', body: long })).status).toBe(200)
    expect((await ext('/kv/long')).text).toBe(long)
    const pieces = new ReadableStream({
      start(controller) {
        for (const piece of ['one', 'two']) controller.enqueue(Buffer.from(piece))
        controller.close()
      },
    })
    const init = { method: 'PUT', headers: { authorization: `Bearer ${token}` }, body: pieces, duplex: 'half' as const }
    expect((await fetch(`${service.url}/ext-api/v1/kv/in-pieces`, init)).status).toBe(200)
    expect((await ext('/kv/in-pieces')).text).toBe('onetwo')
    const tooLong = await ext('/kv/too-long', { method: 'PUT', body: 'a'.repeat(1024 * 1024 + 1) })
    expect(reasonsOf(tooLong)).toEqual([413, 'request.too_large'])
  })

  it('compares before it sets, by ETags', async () => {
    const first = await ext('/kv/a%2Fb', { method: 'PUT', body: 'one', headers: { 'if-none-match': '*' } })
    expect([first.status, first.headers.get('etag')]).toEqual([200, `"${String(first.body['version'])}"`])
    const etag = first.headers.get('etag')!
    const taken = await ext('/kv/a%2Fb', { method: 'PUT', body: 'two', headers: { 'if-none-match': '*' } })
    expect(reasonsOf(taken)).toEqual([412, 'host.precondition_failed'])
    const read = await ext('/kv/a%2Fb')
    expect([read.status, read.text, read.headers.get('etag')]).toEqual([200, 'one', etag])
    expect((await ext('/kv/a%2Fb', { headers: { 'if-none-match': etag } })).status).toBe(304)
    const second = await ext('/kv/a%2Fb', { method: 'PUT', body: 'two', headers: { 'if-match': etag } })
    expect(second.status).toBe(200)
    expect((await ext('/kv/a%2Fb', { method: 'DELETE', headers: { 'if-match': etag } })).status).toBe(412)
    expect((await ext('/kv/a%2Fb', { method: 'DELETE' })).status).toBe(204)
    expect(reasonsOf(await ext('/kv/a%2Fb'))).toEqual([404, 'not_found'])
    expect((await ext('/kv/x', { method: 'PUT', body: 'x', headers: { 'if-match': 'W/"1"' } })).status).toBe(400)
  })

  it('lists page by page, and says when an entry goes', async () => {
    for (const key of ['p1', 'p2', 'p3']) await ext(`/kv/${key}?ttl_s=600`, { method: 'PUT', body: key })
    const first = await ext('/kv?prefix=p&limit=2')
    expect(first.body).toEqual({ items: ['p1', 'p2'], next_cursor: 'p2' })
    expect((await ext('/kv?prefix=p&limit=2&cursor=p2')).body).toEqual({ items: ['p3'], next_cursor: null })
    expect(Date.parse((await ext('/kv/p1')).headers.get('gatehouse-expires-at')!)).toBeGreaterThan(Date.now())
  })
})

describe('the other host calls', () => {
  it('gives settings, and secrets of its own alone', async () => {
    expect((await ext('/config')).body).toEqual({ limit: 7 })
    expect((await ext('/secrets/TOKEN')).body).toEqual({ name: 'TOKEN', value: 'hush-hush' })
    expect(reasonsOf(await ext('/secrets/OTHER'))).toEqual([404, 'not_found'])
  })

  it('publishes what is declared, in its own namespace', async () => {
    const publish = (type: string, data: object) => ext('/events', { method: 'POST', body: { type, data } })
    const { status, body } = await publish(`${NAME}.counted`, { count: 1 })
    expect(status).toBe(201)
    const { body: events } = await service.ask('acme_admin', 'GET', `/v1/events?extension=${NAME}`)
    expect(items(events)).toMatchObject([{ id: body['id'], data: { count: 1 } }])
    expect(reasonsOf(await publish(`${NAME}.counted`, { count: 'x' }))).toContain('capability.event_misshaped')
    expect(reasonsOf(await publish('com.acme-labs.other.counted', { count: 1 }))).toContain('capability.event_foreign')
  })

  it('reaches declared hosts by the same rules', async () => {
    const { port } = outside.address() as AddressInfo
    const to = (url: string) => ext('/http', { method: 'POST', body: { url } })
    const there = await to(`http://localhost:${port}/`)
    expect([there.status, there.body['status'], Buffer.from(String(there.body['body']), 'base64').toString()]).toEqual([
      ...[200, 200, 'there'],
    ])
    expect(reasonsOf(await to(`http://127.0.0.1:${port}/`))).toContain('capability.host_undeclared')
    expect(reasonsOf(await to('https://elsewhere.example/'))).toContain('capability.host_undeclared')
    expect(reasonsOf(await to('no url'))).toEqual([422, 'host.call_refused'])
  })

  it('takes log lines and measurements, and says what it refused', async () => {
    const lines = [{ message: 'hello from elsewhere' }, { message: 'x'.repeat(10_000) }]
    const logged = await ext('/logs', { method: 'POST', body: { lines } })
    expect(logged.body).toMatchObject({
      accepted: 1,
      refused: [{ call: 'log.write', reason: 'capability.log_too_long', count: 1 }],
    })
    const measurements = [{ kind: 'counter', name: 'calls', value: 2, labels: { queue: 'a' } }]
    expect((await ext('/metrics', { method: 'POST', body: { measurements } })).body).toMatchObject({
      accepted: 1,
      refused: [],
    })
    const log = async () => items((await service.ask('acme_admin', 'GET', `/v1/extensions/${NAME}/logs`)).body)
    expect(await until(log, (all) => all.length > 0)).toMatchObject([{ message: 'hello from elsewhere' }])
    const metrics = async () => items((await service.ask('acme_admin', 'GET', `/v1/extensions/${NAME}/metrics`)).body)
    expect(await until(metrics, (all) => all.length > 0)).toMatchObject([
      { name: 'calls', sum: 2, labels: { queue: 'a' } },
    ])
    const many = { lines: Array.from({ length: 100 }, () => ({ message: 'm' })) }
    const answers = [
      await ext('/logs', { method: 'POST', body: many }),
      await ext('/logs', { method: 'POST', body: many }),
    ]
    expect(reasonsOf(answers.at(-1)!)).toEqual([429, 'execution.limit_reached'])
  })

  it('leaves an execution and decisions for each', async () => {
    const list = async () =>
      items((await service.ask('acme_admin', 'GET', `/v1/executions?extension=${NAME}&limit=200`)).body)
    const all = await until(list, (found) => found.some((one) => one['endpoint'] === 'ext-api:secrets.get'))
    const secret = all.filter((one) => one['endpoint'] === 'ext-api:secrets.get')
    expect(
      secret.map(({ outcome, status, host_calls, denied_calls }) => [outcome, status, host_calls, denied_calls]),
    ).toEqual(
      expect.arrayContaining([
        ['ok', 200, 1, 0],
        ['ok', 404, 1, 1],
      ]),
    )
    const id = secret.find((one) => one['status'] === 200)!['id'] as string
    const { body: decisions } = await service.ask('acme_admin', 'GET', `/v1/decisions?extension=${NAME}&limit=200`)
    expect(items(decisions).some((one) => one['id'] === id && one['action'] === 'extension.invoke')).toBe(true)
    const called = items(decisions).filter((one) => one['action'] === 'capability.use')
    expect(called.length).toBeGreaterThan(5)
    const receipt = async () => (await service.ask('acme_admin', 'GET', `/v1/executions/${id}/receipt`)).status
    expect(await until(receipt, (status) => status === 200)).toBe(200)
  })
})

describe('a token ends', () => {
  const refused = async (as: string, url = service.url) => reasonsOf(await ext('/config', { as, url }))

  it('once it is revoked, on another instance too', async () => {
    const other = await service.beside()
    try {
      const { id, access_token: as } = await minted()
      expect((await ext('/config', { as, url: other.url })).status).toBe(200)
      const began = performance.now()
      expect((await service.ask('acme_admin', 'DELETE', `/v1/runtime-tokens/${id}`)).status).toBe(200)
      expect(await refused(as)).toEqual([401, 'auth.invalid'])
      const there = await until(
        () => refused(as, other.url),
        ([status]) => status === 401,
      )
      console.info(`another instance refused a revoked token after ${Math.round(performance.now() - began)} ms`)
      expect(there).toEqual([401, 'auth.invalid'])
    } finally {
      await other.stop()
    }
  }, 60_000)

  it('while a kill switch is engaged, on another instance too', async () => {
    const other = await service.beside()
    try {
      expect((await ext('/config', { url: other.url })).status).toBe(200)
      const began = performance.now()
      const kill = { scope: 'extension', target: NAME, reason: 'a test' }
      const engaged = await service.ask('reviewer', 'POST', '/v1/kills', kill)
      expect([engaged.status, engaged.body]).toEqual([201, expect.anything()])
      expect((await refused(token))[0]).toBe(403)
      const there = await until(
        () => refused(token, other.url),
        ([status]) => status !== 200,
      )
      console.info(`another instance refused a killed extension after ${Math.round(performance.now() - began)} ms`)
      expect(there.slice(0, 2)).toEqual([403, 'kill.engaged'])
    } finally {
      await other.stop()
    }
  }, 60_000)

  it('with the uninstall of its install', async () => {
    const gone = await service.ask('acme_admin', 'DELETE', `/v1/installs/${installId}`)
    expect([gone.status, gone.body]).toEqual([
      200,
      expect.objectContaining({ left: expect.objectContaining({ runtime_tokens: 0 }) }),
    ])
    const ended = await until(
      () => refused(token),
      ([status]) => status === 401,
    )
    expect(ended[0]).toBe(401)
  }, 30_000)
})
