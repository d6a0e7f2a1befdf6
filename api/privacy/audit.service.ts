import { Injectable } from '@nestjs/common'
import type { AuditEntry, AuditExportQuery, AuditFilters, AuditQuery } from '#contract/api/privacy.js'
import { Database } from '../platform/database/database.service.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import { pageBy, type IdPage } from '../platform/http/page.js'
import { findSought, readAudit } from './audit.repository.js'
import { csvLine } from './csv.rules.js'

/** Entries that an export reads at once. */
const STRETCH = 500

const HEADER = [
  ...['at', 'source', 'actor', 'name', 'action', 'did', 'outcome', 'resource_kind', 'resource_id', 'reasons'],
  ...['from_kind', 'from_name', 'decision_id', 'correlation_id', 'tenant', 'id'],
]
const cells = (entry: AuditEntry) => [
  ...[entry.at, entry.source, entry.actor, entry.name, entry.action, entry.did, entry.outcome],
  ...[entry.resource?.kind ?? null, entry.resource?.id ?? null, entry.reasons.join(' ')],
  ...[entry.from.kind, entry.from.name, entry.decision_id, entry.correlation_id, entry.tenant, entry.id],
]

/** Who did what, from where, under which decision: administration, sign-in and SCIM in one list. */
@Injectable()
export class Audit {
  constructor(private readonly database: Database) {}

  /** A page, newest first. Raises `request.invalid` for a cursor that is none. */
  list(caller: Caller, { limit, cursor, ...filters }: AuditQuery) {
    return pageBy({ limit, cursor }, (page) => this.read(caller, filters, page))
  }

  /** All of it as lines, newest first, from what there is now. The endpoint's own action is an export's. */
  async *lines(caller: Caller, { format, ...filters }: AuditExportQuery): AsyncGenerator<string> {
    if (format === 'csv') yield csvLine(HEADER)
    for await (const entries of this.stretches(caller, filters))
      yield entries.map((entry) => (format === 'csv' ? csvLine(cells(entry)) : `${JSON.stringify(entry)}\n`)).join('')
  }

  /** The newest entries that fit, at most so many; whether there are more. */
  async newest(caller: Caller, filters: AuditFilters, most: number): Promise<{ entries: AuditEntry[]; more: boolean }> {
    const entries: AuditEntry[] = []
    for await (const stretch of this.stretches(caller, filters)) {
      entries.push(...stretch)
      if (entries.length > most) return { entries: entries.slice(0, most), more: true }
    }
    return { entries, more: false }
  }

  private async *stretches(caller: Caller, filters: AuditFilters): AsyncGenerator<AuditEntry[]> {
    for (let before: string | null = null; ;) {
      // oxlint-disable-next-line no-await-in-loop -- Each stretch begins where the one before ended.
      const entries: AuditEntry[] = await this.read(caller, filters, { rows: STRETCH, before })
      if (entries.length > 0) yield entries
      if (entries.length < STRETCH) return
      before = entries.at(-1)!.id
    }
  }

  private read(caller: Caller, filters: AuditFilters, page: IdPage): Promise<AuditEntry[]> {
    const named = caller.actor.scopes.includes('people:read')
    return this.database.inScope(scopeOf(caller), async (tx) => {
      const { person } = filters
      const whole = person === undefined ? null : await findSought(tx, person)
      const sought = whole === undefined ? unknown(person!) : whole
      return readAudit(tx, { ...filters, sought, named }, page)
    })
  }
}

/** Somebody who was erased, or is of another organisation: what names them by this is found all the same. */
const unknown = (person: string) =>
  person.startsWith('u_') ? { id: null, pseudonym: person } : { id: person, pseudonym: null }
