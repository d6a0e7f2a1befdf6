import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import supertest from 'supertest'
import { install, publish } from './testing/published-extension.js'
import { testService, type TestService } from './testing/test-service.js'

const NAME = 'com.acme-labs.echo'
/** Tells what reached it, and answers with headers that must not leave. */
const ECHO = `
export function handle(request) {
  const said = JSON.stringify({ method: request.method, path: request.path, params: request.params, headers: request.headers, bytes: request.body.length })
  const headers = [['content-type', 'application/json'], ['set-cookie', 'a=b'], ['x-internal-user', 'root'], ['cache-control', 'no-store']]
  return { status: 201, headers, body: Uint8Array.from(said, (character) => character.charCodeAt(0)) }
}
`
const MANIFEST = {
  id: NAME,
  version: '1.0.0',
  permissions: [],
  api: { endpoints: [{ id: 'echo', title: 'Echo', method: 'POST', path: '/items/{id}', max_request_bytes: 64 }] },
}

let service: TestService
let http: ReturnType<typeof supertest>
const as = (person: string) => ({ authorization: `Bearer ${service.keys[person]}` })

const publishAndInstall = async (): Promise<void> => {
  const { digest, status } = await publish(service, { manifest: MANIFEST, guest: ECHO, capabilities: [] })
  expect(status).toBe(201)
  expect((await install(service, { extension: NAME, digest, permissions: [] })).status).toBe(201)
}

beforeAll(async () => {
  service = await testService()
  http = supertest(service.url)
  await publishAndInstall()
}, 60_000)
afterAll(() => service?.stop())

const call = (person: string, path = '/items/7') => http.post(`/api/ext/${NAME}${path}`).set(as(person))

describe('a call over HTTP', () => {
  it('reaches the guest and comes back under its decision', async () => {
    const answer = await call('acme_member').set('x-correlation-id', 'life-1').send('{"a":1}').expect(201)
    expect(answer.body).toMatchObject({ method: 'POST', path: '/items/7', params: [['id', '7']], bytes: 7 })
    expect(answer.headers['x-correlation-id']).toBe('life-1')
    const id = answer.headers['x-gatehouse-decision-id']
    const decision = await http.get(`/v1/decisions/${id}`).set(as('acme_admin')).expect(200)
    expect(decision.body).toMatchObject({ outcome: 'allow', action: 'extension.invoke', correlation_id: 'life-1' })
  })

  it('runs once for its key, and answers later whoever did not wait, and nobody else', async () => {
    const keyed = () => call('acme_member').set('idempotency-key', '"life"').send('{}').expect(201)
    const [first, again] = [await keyed(), await keyed()]
    expect(again.headers).toMatchObject({
      'idempotent-replayed': 'true',
      'x-gatehouse-execution-id': first.headers['x-gatehouse-decision-id'],
    })
    await call('acme_member').set('idempotency-key', '"life"').send('{"a":1}').expect(422)
    const late = await call('acme_member').set('prefer', 'respond-async').send('{}').expect(202)
    const path = late.headers['location']!
    const show = () => http.get(path).set(as('acme_member')).expect(200)
    while ((await show()).body.state === 'running');
    expect((await show()).body).toMatchObject({ state: 'done', status: 201, extension: NAME })
    const result = await http.get(`${path}/result`).set(as('acme_member')).expect(201)
    expect(result.body).toMatchObject({ method: 'POST', path: '/items/7' })
    await http.get(`${path}/result`).set(as('acme_admin')).expect(404)
    await http.get(`${path}/result`).set(as('globex_admin')).expect(404)
  })

  it('goes on with the trace of its caller, which leads to the execution', async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c'
    const answer = await call('acme_member')
      .set('traceparent', `00-${traceId}-b7ad6b7169203331-01`)
      .send('{}')
      .expect(201)
    expect(answer.headers).toMatchObject({
      'x-correlation-id': traceId,
      traceresponse: expect.stringMatching(`^00-${traceId}-[0-9a-f]{16}-01$`),
    })
    const id = answer.headers['x-gatehouse-decision-id']
    const found = () => http.get('/v1/executions').query({ trace_id: traceId }).set(as('acme_admin')).expect(200)
    // Rows are written behind the answer.
    while ((await found()).body.items.length === 0);
    expect((await found()).body.items).toMatchObject([{ id, trace_id: traceId }])
  })

  it('leaves credentials and internal headers outside, both ways', async () => {
    const answer = await call('acme_member')
      .set({ cookie: 'session=1', 'x-internal-role': 'root' })
      .send('{}')
      .expect(201)
    const arrived = (answer.body as { headers: [string, string][] }).headers.map(([name]) => name)
    for (const name of ['authorization', 'cookie', 'x-internal-role', 'host']) expect(arrived).not.toContain(name)
    for (const name of ['set-cookie', 'x-internal-user']) expect(answer.headers[name]).toBeUndefined()
  })

  it('has its execution on record', async () => {
    const answer = await call('acme_member').send('{}').expect(201)
    const path = `/v1/executions/${answer.headers['x-gatehouse-decision-id']}`
    for (let tries = 0; tries < 200; tries++) {
      const execution = await http.get(path).set(as('acme_admin'))
      if (execution.status === 404) continue
      expect(execution.body).toMatchObject({ outcome: 'ok', status: 201, extension: NAME, endpoint: 'echo' })
      return
    }
    throw new Error('the execution was never written')
  })

  it.each([
    ['without credentials', () => http.post(`/api/ext/${NAME}/items/7`).send('{}'), 401, 'auth.required'],
    [
      'with a key that is nobody’s',
      () => call('acme_member').set('authorization', 'Bearer ghk_none').send('{}'),
      401,
      'auth.invalid',
    ],
    ['without the scope', () => call('acme_developer').send('{}'), 403, 'policy.denied'],
    ['from another organisation', () => call('globex_member').send('{}'), 404, 'not_found'],
    ['at a path that is not there', () => call('acme_member', '/nothing').send('{}'), 404, 'not_found'],
    ['with more than the endpoint takes', () => call('acme_member').send('x'.repeat(65)), 413, 'request.too_large'],
  ])('is refused %s', async (_what, ask, status, code) => {
    const refused = await ask()
    expect([refused.status, refused.body]).toEqual([status, expect.objectContaining({ code, status })])
    expect(refused.headers['content-type']).toContain('application/problem+json')
  })

  it('names the methods that a path has', async () => {
    const refused = await http.get(`/api/ext/${NAME}/items/7`).set(as('acme_member')).expect(405)
    expect(refused.headers['allow']).toBe('POST')
  })

  it('is gone once it is uninstalled, and nothing is left of it', async () => {
    const { body } = await http.get('/v1/installs').set(as('acme_admin')).expect(200)
    const { id } = (body as { items: { id: string }[] }).items[0]!
    const gone = await http.delete(`/v1/installs/${id}`).set(as('acme_admin')).expect(200)
    const { removed, left } = gone.body as Record<'removed' | 'left', Record<string, number>>
    expect([...new Set(Object.values(left))]).toEqual([0])
    expect(removed).toMatchObject({ installs: 1, kept_calls: 2 })
    await call('acme_member').send('{}').expect(404)
  })
})
