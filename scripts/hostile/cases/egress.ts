import { hostile, type HostileCase } from '../case.js'
import type { Hosts } from '../grounds/hosts.js'

const UNDECLARED = ['capability.host_undeclared', 'capability.address_forbidden']
const UNREADABLE = 'http.url_invalid'

/** A guest that asks for what it may not reach, in each form that has worked somewhere. */
const reaches = (
  name: string,
  expected: string | string[],
  url: (hosts: Hosts) => string,
  method = 'GET',
): HostileCase =>
  hostile<'service'>({
    name: `egress: ${name}`,
    ground: 'service',
    expected,
    attack: (ground) => ground.fetch({ url: url(ground.hosts), method }),
  })

const literal = (name: string, host: string): HostileCase =>
  reaches(name, UNDECLARED, ({ closed }) => `http://${host}:${closed}/`)

/** A header that a guest sends on, and that must not arrive. */
const smuggles = (name: string, header: [string, string], arrives: string): HostileCase =>
  hostile<'service'>({
    name: `egress: sends ${name}`,
    ground: 'service',
    expected: ['left out', 'capability.arguments_invalid'],
    attack: async (ground) => {
      const url = `http://localhost:${ground.hosts.open}/open/`
      const { code, escaped, seen } = await ground.fetch({ url, headers: [header, ['x-ext-kept', 'yes']] })
      const headers = ground.hosts.received?.headers
      if (headers === undefined) return { code, escaped, seen }
      if (headers['x-ext-kept'] !== 'yes') return { code: 'nothing came', escaped, seen: headers }
      const value = String(headers[arrives] ?? '')
      return { code: 'left out', escaped: escaped || value.includes('hostile'), seen: headers }
    },
  })

export const egress: readonly HostileCase[] = [
  literal('loopback', '127.0.0.1'),
  literal('loopback as one decimal number', '2130706433'),
  literal('loopback in hexadecimal', '0x7f000001'),
  literal('loopback in octal', '0177.0.0.1'),
  literal('loopback in short', '127.1'),
  literal('loopback in full-width digits', '１２７.0.0.1'),
  literal('loopback of IPv6', '[::1]'),
  literal('loopback mapped into IPv6', '[::ffff:127.0.0.1]'),
  literal('loopback mapped into IPv6 in hexadecimal', '[::ffff:7f00:1]'),
  literal('loopback through NAT64', '[64:ff9b::7f00:1]'),
  literal('every address of this machine', '0.0.0.0'),
  reaches('what clouds tell their machines', UNDECLARED, () => 'http://169.254.169.254/latest/meta-data/'),
  reaches('what clouds tell their machines, by name', UNDECLARED, () => 'http://metadata.google.internal/'),
  reaches('a private address', UNDECLARED, () => 'http://10.0.0.1/'),
  reaches(
    'a private host that only its manifest allows',
    'capability.address_forbidden',
    ({ closed }) => `http://localhost:${closed}/`,
  ),
  reaches('that host in letters that look alike', UNDECLARED, ({ closed }) => `http://ⓛocalhost:${closed}/`),
  reaches('a name below localhost', UNDECLARED, ({ closed }) => `http://a.localhost:${closed}/`),
  reaches('a name with a dot at its end', UNDECLARED, ({ open }) => `http://localhost.:${open}/open`),
  reaches('a host that is not declared', UNDECLARED, () => 'http://undeclared.example/'),
  reaches('a path outside its prefix', UNDECLARED, ({ open }) => `http://localhost:${open}/closed`),
  reaches('a path that begins alike', UNDECLARED, ({ open }) => `http://localhost:${open}/openly`),
  reaches('a path that climbs', UNDECLARED, ({ open }) => `http://localhost:${open}/open/../closed`),
  reaches('a path that climbs by escapes', UNDECLARED, ({ open }) => `http://localhost:${open}/open/%2e%2e/closed`),
  reaches(
    'a path that climbs by an escaped slash',
    UNREADABLE,
    ({ open }) => `http://localhost:${open}/open/..%2fclosed`,
  ),
  reaches('a path that climbs by a backslash', UNDECLARED, ({ open }) => `http://localhost:${open}/open\\..\\closed`),
  reaches('a path with an escaped NUL', UNREADABLE, ({ open }) => `http://localhost:${open}/open/%00`),
  reaches('a method that is not declared', UNDECLARED, ({ open }) => `http://localhost:${open}/open`, 'DELETE'),
  reaches('a tunnel', 'capability.arguments_invalid', ({ open }) => `http://localhost:${open}/open`, 'CONNECT'),
  reaches('another scheme of the same host', UNDECLARED, ({ open }) => `https://localhost:${open}/open`),
  reaches(
    'a user who looks like a host',
    UNREADABLE,
    ({ open, closed }) => `http://localhost:${open}@127.0.0.1:${closed}/`,
  ),
  reaches(
    'a host behind a backslash',
    UNDECLARED,
    ({ open, closed }) => `http://localhost:${open}\\@127.0.0.1:${closed}/open`,
  ),
  reaches(
    'a host behind a fragment',
    UNDECLARED,
    ({ open, closed }) => `http://127.0.0.1:${closed}#@localhost:${open}/open`,
  ),
  reaches('a file', UNREADABLE, () => 'file:///etc/passwd'),
  reaches('another protocol', UNREADABLE, ({ closed }) => `gopher://127.0.0.1:${closed}/_hostile`),
  reaches('data of its own', UNREADABLE, () => 'data:text/plain,secret'),
  reaches('an address without a scheme', UNREADABLE, ({ open }) => `//localhost:${open}/open`),
  reaches('where it is sent on to', '302', ({ open }) => `http://localhost:${open}/open/elsewhere`),
  smuggles('another host', ['Host', 'hostile'], 'host'),
  smuggles('a cookie', ['cookie', 'hostile'], 'cookie'),
  smuggles('where it came from', ['X-Forwarded-For', 'hostile'], 'x-forwarded-for'),
  smuggles('another path to a proxy', ['x-original-url', 'hostile'], 'x-original-url'),
  smuggles('credentials for a proxy', ['proxy-authorization', 'hostile'], 'proxy-authorization'),
  smuggles('another protocol to go on with', ['upgrade', 'hostile'], 'upgrade'),
  smuggles('what belongs to the connection', ['connection', 'hostile'], 'connection'),
  smuggles('a second encoding of the body', ['transfer-encoding', 'hostile'], 'transfer-encoding'),
  smuggles('a header within a value', ['x-ext-a', 'b\r\nx-evil: hostile'], 'x-evil'),
  smuggles('a header within a name', ['x-ext-a: b\r\nx-evil', 'hostile'], 'x-evil'),
]
