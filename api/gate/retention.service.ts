import { randomUUID } from 'node:crypto'
import { Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import type { RetentionLeaf } from '#contract/api/ledger.js'
import { problem } from '#contract/problems.js'
import { leastIdOf } from '../ledger/decision-filters.rules.js'
import { findEntry } from '../ledger/log.repository.js'
import type { Ledger } from '../ledger/ledger.service.js'
import { countDecisions, dropSpan, isUnsequenced, spansBefore, type Span } from '../ledger/retention.repository.js'
import type { Database } from '../platform/database/database.service.js'
import type { Queryable } from '../platform/database/queryable.js'
import { adminFacts } from './admin-facts.rules.js'
import type { GateService } from './gate.service.js'
import { retentionLeafId } from './retention.rules.js'
import { systemCaller } from './system-actor.js'

const DAY_MS = 24 * 60 * 60 * 1000
const INTERVAL_MS = 60 * 60 * 1000
const FIRST_MS = 60_000

/** What retention works with. */
export interface RetentionParts {
  readonly database: Pick<Database, 'inScope'>
  readonly gate: GateService
  readonly ledger: Pick<Ledger, 'recordLeaf'>
  /** Days that decisions are kept at least; undefined: for ever. */
  readonly days: number | undefined
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/**
 * Lets decisions go that are older than the platform keeps them, a partition at a time. Each is decided by policy on behalf
 * of the platform itself, told by a leaf of the log that stays, and then dropped by PostgreSQL under that decision. A crash
 * in between leaves the decisions where they are; they go the next time, under another decision.
 */
export class Retention implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger('retention')
  #timer: NodeJS.Timeout | undefined
  #pass: Promise<unknown> = Promise.resolve()

  constructor(private readonly parts: RetentionParts) {}

  onApplicationBootstrap(): void {
    if (this.parts.days !== undefined) this.#schedule(FIRST_MS)
  }

  async onApplicationShutdown(): Promise<void> {
    clearTimeout(this.#timer)
    await this.#pass
  }

  #schedule(ms: number): void {
    this.#timer = setTimeout(() => {
      this.#pass = this.run()
        .catch((error: unknown) => this.#logger.error({ error }, 'old decisions could not be let go'))
        .finally(() => this.#schedule(INTERVAL_MS))
    }, ms)
    this.#timer.unref()
  }

  /** One pass. Gives the stretches that went; raises the problem of a refusal, and what PostgreSQL refuses with. */
  async run(): Promise<Span[]> {
    const { days, database, now } = this.parts
    if (days === undefined) return []
    const old = await database.inScope({ platform: true }, (tx) => spansBefore(tx, now() - days * DAY_MS))
    for (const span of old) await this.drop(span, days)
    return old
  }

  private async drop(span: Span, days: number): Promise<void> {
    const { database, gate, ledger } = this.parts
    const [since, until] = [iso(span.since), iso(span.until)]
    const ids = { from: leastIdOf(span.since ?? 0), before: leastIdOf(span.until) }
    const read = <T>(work: (tx: Queryable) => Promise<T>) => database.inScope({ platform: true }, work)
    // A leaf proves that what came before it went: so first all of it has to be in the log.
    if (await read((tx) => isUnsequenced(tx, ids)))
      throw problem('ledger.not_sequenced', { detail: `Decisions until ${until} are not in the log yet` })
    // Before the decision, whose permit would not wait for millions to be counted.
    const decisions = await countDecisions(read, ids)
    const correlationId = randomUUID()
    const caller = systemCaller(correlationId)
    const resource = {
      kind: 'decision',
      id: `${since ?? 'first'}/${until}`,
      tenant_id: caller.tenantId,
      publisher_id: null,
    }
    const facts = adminFacts(caller, resource, { retention: { until: span.until, days } })
    const permit = gate.requireAllow(await gate.decide('audit.retain', facts, { correlationId }))
    const id = retentionLeafId({ ...span, decisions })
    const leaf: RetentionLeaf = { since: span.since, until: span.until, decisions, decision_id: permit.decisionId }
    // Before the rows go: an export without them needs the leaf that says why. Where they could not go, because somebody
    // read them for long, it stands there already.
    if ((await read((tx) => findEntry(tx, id))) === null) await ledger.recordLeaf('retention', id, leaf)
    await gate.write(permit, (tx) => dropSpan(tx, { ...span, id, decisions }))
    this.#logger.warn({ since, until, decisions, decision: permit.decisionId }, 'decisions went; their leaves stay')
  }
}

const iso = (moment: number | null): string | null => (moment === null ? null : new Date(moment).toISOString())
