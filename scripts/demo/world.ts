import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { gatehouse, type Ran } from './command.js'
import { PartnersServer } from './partners-server.js'
import { Postgres } from './postgres.js'
import { RatesServer } from './rates-server.js'
import { Service } from './service.js'
import { shown } from './step.js'

const PRIVATE_HOSTS = 'GATEHOUSE_EGRESS_PRIVATE_HOSTS'
const ANSWERED_WITHIN_MS = 60_000

/** People of the demo data whose keys the service writes down. */
export type Person =
  | 'operator'
  | 'reviewer'
  | 'security_lead'
  | 'acme_owner'
  | 'acme_admin'
  | 'acme_member'
  | 'acme_developer'
  | 'globex_admin'

/** An HTTP answer, as an outsider sees it. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Record<string, unknown>
}

interface Sent {
  readonly method?: string
  readonly body?: unknown
  readonly headers?: Record<string, string>
  readonly signal?: AbortSignal
}

interface Login {
  readonly user: string
  readonly password: string
}

/** Everything the steps share: one throw-away data folder, one service, and what earlier steps found out. */
export class World {
  readonly folder = mkdtempSync(join(tmpdir(), 'gatehouse-demo-'))
  readonly data = join(this.folder, 'data')
  /** Ids that steps hand on, and that are fetched again at the end. */
  readonly known = new Map<string, string>()
  /** Every process of the service so far, and how many of them a step asked for. */
  readonly servicePids: number[] = []
  intendedRestarts = 0
  private running: Service | null = null

  private constructor(
    readonly rates: RatesServer,
    readonly partners: PartnersServer,
    private readonly settings: Record<string, string>,
  ) {}

  /** Starts the service on a throw-away folder, under the settings given; private hosts among them come to the world's own. */
  static async create(settings: (folder: string) => Promise<Record<string, string>>): Promise<World> {
    const rates = await RatesServer.start()
    const partners = await PartnersServer.start()
    const world = new World(rates, partners, {})
    const { [PRIVATE_HOSTS]: more, ...further } = await settings(world.folder)
    const hosts = [...[rates, partners].map(({ port }) => `localhost:${port}`), ...(more ? [more] : [])]
    Object.assign(world.settings, further, { [PRIVATE_HOSTS]: hosts.join(',') })
    await world.start()
    return world
  }

  /** What a further instance is started with. */
  get commonSettings(): Record<string, string> {
    return { ...this.settings }
  }

  get service(): Service {
    if (!this.running) throw new Error('the service is not running')
    return this.running
  }

  /** Starts the service again, by intent, under further settings for this time. */
  async restart(settings: Record<string, string> = {}): Promise<void> {
    await this.running?.stop()
    this.intendedRestarts++
    await this.start(settings)
  }

  /** Kills the service, by intent and without warning, and starts it again. */
  async crash(): Promise<void> {
    await this.running?.end('SIGKILL')
    this.intendedRestarts++
    await this.start()
  }

  private async start(settings: Record<string, string> = {}): Promise<void> {
    this.running = await Service.start(this.data, { ...this.settings, ...settings })
    this.servicePids.push(this.running.pid)
  }

  /** Runs the `gatehouse` command as a person. */
  cli(person: Person, ...args: string[]): Promise<Ran> {
    return gatehouse(['--url', this.service.url, '--data', this.data, '--as', person, ...args], {})
  }

  /** One HTTP request as a person. */
  async request(
    person: Person,
    path: string,
    { method = 'GET', body, headers = {}, signal }: Sent = {},
  ): Promise<Answer> {
    return this.requestAt(this.service.url, person, path, { method, body, headers, ...(signal && { signal }) })
  }

  /** One HTTP request to another instance. */
  async requestAt(
    url: string,
    person: Person,
    path: string,
    { method = 'GET', body, headers = {}, signal }: Sent,
  ): Promise<Answer> {
    const raw = typeof body === 'string' || body instanceof Uint8Array
    const response = await fetch(new URL(path, url), {
      method,
      headers: {
        authorization: `Bearer ${this.key(person)}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: raw ? (body as string) : JSON.stringify(body) }),
      signal: AbortSignal.any([AbortSignal.timeout(ANSWERED_WITHIN_MS), ...(signal ? [signal] : [])]),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: asRecord(text) }
  }

  key(person: Person): string {
    const keys = JSON.parse(readFileSync(join(this.data, 'keys', 'demo-keys.json'), 'utf8')) as Record<string, string>
    const key = keys[person]
    shown(typeof key === 'string', `${person} was seeded`, Object.keys(keys))
    return key
  }

  /** A connection of its own to the database: as the service's login in one of its roles, or as the owner. */
  async postgres(as: 'api' | 'owner', role?: string): Promise<Postgres> {
    const file = JSON.parse(readFileSync(join(this.data, 'postgres.json'), 'utf8')) as Record<
      'api' | 'owner',
      Login
    > & {
      host: string
      port: number
      database: string
    }
    const { host, port, database } = file
    return Postgres.open({ host, port, database, ...file[as], ...(role && { role }) })
  }

  /** Asks again until the answer fits, for what happens soon but not at once; the last answer either way. */
  async eventually<T>(ask: () => Promise<T>, fits: (answer: T) => boolean, withinMs = 10_000): Promise<T> {
    const deadline = Date.now() + withinMs
    for (;;) {
      const answer = await ask()
      if (fits(answer) || Date.now() > deadline) return answer
      await delay(50)
    }
  }

  /** An id that an earlier step found out. */
  recall(name: string): string {
    const id = this.known.get(name)
    shown(id !== undefined, `an earlier step found ${name}`, [...this.known.keys()])
    return id
  }

  async close(): Promise<void> {
    await this.running?.stop().catch(() => {})
    await this.rates.stop()
    await this.partners.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

const asRecord = (text: string): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : { value }
  } catch {
    return { text }
  }
}
