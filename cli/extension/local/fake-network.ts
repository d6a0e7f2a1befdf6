import { incomingHeaders } from '#runtime/host-calls/egress-headers.rules.js'
import type { Destination } from '#runtime/host-calls/egress.rules.js'
import { HostRefusal } from '#runtime/host-calls/host-reply.js'
import type { EgressRequest, EgressResponse, EgressSender, Resolved, Resolver } from '#runtime/host-calls/ports.js'
import { bytesOf } from '#sdk/test-kit/content.js'
import type { CannedAnswer } from '#sdk/test-kit/surroundings.schema.js'

/** A request that would have left the machine. Secrets stand in its headers as the host would have got them. */
export interface SentRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

const urlOf = ({ scheme, host, port, target }: Destination): string => {
  const plain = port === (scheme === 'https' ? 443 : 80)
  return `${scheme}://${host}${plain ? '' : `:${port}`}${target}`
}

const fits = (pattern: string, url: string): boolean =>
  pattern.endsWith('*') ? url.startsWith(pattern.slice(0, -1)) : url === pattern

const ADDRESS = { address: '192.0.2.1', family: 4 } as const

/** A network of canned answers: nothing is looked up and nothing leaves the machine. */
export class FakeNetwork implements Resolver, EgressSender {
  readonly sent: SentRequest[] = []

  constructor(private readonly answers: readonly CannedAnswer[]) {}

  /** A host that no canned answer speaks of is taken for one on the public network, so that policy decides on it. */
  async resolve(to: Destination): Promise<Resolved> {
    if (to.literal) return { class: 'literal', address: null, privateAllowed: false }
    const named = this.answers.find(({ url }) => fits(url, urlOf(to)) || hostOf(url) === to.host)
    const found = named?.address ?? 'public'
    return { class: found, address: found === 'unresolved' ? null : ADDRESS, privateAllowed: false }
  }

  async send({ to, method, headers, body }: EgressRequest): Promise<EgressResponse> {
    const url = urlOf(to)
    this.sent.push({ method, url, headers, body })
    const answer = this.answers.find((each) => (each.method ?? method) === method && fits(each.url, url))
    if (!answer)
      throw new HostRefusal(
        'http.unreachable',
        `No canned answer fits ${method} ${url}: add one under http, in the case or in fixtures/`,
      )
    if (answer.fails === 'timeout') throw new HostRefusal('http.timeout', 'The host did not answer in time')
    if (answer.fails === 'unreachable')
      throw new HostRefusal('http.unreachable', 'The host could not be reached: ECONNREFUSED')
    const named = Object.entries(answer.headers).map(([name, value]) => [name.toLowerCase(), value])
    return { status: answer.status, headers: incomingHeaders(Object.fromEntries(named)), body: bytesOf(answer.body) }
  }
}

const hostOf = (url: string): string | undefined => URL.parse(url.replace(/\*$/, ''))?.hostname
