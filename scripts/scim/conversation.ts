import type { Check } from './check.js'
import { differences } from './shape.rules.js'
import type { Ask, Turn } from './turn.js'

const SCIM = /^application\/scim\+json\b/

/** Whom the parts of a conversation are asked as, and where. */
export interface Parties {
  readonly url: string
  readonly provider: string
  readonly owner: string
}

type Body = Record<string, unknown> | undefined
interface Seen {
  readonly status: number
  readonly type: string | null
  readonly body: Body
}

/** What is wrong with an answer, in words; nothing where all is as it should be. */
const wrongWith = ({ status, type, body }: Seen, isScim: boolean, answer: ReturnType<Turn['answer']>): string[] => [
  ...(status === answer.status
    ? []
    : [`status ${status}, not ${answer.status}: ${JSON.stringify(body)?.slice(0, 500)}`]),
  ...(isScim && body !== undefined && !SCIM.test(type ?? '') ? [`content type ${type}`] : []),
  ...(answer.body === undefined ? [] : differences(answer.body, body)),
]

/** One conversation of a provider with the service, turn by turn; each is a check, and a failed one ends nothing. */
export class Conversation {
  private readonly kept: Record<string, string> = {}

  constructor(
    private readonly name: string,
    private readonly parties: Parties,
  ) {}

  async *hold(turns: readonly Turn[]): AsyncGenerator<Check> {
    for (const turn of turns) {
      const name = `${this.name} conversation: ${turn.name}`
      const wrong = await this.take(turn).catch((error: unknown) => [String(error)])
      yield wrong.length === 0 ? { name, outcome: 'passed' } : { name, outcome: 'failed', why: wrong.join('; ') }
    }
  }

  private async take({ ask, answer, keep = {} }: Turn): Promise<string[]> {
    const asked = ask(this.kept)
    const seen = await this.ask(asked)
    const wrong = wrongWith(seen, !asked.path.startsWith('/v1/'), answer(this.kept))
    for (const [name, take] of Object.entries(keep)) {
      const taken = take(seen.body ?? {}, this.kept)
      if (typeof taken === 'string' || typeof taken === 'number') this.kept[name] = String(taken)
      else wrong.push(`there is no ${name} in the answer`)
    }
    return wrong
  }

  private async ask({ method, path, body, as = 'provider' }: Ask): Promise<Seen> {
    const { url, provider, owner } = this.parties
    const token = { provider, owner, person: this.kept['personKey'], stranger: undefined }[as]
    const isScim = !path.startsWith('/v1/')
    const response = await fetch(`${url}${isScim ? '/scim/v2' : ''}${path}`, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body && { 'content-type': isScim ? 'application/scim+json' : 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    const said = await response.text()
    const type = response.headers.get('content-type')
    return { status: response.status, type, body: said === '' ? undefined : (JSON.parse(said) as Body) }
  }
}
