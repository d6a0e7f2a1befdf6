import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { ExtensionEndpoint } from '#contract/manifest/endpoints.js'
import { problem } from '#contract/problems.js'
import type { GuestRequest } from '#runtime/slots/job.js'
import { callTarget } from '../capabilities/testing/call-target.js'
import type { Call } from '../invocations/call.js'
import { Gateway } from './gateway.service.js'
import { callerOf } from './testing/fake-gateway.js'
import { httpGateway } from './testing/http-gateway.js'

const endpoints = [
  { id: 'run', title: 'Run', method: 'POST', path: '/run' },
  { id: 'read', title: 'Read', method: 'GET', path: '/items/{id}' },
  { id: 'root', title: 'Root', method: 'GET', path: '/' },
].map((endpoint) => ExtensionEndpoint.parse(endpoint))
const target = callTarget({ endpoints })
const BASE = `/api/ext/${target.extension}`

/** What guests were called with. */
let called: GuestRequest[]
let app: NestFastifyApplication
let port: number

const admit = async ({ request }: Call) => {
  const executionId = randomUUID()
  const response = { status: 200, headers: [], body: Buffer.from('answered') }
  const run = async () => (called.push(request), { executionId, response })
  return { executionId, limits: [], run, release: () => undefined }
}
const serve = () => Promise.reject(problem('internal'))
const resolveForCall = async (_tenant: string, extension: string) => (extension === target.extension ? target : null)

beforeAll(async () => {
  const gateway = new Gateway({ installs: { resolveForCall }, invocations: { admit }, kept: { serve } })
  ;({ app, port } = await httpGateway(gateway, () => callerOf(target.tenantId)))
}, 60_000)
afterAll(() => app.close())
beforeEach(() => {
  called = []
})

/** Sends bytes as they are, and gives all that came back until the connection ended. */
const raw = (bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'))
    socket.setEncoding('latin1').on('data', (chunk: string) => (answer += chunk))
    socket.on('close', () => resolve(answer)).on('error', reject)
  })
const lines = (...each: string[]): string => each.join('\r\n')
const get = (path: string, ...headers: string[]): string =>
  lines(`GET ${path} HTTP/1.1`, 'Host: gatehouse', ...headers, 'Connection: close', '', '')
const post = (headers: string[], body: string, path = `${BASE}/run`): string =>
  lines(`POST ${path} HTTP/1.1`, 'Host: gatehouse', ...headers, '', body)
const statuses = (answer: string): number[] =>
  [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, code]) => Number(code))
const SMUGGLED = get(`${BASE}/items/smuggled`)

describe('a path', () => {
  it.each([
    ['/items/7', '7'],
    ['/items/a%2Fb', 'a/b'],
    ['/items/a%5Cb', 'a\\b'],
    ['/items/%C3%BC', 'ü'],
    ['/items/%252e%252e', '%2e%2e'],
    ['/items/...', '...'],
    ['/items/a;b=c', 'a;b=c'],
    ['/items/a+b', 'a+b'],
    ['/items/7.', '7.'],
  ])('%s is one segment, decoded once', async (path, id) => {
    expect(statuses(await raw(get(BASE + path)))).toEqual([200])
    expect(called).toMatchObject([{ path, params: [['id', id]] }])
  })

  it.each([
    '/items/..',
    '/items/.',
    '/items/%2e%2e',
    '/items/%2E.',
    '/items/..%2Fsecret',
    '/items/a%2F..%2Fb',
    '/items/..%5Csecret',
    '/../../v1/whoami',
    '/items/../items/7',
    '/items/a\\b',
    '/items/%zz',
    '/items/%00',
    '/items/%c0%ae',
    '/items/%',
    '/items/\xfc',
  ])('%j is refused as ambiguous', async (path) => {
    const answer = await raw(get(BASE + path))
    expect(statuses(answer)).toEqual([400])
    expect(answer).toContain('application/problem+json')
    expect(called).toEqual([])
  })

  it.each([
    `${BASE}//items/7`,
    `${BASE}/items//7`,
    `${BASE}/items/7/`,
    `${BASE}/ITEMS/7`,
    `${BASE}/items/`,
    `${BASE}./items/7`,
    `${BASE.toUpperCase()}/items/7`,
    `/api//ext/${target.extension}/items/7`,
    `/API/EXT/${target.extension}/items/7`,
    `/api/ext//items/7`,
    `/api%2Fext/${target.extension}/items/7`,
    `/api/ext%2F${target.extension}/items/7`,
    `http://elsewhere.test${BASE}/items/7`,
    `//elsewhere.test${BASE}/items/7`,
  ])('%s is none of ours', async (path) => {
    expect(statuses(await raw(get(path)))).toEqual([404])
    expect(called).toEqual([])
  })

  it('stays as it came behind the question mark, and repeated names stay both', async () => {
    await raw(get(`${BASE}/items/7?a=1&a=2&..=/../&__proto__=x`))
    expect(called).toMatchObject([
      {
        query: [
          ['a', '1'],
          ['a', '2'],
          ['..', '/../'],
          ['__proto__', 'x'],
        ],
      },
    ])
  })
})

