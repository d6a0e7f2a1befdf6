import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ENDPOINTS } from '#contract/endpoints.js'
import type { Attempts } from './attempts.js'
import type { Traces } from './calls.js'
import type { Canaries } from './canaries.js'
import type { UntrustedGround } from './ground.js'
import { eachOf } from './random.js'
import { ask, type Organisation, type Told } from './organisations.js'

export const PEOPLE_PROBES = [
  'lists',
  'lists of others',
  'logs and metrics of extensions',
  'ids of others',
  'what everybody sees',
  'logs of the service',
  'the publisher',
] as const
type PeopleProbe = (typeof PEOPLE_PROBES)[number]

interface Looking {
  readonly ground: UntrustedGround
  readonly canaries: Canaries
  readonly attempts: Attempts
}

/** Lists with one row for each organisation or install, which may be asked about another organisation. */
const SCOPED = ['people', 'keys', 'workspaces', 'installs', 'executions', 'decisions', 'events', 'approvals']
/** While answers of one are searched, others are asked. */
const AT_ONCE = 3
/** Pages of a list that are turned. */
const PAGES = 4
/** So many ids of each other organisation are asked for, the newest first. */
const IDS = 12
/** What is in the log of decisions is shown in hashes alone; an export of it all is megabytes. */
const WITHOUT = ['ledger.export', 'decisions.export', 'openapi.document']

/** Everything that each organisation's owner, the publisher, everybody and the operator can look at, and at what is not theirs. */
export const lookAround = async (looking: Looking, traces: ReadonlyMap<string, Traces>): Promise<void> => {
  const look = new Look(looking)
  await eachOf(looking.ground.organisations, AT_ONCE, async (organisation) => {
    await look.lists(organisation)
    await look.extensions(organisation)
    await look.ids(organisation, traces)
  })
  await look.publisher()
  await look.everybody()
}

class Look {
  constructor(private readonly parts: Looking) {}

  /** Every list of the endpoint table, and those of others by their id. */
  async lists({ id: tenant, key }: Organisation): Promise<void> {
    for (const [name, { method, path }] of Object.entries(ENDPOINTS)) {
      if (method !== 'GET' || path.includes('{') || WITHOUT.includes(name)) continue
      await this.pages('lists', { tenant, key, path })
    }
    for (const other of this.parts.ground.organisations)
      if (other.id !== tenant)
        for (const list of SCOPED)
          await this.see('lists of others', { tenant, key, path: `/v1/${list}?tenant_id=${other.id}` })
  }

  async extensions({ id: tenant, key }: Organisation): Promise<void> {
    for (const { id } of this.parts.ground.extensions)
      for (const what of ['logs', 'metrics'])
        await this.see('logs and metrics of extensions', { tenant, key, path: `/v1/extensions/${id}/${what}` })
  }

  /** What everybody's calls left, by its id; of one's own as well, so that it is known to be there. */
  async ids({ id: tenant, key }: Organisation, traces: ReadonlyMap<string, Traces>): Promise<void> {
    for (const { executions, calls } of traces.values()) {
      for (const id of executions.slice(-IDS)) {
        for (const path of [`/v1/executions/${id}`, `/v1/executions/${id}/receipt`, `/v1/decisions/${id}`])
          await this.see('ids of others', { tenant, key, path })
        await this.see('ids of others', { tenant, key, path: `/v1/executions/${id}/replay`, method: 'POST' })
      }
      for (const id of calls.slice(-IDS))
        for (const path of [`/v1/calls/${id}`, `/v1/calls/${id}/result`])
          await this.see('ids of others', { tenant, key, path })
    }
    for (const { id } of this.parts.ground.installs)
      await this.see('ids of others', { tenant, key, path: `/v1/installs/${id}` })
  }

  /** The publisher sees how its extensions do, and nothing of what organisations keep in them. */
  async publisher(): Promise<void> {
    const { world, extensions, organisations } = this.parts.ground
    const key = world.key('acme_developer')
    // Whoever works for the publisher belongs to an organisation, whose own they may see.
    const tenant = organisations.find(({ slug }) => slug === 'acme')!.id
    for (const path of ['/v1/executions', '/v1/decisions']) await this.pages('the publisher', { tenant, key, path })
    for (const { id } of extensions)
      for (const path of [`/v1/extensions/${id}/logs`, `/v1/extensions/${id}/metrics`, `/v1/extensions/${id}`])
        await this.see('the publisher', { tenant, key, path })
  }

  /** What is open to all, and what the service wrote for its operator. */
  async everybody(): Promise<void> {
    const { ground, canaries, attempts } = this.parts
    for (const path of ['/metrics', '/healthz', '/readyz', '/livez', '/openapi.json', '/v1/events', '/v1/executions'])
      await this.see('what everybody sees', { tenant: null, key: null, path })
    attempts.made('logs of the service')
    const text = readFileSync(join(ground.world.data, 'service.log'), 'latin1')
    canaries.observe({ tenant: null, probe: 'logs of the service', where: 'service.log', text })
  }

  private async pages(probe: PeopleProbe, seen: { tenant: string | null; key: string; path: string }): Promise<void> {
    let after = ''
    for (let page = 0; page < PAGES; page++) {
      const { text } = await this.see(probe, { ...seen, path: seen.path + after })
      const cursor = /"next_cursor":"([^"]+)"/.exec(text)?.[1]
      if (cursor === undefined) return
      after = `?cursor=${encodeURIComponent(cursor)}`
    }
  }

  private async see(
    probe: PeopleProbe,
    { tenant, key, path, method = 'GET' }: { tenant: string | null; key: string | null; path: string; method?: string },
  ): Promise<Told> {
    const { ground, canaries, attempts } = this.parts
    const answer = await ask(ground.world, key, path, { method, ...(method === 'POST' && { body: {} }) })
    attempts.made(probe, answer.status)
    const headers = [...answer.headers].map((header) => header.join(': ')).join('\n')
    canaries.observe({ tenant, probe, where: `${method} ${path}`, text: `${headers}\n\n${answer.text}` })
    return answer
  }
}
