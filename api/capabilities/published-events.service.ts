import { Injectable } from '@nestjs/common'
import type { PublishedEvent, PublishedEventQuery } from '#contract/api/events.js'
import { Database } from '../platform/database/database.service.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import { pageBy } from '../platform/http/page.js'
import { envelope } from './event-envelope.rules.js'
import { listPublished } from './published-events.repository.js'

/** Shows what extensions published. */
@Injectable()
export class PublishedEvents {
  constructor(private readonly database: Database) {}

  /** Events of the caller's organisation, newest first. Raises `request.invalid` for a cursor that was not given out. */
  async list(
    caller: Caller,
    query: PublishedEventQuery,
  ): Promise<{ items: PublishedEvent[]; next_cursor: string | null }> {
    const page = await pageBy(query, (rows) =>
      this.database.inScope(scopeOf(caller), (tx) => listPublished(tx, { ...rows, filters: query })),
    )
    return { ...page, items: page.items.map(envelope) }
  }
}