describe('a request that two readers could take for two', () => {
  it.each<[string, string]>([
    ['two lengths', post(['Content-Length: 0', 'Content-Length: 5'], SMUGGLED)],
    ['a list of lengths', post(['Content-Length: 0, 5'], SMUGGLED)],
    ['the same length twice', post(['Content-Length: 5', 'Content-Length: 5'], `12345${SMUGGLED}`)],
    ['a length with a sign', post(['Content-Length: +0'], SMUGGLED)],
    ['a length in hexadecimal', post(['Content-Length: 0x0'], SMUGGLED)],
    ['length and coding', post(['Content-Length: 4', 'Transfer-Encoding: chunked'], `0\r\n\r\n${SMUGGLED}`)],
    ['coding and length', post(['Transfer-Encoding: chunked', 'Content-Length: 4'], `0\r\n\r\n${SMUGGLED}`)],
    ['an unknown coding', post(['Transfer-Encoding: xchunked'], `0\r\n\r\n${SMUGGLED}`)],
    ['chunked that is not last', post(['Transfer-Encoding: chunked, identity'], `0\r\n\r\n${SMUGGLED}`)],
    ['a space before the colon', post(['Transfer-Encoding : chunked'], `0\r\n\r\n${SMUGGLED}`)],
    ['a folded header', post(['Transfer-Encoding:', ' chunked'], `0\r\n\r\n${SMUGGLED}`)],
    ['a bare line feed', `POST ${BASE}/run HTTP/1.1\nHost: gatehouse\nContent-Length: 0\n\n${SMUGGLED}`],
    ['a NUL in a header', post(['X-Ext-A: a\0b', 'Content-Length: 0'], SMUGGLED)],
    ['a carriage return in a header', post(['X-Ext-A: a\rContent-Length: 9', 'Content-Length: 0'], SMUGGLED)],
    ['a chunk size that is none', post(['Transfer-Encoding: chunked'], `0x0\r\n\r\n${SMUGGLED}`)],
    ['a chunk size that overflows', post(['Transfer-Encoding: chunked'], `FFFFFFFFFFFFFFFFF\r\n\r\n${SMUGGLED}`)],
    ['a method in lower case', lines(`get ${BASE}/ HTTP/1.1`, 'Host: a', '', SMUGGLED)],
    ['a space in the path', lines(`GET ${BASE}/ items HTTP/1.1`, 'Host: a', '', SMUGGLED)],
    ['HTTP/2 by its preface', `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${SMUGGLED}`],
  ])('%s is refused, and what follows is not read', async (_what, bytes) => {
    expect(statuses(await raw(bytes))).toEqual([400])
    expect(called).toEqual([])
  })

  it.each([
    ['two hosts', ['Host: a', 'Host: b']],
    ['no host', []],
  ])('with %s is refused', async (_what, hosts) => {
    expect(statuses(await raw(lines(`GET ${BASE}/ HTTP/1.1`, ...hosts, '', '')))).toEqual([400])
    expect(called).toEqual([])
  })

  it('ends where its length says, and the next one begins there', async () => {
    expect(statuses(await raw(post(['Content-Length: 5'], `12345${SMUGGLED}`)))).toEqual([200, 200])
    // In which order they are begun is not said: one of them has a body to wait for.
    expect(called.map(({ path }) => path).toSorted()).toEqual(['/items/smuggled', '/run'])
  })
})

describe('headers', () => {
  it('do not change the method, the path or who calls', async () => {
    const forged = ['X-HTTP-Method-Override: DELETE', 'X-Original-URL: /v1/whoami', 'X-Rewrite-URL: /v1/whoami']
    const proxied = ['X-Forwarded-For: 10.0.0.1', 'X-Internal-User: root', 'Forwarded: for=10.0.0.1']
    expect(statuses(await raw(get(`${BASE}/items/7`, ...forged, ...proxied)))).toEqual([200])
    expect(called).toMatchObject([{ method: 'GET', path: '/items/7' }])
    expect(called[0]!.headers.map(([name]) => name)).toEqual(['x-correlation-id', 'traceparent'])
  })

  it('that ask for another protocol are not followed', async () => {
    const upgrade = ['Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA']
    expect(statuses(await raw(get(`${BASE}/items/7`, ...upgrade)))).toEqual([200])
  })

  it.each(['TRACE', 'DELETE', 'OPTIONS'])('%s is not allowed where the manifest has it not', async (method) => {
    const answer = await raw(get(`${BASE}/items/7`).replace(/^GET/, method))
    expect([404, 405]).toContain(statuses(answer)[0])
    expect(called).toEqual([])
  })
})
