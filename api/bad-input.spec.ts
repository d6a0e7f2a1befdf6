import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { BUNDLE_MEDIA_TYPE } from '#contract/api/registry.js'
import type { EndpointEntry } from '#contract/endpoint.js'
import { ENDPOINTS } from '#contract/endpoints.js'
import { testService, type TestService } from './testing/test-service.js'

const NOBODYS = '0198c0de-0000-7000-8000-000000000001'
const DIGEST = `sha256:${'a'.repeat(64)}`
const PERSON = { name: 'Ana', roles: ['member'] }
const INSTALL = { extension: 'com.example.none' }

let service: TestService
let before: Record<string, number>
beforeAll(async () => {
  service = await testService()
}, 60_000)
afterAll(() => service?.stop())
beforeEach(async () => {
  before = await service.rows()
})
afterEach(async () => {
  expect(await service.rows()).toEqual(before)
})

interface Sent {
  readonly as?: string | null
  /** The body's text as it is sent. */
  readonly text?: string | Buffer
  readonly type?: string
}
interface Answered {
  readonly status: number
  readonly code: string | undefined
  readonly pointers: readonly string[]
}

const send = async (
  method: string,
  path: string,
  { as = 'operator', text, type = 'application/json' }: Sent = {},
): Promise<Answered> => {
  const response = await fetch(service.url + path, {
    method,
    headers: {
      ...(as !== null && { authorization: `Bearer ${service.keys[as] ?? as}` }),
      ...(text !== undefined && { 'content-type': type }),
    },
    ...(text !== undefined && { body: text }),
  })
  const body = await response.text()
  if (response.status < 400) return { status: response.status, code: undefined, pointers: [] }
  const problem = JSON.parse(body) as { code: string; errors?: { pointer: string }[] }
  return {
    status: response.status,
    code: problem.code,
    pointers: [...new Set((problem.errors ?? []).map(({ pointer }) => pointer))],
  }
}
const json = (value: unknown): string => JSON.stringify(value)
const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)

