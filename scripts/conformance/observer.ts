import type { ApiDocument, Operation } from './document.js'
import { faultsOf } from './conforms.rules.js'

/** Headers that say who asks. */
export type Credential = Readonly<Record<string, string>>

/** One answer of the service. */
export interface Observed {
  readonly operation: Operation
  /** What stood in its path. */
  readonly params: Readonly<Record<string, string>>
  readonly status: number
  readonly faults: readonly string[]
  readonly credential: Credential | null
}

interface Asked {
  readonly url: URL
  readonly method: string
  readonly headers: Headers
}

const CREDENTIALS = ['authorization', 'cookie', 'x-csrf-token']

const credentialOf = (headers: Headers): Credential | null => {
  const found = CREDENTIALS.flatMap((name) => {
    const value = headers.get(name)
    return value === null ? [] : [[name, value] as const]
  })
  return found.length > 0 ? Object.fromEntries(found) : null
}

/** Looks at every answer of the service, whoever asked in this process: walks, and what they borrow of other commands. */
export class Observer {
  readonly seen: Observed[] = []
  private readonly origins = new Set<string>()
  private readonly plain = globalThis.fetch

  private constructor(private readonly document: ApiDocument) {}

  /** From here on; `end()` lets go. */
  static begin(document: ApiDocument): Observer {
    const observer = new Observer(document)
    globalThis.fetch = async (input, init) => {
      const response = await observer.plain(input, init)
      const url = new URL(input instanceof Request ? input.url : input)
      await observer.look({ url, method: init?.method ?? 'GET', headers: new Headers(init?.headers) }, response.clone())
      return response
    }
    return observer
  }

  /** Counts a service in. */
  watch(url: string): void {
    this.origins.add(new URL(url).origin)
  }

  end(): void {
    globalThis.fetch = this.plain
  }

  private async look({ url, method, headers }: Asked, response: Response): Promise<void> {
    const found = this.origins.has(url.origin) ? this.document.find(method, url.pathname) : undefined
    if (!found) return
    const { operation } = found
    const came = { status: response.status, headers: response.headers, body: await response.bytes() }
    const faults = faultsOf(operation, came, (schema, value) => this.document.faults(schema, value))
    this.seen.push({ ...found, status: response.status, faults, credential: credentialOf(headers) })
  }
}

/** Whether an answer is one of success: 2xx, or the redirect that is the documented success of a page. */
export const succeeded = ({ status, operation }: Observed): boolean =>
  (status >= 200 && status < 300) || (status === 303 && '303' in operation.responses)
