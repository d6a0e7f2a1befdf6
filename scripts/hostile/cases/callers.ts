import { hostile, type HostileCase, type Observed } from '../case.js'
import { HOSTILE, type ServiceGround } from '../grounds/service.js'

/** A caller whose token is not good, or not good enough. */
const token = (name: string, expected: string, authorization: (key: string) => string): HostileCase =>
  hostile<'service'>({
    name: `caller: ${name}`,
    ground: 'service',
    expected,
    attack: async ({ world }) => answered(world.service.url, authorization(world.key('acme_admin'))),
  })

const answered = async (url: string, authorization: string, path = '/v1/whoami'): Promise<Observed> => {
  const response = await fetch(new URL(path, url), { headers: authorization ? { authorization } : {} })
  const { code } = (await response.json()) as { code?: string }
  return { code: code ?? String(response.status), escaped: response.ok }
}

/** Bytes on a connection of their own. What gets as far as a good answer has escaped. */
const bytes = (
  name: string,
  expected: string | string[],
  request: (ground: ServiceGround, key: string) => string,
): HostileCase =>
  hostile<'service'>({
    name: `caller: ${name}`,
    ground: 'service',
    expected,
    attack: async (ground) => {
      const { status, body } = await ground.raw(request(ground, ground.world.key('acme_member')))
      return { code: status, escaped: status.startsWith('2'), seen: body.slice(0, 300) }
    },
  })

const head = (line: string, key: string, ...headers: string[]): string =>
  [`${line} HTTP/1.1`, 'host: localhost', `authorization: Bearer ${key}`, 'connection: close', ...headers, '', ''].join(
    '\r\n',
  )
const get =
  (path: string, ...headers: string[]) =>
  (_ground: ServiceGround, key: string): string =>
    head(`GET ${path}`, key, ...headers)
const post =
  (body: string, ...headers: string[]) =>
  (_ground: ServiceGround, key: string): string =>
    head(`POST /api/ext/${HOSTILE}/echo`, key, 'content-type: application/json', ...headers) + body

const unsigned = (): string =>
  `${[{ alg: 'none' }, { sub: 'operator', scope: '*' }].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`

const revoked: HostileCase = hostile<'service'>({
  name: 'caller: replays a key that was revoked',
  ground: 'service',
  expected: 'auth.invalid',
  attack: async ({ world }) => {
    const made = await world.request('acme_admin', '/v1/keys', { method: 'POST', body: { name: 'to be revoked' } })
    const { id, secret } = made.body as { id: string; secret: string }
    const before = await answered(world.service.url, `Bearer ${secret}`)
    const gone = await world.request('acme_admin', `/v1/keys/${id}`, { method: 'DELETE' })
    if (!before.escaped || gone.status >= 300) return { code: 'not revoked', escaped: false, seen: [made.status, gone] }
    return answered(world.service.url, `Bearer ${secret}`)
  },
})

const CHUNKED = 'transfer-encoding: chunked'
const NOT_FOUND = ['404', '400']

export const callers: readonly HostileCase[] = [
  token('has no token', 'auth.required', () => ''),
  token('has a token that is none', 'auth.invalid', () => 'Bearer hostile'),
  token('has forged the end of a token', 'auth.invalid', (key) => `Bearer ${key.slice(0, -4)}AAAA`),
  token('has the beginning of a token', 'auth.invalid', (key) => `Bearer ${key.slice(0, key.length >> 1)}`),
  token('has more than a token', 'auth.invalid', (key) => `Bearer ${key}${key}`),
  token('has a token that signs itself', 'auth.invalid', () => `Bearer ${unsigned()}`),
  token('has a token that is SQL', 'auth.invalid', () => `Bearer ' OR '1'='1`),
  revoked,
  bytes(
    'sends its token in the address',
    '401',
    (_ground, key) => `GET /v1/whoami?access_token=${key} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`,
  ),
  bytes('sends two lengths', '400', post('{}', 'content-length: 2', 'content-length: 3')),
  bytes('sends a length and chunks', '400', post('0\r\n\r\n', 'content-length: 5', CHUNKED)),
  bytes('sends chunks that are none', ['400', 'closed'], post('hostile\r\n', CHUNKED)),
  bytes('sends a header folded over lines', '400', post('{}', 'x-a: b\r\n c', 'content-length: 2')),
  bytes('sends a header with a NUL', '400', post('{}', 'x-a: b\0c', 'content-length: 2')),
  bytes('sends a header with a bare line feed', '400', post('{}', 'x-a: b\nx-b: c', 'content-length: 2')),
  bytes('sends headers without end', ['431', '400'], get('/v1/whoami', `x-a: ${'b'.repeat(100_000)}`)),
  bytes('says that it sends a terabyte', ['413', '400'], post('{}', 'content-length: 1099511627776')),
  bytes('asks for another protocol', ['400', '404', '426', 'closed'], (_ground, key) => head('PRI *', key)),
  bytes('climbs out of the extension', NOT_FOUND, get(`/api/ext/${HOSTILE}/../../v1/secret`)),
  bytes('climbs out of the extension by escapes', NOT_FOUND, get(`/api/ext/${HOSTILE}/%2e%2e/%2e%2e/%2e%2e/v1/whoami`)),
  bytes(
    'climbs out of the extension by an escaped slash',
    NOT_FOUND,
    get(`/api/ext/${HOSTILE}/..%2f..%2f..%2fv1%2fwhoami`),
  ),
  bytes('climbs by backslashes', NOT_FOUND, get(`/api/ext/${HOSTILE}\\..\\..\\..\\v1\\whoami`)),
  bytes('names a file', NOT_FOUND, get('/../../../../etc/passwd')),
  bytes('names a file by escapes', NOT_FOUND, get('/docs/%2e%2e/%2e%2e/package.json')),
  bytes('sends a NUL in a path', NOT_FOUND, get(`/api/ext/${HOSTILE}/%00`)),
  bytes('sends half of an escape', NOT_FOUND, get(`/api/ext/${HOSTILE}/%e`)),
  bytes('begins with two slashes', NOT_FOUND, get('//v1/whoami')),
  bytes('names an extension by its parents', NOT_FOUND, get('/api/ext/../ext/whoami')),
  bytes('names another host in its path', NOT_FOUND, get('http://hostile.example/v1/none')),
]