describe('a body that is no JSON of ours is refused as such', () => {
  it.each<[string, string | Buffer]>([
    ['cut off', '{"name":'],
    ['not JSON', "{'name':1}"],
    ['not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ['a byte order mark and more', '\ufeff\ufeff{}'],
    ['too deep', nested(33)],
    ['deep enough to exhaust a stack', nested(200_000)],
    ['a name twice', '{"name":"a","roles":["member"],"name":"b"}'],
    ['a name twice, once escaped', String.raw`{"name":"a","roles":["member"],"\u006eame":"b"}`],
    ['a number beyond JSON', '{"name":NaN}'],
  ])('%s', async (_what, text) => {
    expect(await send('POST', '/v1/people', { text })).toMatchObject({ status: 400, code: 'request.malformed_json' })
  })

  it('more than a MiB', async () => {
    const text = json({ ...PERSON, name: 'x'.repeat(1 << 20) })
    expect(await send('POST', '/v1/people', { text })).toMatchObject({ status: 413, code: 'request.too_large' })
  })

  it.each(['text/plain', 'application/xml', 'multipart/form-data; boundary=x', ';;;'])('as %s', async (type) => {
    const answered = await send('POST', '/v1/people', { text: json(PERSON), type })
    expect(answered).toMatchObject({ status: 415, code: 'request.unsupported_media_type' })
  })
})

describe('a field that does not fit is pointed at', () => {
  it.each<[string, string, string, string, string]>([
    ['NUL', 'POST', '/v1/people', json({ ...PERSON, name: 'a\0b' }), '/name'],
    ['a lone surrogate', 'POST', '/v1/people', json({ ...PERSON, name: 'a\ud800' }), '/name'],
    ['NUL in a name', 'POST', '/v1/installs', json({ ...INSTALL, secrets: { 'a\0': 'x' } }), '/secrets/a\0'],
    [
      '__proto__',
      'POST',
      '/v1/people',
      '{"name":"a","roles":["member"],"__proto__":{"roles":["operator"]}}',
      '/__proto__',
    ],
    [
      '__proto__ inside',
      'POST',
      '/v1/installs',
      '{"extension":"com.a.b","secrets":{"__proto__":"x"}}',
      '/secrets/__proto__',
    ],
    ['constructor', 'POST', '/v1/people', json({ ...PERSON, constructor: { prototype: {} } }), '/constructor'],
    ['an unknown field', 'POST', '/v1/people', json({ ...PERSON, scopes: ['platform:operate'] }), '/scopes'],
    [
      'an unknown field inside',
      'POST',
      '/v1/installs',
      json({ ...INSTALL, consent: { digest: DIGEST, permissions: [], by: 'me' } }),
      '/consent/by',
    ],
    ['a field where there is no body', 'POST', `/v1/decisions/${NOBODYS}/replay`, '{"equal":true}', '/equal'],
    ['null for a body', 'POST', '/v1/people', 'null', ''],
    ['null where there is no body', 'POST', `/v1/decisions/${NOBODYS}/replay`, 'null', ''],
    ['null where every field may be absent', 'POST', `/v1/policy/drafts/${NOBODYS}/what-if`, 'null', ''],
    ['nothing where every field may be absent', 'POST', `/v1/policy/drafts/${NOBODYS}/what-if`, '', ''],
    ['the wrong type', 'POST', '/v1/people', json({ ...PERSON, name: 7 }), '/name'],
    ['null', 'POST', '/v1/people', json({ ...PERSON, roles: null }), '/roles'],
    ['an unknown role', 'POST', '/v1/people', json({ ...PERSON, roles: ['member', 'root'] }), '/roles/1'],
    ['no list', 'POST', '/v1/people', json({ ...PERSON, roles: { length: 1, 0: 'operator' } }), '/roles'],
    [
      'a name out of the object prototype',
      'POST',
      '/v1/people',
      json({ ...PERSON, roles: ['constructor'] }),
      '/roles/0',
    ],
    ['too long', 'POST', '/v1/people', json({ ...PERSON, name: 'x'.repeat(121) }), '/name'],
    ['a line break in an address', 'POST', '/v1/people', json({ ...PERSON, email: 'a@b.co\r\nBcc: c@d.co' }), '/email'],
    ['beyond 32 bits', 'PATCH', `/v1/people/${NOBODYS}`, json({ version: 2_147_483_648, name: 'a' }), '/version'],
    [
      'beyond exact numbers',
      'PATCH',
      `/v1/installs/${NOBODYS}`,
      '{"revision":9007199254740993,"permissions":[]}',
      '/revision',
    ],
    ['infinity', 'PATCH', `/v1/people/${NOBODYS}`, '{"version":1e999,"name":"a"}', '/version'],
    [
      'of an organisation, beyond 32 bits',
      'PATCH',
      `/v1/tenants/${NOBODYS}`,
      '{"version":9007199254740990,"name":"a"}',
      '/version',
    ],
    ['a fraction', 'PATCH', `/v1/people/${NOBODYS}`, '{"version":1.5,"name":"a"}', '/version'],
    ['no such day', 'POST', '/v1/keys', json({ name: 'k', expires_at: '2027-02-30T00:00:00Z' }), '/expires_at'],
    ['the year 0', 'POST', '/v1/keys', json({ name: 'k', expires_at: '0000-01-01T00:00:00Z' }), '/expires_at'],
    [
      'a moment of more digits than PostgreSQL reads',
      'PUT',
      '/v1/roles/watcher',
      json({
        document: { title: 'Watcher', scopes: [], until: `2036-01-31T09:30:00.${'1'.repeat(200)}Z` },
        ...{ why: 'a test', revision: 0 },
      }),
      '/document/until',
    ],
    ['the past', 'POST', '/v1/keys', json({ name: 'k', expires_at: '2001-01-01T00:00:00Z' }), '/expires_at'],
    [
      'an unknown target',
      'POST',
      '/v1/kills',
      json({ scope: 'tenant', target: 'nobody', reason: 'a test' }),
      '/target',
    ],
    [
      'a permission twice',
      'POST',
      '/v1/installs',
      json({ ...INSTALL, permissions: ['kv:read', 'kv:read'] }),
      '/permissions',
    ],
  ])('%s: %s %s', async (_what, method, path, text, pointer) => {
    const answered = await send(method, path, { text })
    expect(answered).toEqual({ status: 400, code: 'request.invalid', pointers: [pointer] })
  })

  it.each<[string, string, string]>([
    ['/v1/people?limit=0', '/query/limit', 'too few'],
    ['/v1/people?limit=1e9', '/query/limit', 'too many'],
    ['/v1/people?limit=1&limit=2', '/query/limit', 'twice'],
    ['/v1/people?cursor=%00', '/query/cursor', 'NUL'],
    ['/v1/people?cursor=bm90IG9uZQ', '/query/cursor', 'not one of ours'],
    ['/v1/people?unknown=1', '/query/unknown', 'unknown'],
    ['/v1/people?__proto__=1', '/query/__proto__', 'of the prototype'],
    ['/v1/whoami?as=operator', '/query/as', 'where there is no query'],
    ['/v1/decisions?until=0000-01-01T00:00:00Z', '/query/until', 'the year 0'],
    ['/v1/decisions?after=x', '/query/after', 'a cursor of nobody'],
    ['/v1/decisions?wait=5', '/query/wait', 'a search that waits'],
    ['/v1/decisions?actor=a%00', '/query/actor', 'NUL'],
    ['/v1/decisions?gate=toString', '/query/gate', 'a name out of the object prototype'],
    ['/v1/lists/none?revision=2147483648', '/query/revision', 'beyond 32 bits'],
    ['/v1/lists/none/diff?from=2147483648', '/query/from', 'beyond 32 bits'],
    ['/v1/roles/none/diff?to=9007199254740992', '/query/to', 'beyond exact numbers'],
    [
      `/v1/decisions?since=2026-01-31T09:30:00.${'1'.repeat(200)}Z`,
      '/query/since',
      'of more digits than PostgreSQL reads',
    ],
    ['/v1/decisions/1', '/params/id', 'no id'],
    ['/v1/extensions/com.example.x/logs?after=99999999999999999999', '/query/after', 'beyond 64 bits'],
    ['/v1/ledger/proofs/consistency?from=18446744073709551616', '/query/from', 'beyond exact numbers'],
  ])('GET %s: %s, %s', async (path, pointer) => {
    expect(await send('GET', path)).toEqual({ status: 400, code: 'request.invalid', pointers: [pointer] })
  })
})

/** What no id, name or path is; each is put in the place of every parameter of every endpoint. */
const HOSTILE_PARTS = [
  ...['%00', '%ED%A0%80', '%FF', '%', '%zz', 'a%2Fb', '..', '%2e%2e', '%2e%2e%2f%2e%2e', '%5c..%5c', '%0d%0aX-Y:z'],
  ...['__proto__', 'constructor', "'--", '%F0%9F%92%A5', '99999999999999999999', 'a'.repeat(400), 'a'.repeat(4000)],
  ...['com.example.none', '1.0.0', NOBODYS, NOBODYS.toUpperCase()],
]

describe('nothing of this is a fault of ours, or changes anything', () => {
  const governed = Object.entries<EndpointEntry>(ENDPOINTS).filter(([, { path }]) => path.includes('{'))

  it.each(governed)('%s with hostile parts in its path', async (_id, { method, path }) => {
    for (const part of HOSTILE_PARTS)
      for (const as of ['operator', 'acme_admin']) {
        const wanted = method === 'ANY' ? 'POST' : method
        const text = wanted === 'GET' || wanted === 'DELETE' ? {} : { text: '{}' }
        const { status } = await send(wanted, path.replaceAll(/\{\w+\}/g, part), { as, ...text })
        expect([part, as, status < 500]).toEqual([part, as, true])
      }
  })

  it.each(Object.entries<EndpointEntry>(ENDPOINTS).filter(([, { public: open }]) => !open))(
    '%s without a key, or with what is none',
    async (_id, { method, path }) => {
      const wanted = method === 'ANY' ? 'POST' : method
      const address = path.replaceAll(/\{\w+\}/g, NOBODYS)
      // Below /scim/ errors have no code (RFC 7644, section 3.12).
      const coded = (code: string) => (path.startsWith('/scim/') ? { status: 401 } : { status: 401, code })
      expect(await send(wanted, address, { as: null })).toMatchObject(coded('auth.required'))
      for (const as of ['x', 'ghk_', `ghk_aaaaaaaa_${'a'.repeat(43)}`, `ghk_${'a'.repeat(9000)}`])
        expect(await send(wanted, address, { as })).toMatchObject(coded('auth.invalid'))
    },
  )
})

/** Writes bytes to the service and gives the status and the problem of every answer until it hangs up. */
const exchange = (head: string, body: string | Buffer = ''): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(service.port, '127.0.0.1')
    let answer = ''
    socket.on('data', (chunk) => (answer += chunk.toString('latin1')))
    socket.on('close', () => resolve(answer))
    socket.on('error', () => resolve(answer))
    socket.write(`${head}\r\nauthorization: Bearer ${service.keys['operator']}\r\nconnection: close\r\n\r\n`)
    socket.write(body)
  })
