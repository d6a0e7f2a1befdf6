/** One way in which the service differs from its document, with the first request that showed it. */
export interface Finding {
  readonly operation: string
  readonly check: string
  readonly words: string
  readonly request: string
  /** How many requests showed it. */
  times: number
}

interface Check {
  readonly name: string
  readonly status: string
  readonly failure_info?: { readonly failure: { readonly title?: string; readonly message?: string } }
}
interface Interaction {
  readonly request: { readonly method: string; readonly uri: string; readonly body?: { readonly $base64: string } }
  readonly response?: {
    readonly status_code: number
    readonly headers?: Readonly<Record<string, readonly string[]>>
    readonly content?: { readonly $base64: string }
  }
}
/** Why it could not ask, or look at an answer. */
interface NotAsked {
  readonly label: string
  readonly value: { readonly type: string; readonly message: string }
}
interface Scenario {
  readonly phase?: string
  readonly recorder: {
    readonly label: string
    readonly checks?: Readonly<Record<string, readonly Check[]>>
    readonly interactions?: Readonly<Record<string, Interaction>>
  }
}

interface Event {
  readonly ScenarioFinished?: Scenario
  readonly NonFatalError?: NotAsked
}

const SERVER_ERROR = 'not_a_server_error'
const MAX_SHOWN = 600

const textOf = (bytes: { readonly $base64: string } | undefined): string =>
  bytes ? Buffer.from(bytes.$base64, 'base64').toString('utf8').slice(0, MAX_SHOWN) : ''

/** What was sent and what came back, in short. */
const shown = (interaction: Interaction | undefined): string => {
  if (!interaction) return ''
  const { request, response } = interaction
  const sent = `${request.method} ${request.uri.slice(0, MAX_SHOWN)} ${textOf(request.body)}`.trim()
  return `${sent} → ${response?.status_code ?? 'no answer'} ${textOf(response?.content)}`.trim()
}

/** A service that has too much to do says so, and when to come again; that is a refusal like another, and no fault. */
const isBusy = ({ response }: Interaction): boolean =>
  response?.status_code === 503 &&
  response.headers?.['retry-after'] !== undefined &&
  textOf(response.content).includes('"code":"overloaded"')

const isServerError = (interaction: Interaction): boolean =>
  (interaction.response?.status_code ?? 599) >= 500 && !isBusy(interaction)

/** Gathers what a run of Schemathesis tells, event by event. */
export class Findings {
  /** @param named the id of the operation that a request is one of */
  constructor(private readonly named: (method: string, path: string) => string | undefined) {}

  requests = 0
  /** Requests by the phase that made them. */
  readonly phases: Record<string, number> = {}
  /** Answers that ask to come again later. */
  busy = 0
  /** Answers of 5xx, and none at all. */
  serverErrors = 0
  violations = 0
  /** Times that it could not ask, or look at what came. */
  unasked = 0
  private readonly found = new Map<string, Finding>()

  /** Takes one line of its NDJSON report. */
  take(line: string): void {
    const { ScenarioFinished, NonFatalError } = JSON.parse(line) as Event
    if (NonFatalError) this.notAsked(NonFatalError)
    if (!ScenarioFinished) return
    const { recorder, phase = 'unknown' } = ScenarioFinished
    const { interactions = {}, checks = {} } = recorder
    const asked = Object.keys(interactions).length
    this.requests += asked
    this.phases[phase] = (this.phases[phase] ?? 0) + asked
    this.busy += Object.values(interactions).filter(isBusy).length
    this.serverErrors += Object.values(interactions).filter(isServerError).length
    for (const [id, all] of Object.entries(checks))
      for (const check of all.filter(({ status }) => status === 'failure'))
        this.keep(recorder.label, check, interactions[id])
  }

  counted(): Pick<Findings, 'requests' | 'phases' | 'busy' | 'serverErrors' | 'violations' | 'unasked'> {
    const { requests, phases, busy, serverErrors, violations, unasked } = this
    return { requests, phases, busy, serverErrors, violations, unasked }
  }

  all(): readonly Finding[] {
    return [...this.found.values()]
  }

  private notAsked({ label, value }: NotAsked): void {
    this.unasked++
    const words = `${value.type}: ${value.message}`.slice(0, MAX_SHOWN)
    this.found.set([label, words].join('\n'), { operation: label, check: 'not_asked', words, request: '', times: 1 })
  }

  private operationOf(interaction: Interaction | undefined): string | undefined {
    if (!interaction) return undefined
    const { method, uri } = interaction.request
    return this.named(method, new URL(uri).pathname)
  }

  private keep(label: string, { name, failure_info }: Check, interaction: Interaction | undefined): void {
    if (name === SERVER_ERROR && interaction && isBusy(interaction)) return
    if (name !== SERVER_ERROR) this.violations++
    const { title = '', message = '' } = failure_info?.failure ?? {}
    const operation = this.operationOf(interaction) ?? label
    const key = [operation, name, title, message.slice(0, 200)].join('\n')
    const kept = this.found.get(key)
    if (kept) kept.times++
    else
      this.found.set(key, {
        ...{ operation, check: name, words: `${title} ${message}`.trim().slice(0, MAX_SHOWN) },
        ...{ request: shown(interaction), times: 1 },
      })
  }
}
