import { hostile, type HostileCase } from '../case.js'

interface Told {
  readonly status?: number
  readonly headers?: readonly (readonly [string, string])[]
}

/** An answer that the gateway must not pass on. */
const refused = (name: string, told: Told): HostileCase =>
  hostile<'service'>({
    name: `answer: ${name}`,
    ground: 'service',
    expected: 'execution.response_invalid',
    attack: async (ground) => {
      const { status, body, headers } = await ground.call('acme_member', '/answer', {
        status: 200,
        headers: [],
        ...told,
      })
      const code = String(body['code'] ?? status)
      return { code, escaped: status < 400, seen: { status, headers: [...headers] } }
    },
  })

/** A header that must not reach the caller. */
const leftOut = (name: string, value: string): HostileCase =>
  hostile<'service'>({
    name: `answer: sets ${name}`,
    ground: 'service',
    expected: 'left out',
    attack: async (ground) => {
      const answer = { status: 200, headers: [[name, value]] }
      const { status, headers } = await ground.call('acme_member', '/answer', answer)
      if (status !== 200) return { code: String(status), escaped: false }
      const escaped = [...headers].some(([, found]) => found.includes('hostile'))
      return { code: escaped ? 'passed on' : 'left out', escaped, seen: [...headers] }
    },
  })

/** What a caller sends, and a guest must not see. */
const unseen = (name: string): HostileCase =>
  hostile<'service'>({
    name: `answer: tells ${name} of its caller`,
    ground: 'service',
    expected: 'unseen',
    attack: async (ground) => {
      const sent = name === 'authorization' ? {} : { [name]: 'hostile' }
      const { body } = await ground.call('acme_member', '/echo', {}, sent)
      const headers = body['headers'] as [string, string][]
      const escaped = headers.some(([found, value]) => found === name || value.includes('hostile'))
      return { code: escaped ? 'seen' : 'unseen', escaped, seen: headers }
    },
  })

export const answers: readonly HostileCase[] = [
  refused('a page for a browser', { headers: [['content-type', 'text/html']] }),
  refused('a script for a browser', { headers: [['content-type', 'text/javascript']] }),
  refused('a picture that is a program', { headers: [['content-type', 'image/svg+xml']] }),
  refused('a status that is not final', { status: 101 }),
  refused('a status that is none', { status: 999 }),
  refused('more headers than a client takes', {
    headers: Array.from({ length: 100 }, (_, index) => [`x-ext-${index}`, 'a'] as const),
  }),
  leftOut('set-cookie', 'hostile=1'),
  leftOut('location', 'http://hostile.example/'),
  leftOut('access-control-allow-origin', 'http://hostile.example'),
  leftOut('content-security-policy', "default-src 'hostile'"),
  leftOut('strict-transport-security', 'hostile'),
  leftOut('transfer-encoding', 'hostile'),
  leftOut('x-gatehouse-decision-id', 'hostile'),
  leftOut('x-ext-a', 'b\r\nset-cookie: hostile=1'),
  leftOut('x-ext-a\r\nset-cookie', 'hostile=1'),
  ...['authorization', 'cookie', 'x-forwarded-for', 'x-real-ip', 'forwarded'].map(unseen),
]