const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1])
const POST = 'POST /v1/people HTTP/1.1\r\nhost: x\r\ncontent-type: application/json'
const UPLOAD = `POST /v1/extensions HTTP/1.1\r\nhost: x\r\ncontent-type: ${BUNDLE_MEDIA_TYPE}`
const SMUGGLED = '0\r\n\r\nDELETE /v1/keys HTTP/1.1\r\nhost: x\r\n\r\n'

describe('HTTP that can be read two ways is not read at all', () => {
  it.each<[string, string, string, number]>([
    ['a header of a MiB', `GET /v1/whoami HTTP/1.1\r\nhost: x\r\nx-a: ${'a'.repeat(1 << 20)}`, '', 431],
    ['an address of 20 KiB', `GET /v1/whoami?${'a'.repeat(20_000)} HTTP/1.1\r\nhost: x`, '', 431],
    ['length and chunks', `${POST}\r\ncontent-length: 4\r\ntransfer-encoding: chunked`, SMUGGLED, 400],
    ['an unknown coding', `${POST}\r\ntransfer-encoding: xchunked`, SMUGGLED, 400],
    ['two lengths', `${POST}\r\ncontent-length: 2\r\ncontent-length: 3`, '{}', 400],
    ['a negative length', `${POST}\r\ncontent-length: -1`, '{}', 400],
    ['a chunk that is none', `${POST}\r\ntransfer-encoding: chunked`, 'zz\r\n{}\r\n0\r\n\r\n', 400],
    ['a chunk beyond 64 bits', `${POST}\r\ntransfer-encoding: chunked`, `${'f'.repeat(18)}\r\n{}\r\n`, 400],
    ['a folded header', 'GET /v1/whoami HTTP/1.1\r\nhost: x\r\nx-a: a\r\n b', '', 400],
    ['a space before the colon', 'GET /v1/whoami HTTP/1.1\r\nhost : x', '', 400],
    ['NUL in a header', 'GET /v1/whoami HTTP/1.1\r\nhost: x\r\nx-a: a\0b', '', 400],
    ['a bare carriage return', 'GET /v1/whoami HTTP/1.1\r\nhost: x\r\nx-a: a\rb: c', '', 400],
    ['no host', 'GET /v1/whoami HTTP/1.1', '', 400],
    ['an unknown version', 'GET /v1/whoami HTTP/9.9\r\nhost: x', '', 400],
    ['an unknown method', 'BREW /v1/whoami HTTP/1.1\r\nhost: x', '', 400],
    ['a method of the standard that is not ours', 'PROPFIND /v1/whoami HTTP/1.1\r\nhost: x', '', 405],
    ['a method that asks for a type', 'QUERY /api/ext/com.example.none/x HTTP/1.1\r\nhost: x', '', 405],
    ['dots in an address', 'GET /v1/x/../whoami HTTP/1.1\r\nhost: x', '', 404],
    ['doubled slashes', 'GET //v1//whoami HTTP/1.1\r\nhost: x', '', 404],
    ['an encoded slash', 'GET /v1%2fwhoami HTTP/1.1\r\nhost: x', '', 404],
    ['a path out of the documentation', 'GET /docs/%2e%2e%2f%2e%2e%2fpackage.json HTTP/1.1\r\nhost: x', '', 400],
    ['dots behind an extension', 'GET /api/ext/com.example.none/../../v1/keys HTTP/1.1\r\nhost: x', '', 400],
    ['an extension with an encoded slash', 'GET /api/ext/com.example.none%2fx/y HTTP/1.1\r\nhost: x', '', 404],
    ['a fragment behind an extension', 'GET /api/ext/com.example.none/y#/z HTTP/1.1\r\nhost: x', '', 400],
    ['an upload that says it is larger than any may be', `${UPLOAD}\r\ncontent-length: ${33 << 20}`, '', 413],
    ['an extension that is NUL', 'GET /api/ext/%00/y HTTP/1.1\r\nhost: x', '', 400],
  ])('%s', async (_what, head, body, status) => {
    expect(statusOf(await exchange(head, body))).toBe(status)
  })

  it('a correlation id with a line break in it is not taken over', async () => {
    const answer = await exchange('GET /v1/whoami HTTP/1.1\r\nhost: x\r\nx-correlation-id: a%0d%0aset-cookie: x')
    expect(statusOf(answer)).toBe(200)
    expect(answer).not.toMatch(/set-cookie/i)
  })
})

