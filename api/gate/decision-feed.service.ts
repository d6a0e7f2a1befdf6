import { setImmediate } from 'node:timers/promises'
import type { DecisionExportQuery, DecisionFilters, DecisionQuery, DecisionSummary } from '#contract/api/decisions.js'
import { problem } from '#contract/problems.js'
import { readFedRecords, readFedSummaries } from '../ledger/feed.repository.js'
import { readHead } from '../ledger/log.repository.js'
import type { Database } from '../platform/database/database.service.js'
import type { Scope } from '../platform/database/scope.rules.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import type { ReadGate } from '../platform/http/ports.js'
import { exportLine } from './export-line.rules.js'
import { cursorAt, indexAfter } from './feed-cursor.rules.js'
import type { LogWatch, LogWaiter } from './log-watch.js'

/** Leaves that one statement looks through. */
const STRETCH = 2_000
/** Decisions that an export writes before other work of the process has its turn. */
const TURN = 100
/** Leaves that one page looks through where few of them fit. */
const MAX_LOOKED_THROUGH = 100_000

/** What a feed reads for whom. */
interface Feed {
  readonly scope: Scope
  readonly filters: DecisionFilters
  /** Pseudonym of the reader, whose own exports are no news to it. */
  readonly reader: string
  readonly tenant: string
}

interface Read<Item> {
  readonly items: Item[]
  /** The leaf to go on with. */
  readonly next: number
  /** All that the log had was looked through. */
  readonly isAtEnd: boolean
}

/**
 * Decisions in the order of the log, from any place of it on. A place is a leaf's index, and leaves are appended in one
 * order that never changes, so that whoever keeps its cursor misses nothing, whichever instances decide and answer.
 */
export class DecisionFeed {
  constructor(
    private readonly database: Pick<Database, 'inScope'>,
    private readonly reads: ReadGate,
    private readonly watch: Pick<LogWatch, 'begin'>,
  ) {}

  /**
   * A page of what the log took after a cursor, oldest first; where that is nothing, it waits. Recorded as an export.
   * Raises `request.invalid`, `overloaded` where too many wait.
   */
  async page(
    caller: Caller,
    query: DecisionQuery & { after: string },
    signal: AbortSignal,
  ): Promise<{ items: DecisionSummary[]; next_cursor: string }> {
    const { limit, after, wait, cursor, ...filters } = query
    if (cursor !== undefined) throw invalid('/query/cursor', 'goes with a search; a feed goes on by after')
    await this.reads.check('audit.export', caller, '/v1/decisions')
    const feed = feedOf(caller, filters)
    const { items, next } = await this.waiting(feed, { seconds: wait, signal }, async (waiter) => {
      const from = await this.place(after)
      return this.news(feed, { from, limit }, waiter)
    })
    return { items, next_cursor: cursorAt(next) }
  }

  /**
   * All that the log holds from a cursor on, as lines, and the cursor to go on with once they have all come.
   * The endpoint's own action is an export's. Raises as `page` does.
   */
  async export(
    caller: Caller,
    { format, after = 'begin', wait, ...filters }: DecisionExportQuery,
    signal: AbortSignal,
  ): Promise<{ lines: AsyncGenerator<string>; next: string }> {
    const feed = feedOf(caller, filters)
    const from = await this.waiting(feed, { seconds: wait, signal }, async (waiter) => {
      const place = await this.place(after)
      if (waiter) await this.news(feed, { from: place, limit: 1 }, waiter)
      return place
    })
    const to = await this.size()
    return { lines: this.lines(feed, { from, to }, (fed) => `${exportLine(fed, format)}\n`), next: cursorAt(to) }
  }

  private async *lines(
    { scope, filters }: Feed,
    { from, to }: { from: number; to: number },
    write: (fed: Awaited<ReturnType<typeof readFedRecords>>[number]) => string,
  ): AsyncGenerator<string> {
    for (let at = from; at < to; at += STRETCH) {
      const span = { from: at, to: Math.min(at + STRETCH, to), limit: STRETCH }
      const fed = await this.database.inScope(scope, (tx) => readFedRecords(tx, filters, span))
      for (let written = 0; written < fed.length; written += TURN) {
        yield fed
          .slice(written, written + TURN)
          .map(write)
          .join('')
        await setImmediate()
      }
    }
  }

  /**
   * What there is after a place, or, with a waiter, what comes. A reader's own exports wake nobody: each would wake the
   * reader that made it, for ever. They are delivered with whatever comes next.
   */
  private async news(
    feed: Feed,
    { from, limit }: { from: number; limit: number },
    waiter?: LogWaiter,
  ): Promise<Read<DecisionSummary>> {
    const items: DecisionSummary[] = []
    for (let at = from; ;) {
      const read = await this.read(feed, { from: at, limit: limit - items.length })
      items.push(...read.items)
      const isNews = items.some(({ action, actor }) => action !== 'audit.export' || actor !== feed.reader)
      const isDone = isNews || items.length >= limit || !read.isAtEnd
      if (isDone || !waiter || !(await waiter.grown())) return { ...read, items }
      at = read.next
    }
  }

  private read(
    { scope, filters }: Feed,
    { from, limit }: { from: number; limit: number },
  ): Promise<Read<DecisionSummary>> {
    return this.database.inScope(scope, async (tx) => {
      const { size } = await readHead(tx)
      const to = Math.min(size, from + MAX_LOOKED_THROUGH)
      const items: DecisionSummary[] = []
      for (let at = from; at < to; at += STRETCH) {
        const span = { from: at, to: Math.min(at + STRETCH, to), limit: limit - items.length }
        const fed = await readFedSummaries(tx, filters, span)
        items.push(...fed.map(({ summary }) => summary))
        if (items.length >= limit) return { items, next: fed.at(-1)!.leaf_index + 1, isAtEnd: false }
      }
      return { items, next: Math.max(from, to), isAtEnd: to === size }
    })
  }

  private size(): Promise<number> {
    return this.database.inScope({ platform: true }, async (tx) => (await readHead(tx)).size)
  }

  private async place(after: string): Promise<number> {
    return indexAfter(after, await this.size())
  }

  /** Runs `work` with a waiter that began before it looked, so that nothing falls between; without one where none is asked for. */
  private async waiting<T>(
    { tenant }: Feed,
    { seconds, signal }: { seconds: number | undefined; signal: AbortSignal },
    work: (waiter?: LogWaiter) => Promise<T>,
  ): Promise<T> {
    if (!seconds) return work()
    const waiter = await this.watch.begin(tenant, seconds * 1000, signal)
    try {
      return await work(waiter)
    } finally {
      waiter.end()
    }
  }
}

const feedOf = (caller: Caller, filters: DecisionFilters): Feed => ({
  ...{ scope: scopeOf(caller), filters, reader: caller.actor.id },
  tenant: caller.tenantId ?? '',
})

const invalid = (pointer: string, detail: string) => problem('request.invalid', { errors: [{ pointer, detail }] })