describe('an upload that is none', () => {
  const PUBLISH = 'POST /v1/extensions HTTP/1.1\r\nhost: x\r\ncontent-type: application/vnd.gatehouse.bundle.v1+gzip'
  const TWO = 'x-gatehouse-envelope: e30=\r\nx-gatehouse-envelope: e30='

  it.each<[string, string, string, string]>([
    ['nothing', `${PUBLISH}\r\ncontent-length: 0`, '', 'bundle.truncated'],
    ['no archive', `${PUBLISH}\r\ncontent-length: 3`, 'abc', 'bundle.malformed'],
    ['no envelope', `${PUBLISH}\r\ncontent-length: 3\r\nx-gatehouse-envelope: zzz`, 'abc', 'signature.malformed'],
    ['two envelopes', `${PUBLISH}\r\ncontent-length: 3\r\n${TWO}`, 'abc', 'signature.malformed'],
    [
      'JSON',
      `${PUBLISH.replace(/application\S+$/, 'application/json')}\r\ncontent-length: 2`,
      '{}',
      'request.unsupported_media_type',
    ],
  ])(
    '%s',
    async (_what, head, body, code) => {
      const answer = await exchange(head, body)
      expect([statusOf(answer) < 500, answer.includes(`"code":"${code}`)]).toEqual([true, true])
    },
    30_000,
  )

  it('cut in the middle leaves no file', async () => {
    const kept = await files()
    const socket = connect(service.port, '127.0.0.1')
    const key = `authorization: Bearer ${service.keys['acme_developer']}`
    socket.write(`${PUBLISH}\r\n${key}\r\ncontent-length: 100000\r\n\r\nabc`)
    while ((await files()).length === kept.length) await setImmediate()
    socket.destroy()
    while ((await files()).length > kept.length) await setImmediate()
    expect(await files()).toEqual(kept)
  })

  const files = (): Promise<string[]> =>
    readdir(join(service.folder, 'blobs'), { recursive: true, withFileTypes: true }).then(
      (entries) => entries.filter((entry) => entry.isFile()).map(({ name }) => name),
      () => [],
    )
})
