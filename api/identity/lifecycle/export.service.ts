import {
  EXPORT_SECTIONS,
  type ExportSection,
  type OrganisationExportPage,
  type OrganisationExportQuery,
} from '#contract/api/organisation-export.js'
import { z } from 'zod'
import { problem } from '#contract/problems.js'
import type { Database } from '../../platform/database/database.service.js'
import { scopeOf } from '../../platform/http/caller-scope.js'
import type { Caller } from '../../platform/http/caller.js'
import { findTenant } from '../organisations.repository.js'
import { readSection, type ExportedRow } from './export.repository.js'
import { EXPORTED } from './export.sections.js'

/** What the rows of one page may take together, as JSON; the first row goes out whatever it takes. */
const PAGE_BYTES = 4 * 1024 * 1024

/** Where a page ended: in a section, after a key; null: at the section's beginning. */
const Place = z.tuple([z.enum(EXPORT_SECTIONS), z.array(z.string()).max(5).nullable()])
type Place = z.infer<typeof Place>

const cursorOf = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url')

const wrongCursor = () =>
  problem('request.invalid', {
    errors: [{ pointer: '/query/cursor', detail: 'must be the next_cursor of the page before' }],
  })

/** Raises `request.invalid` where the cursor was not given out by us. */
const placeOf = (cursor: string | undefined): Place => {
  if (cursor === undefined) return [EXPORT_SECTIONS[0], null]
  try {
    const place = Place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
    const [section, after] = place
    if (after === null || after.length === EXPORTED[section].key.length) return place
  } catch {
    // It is told below.
  }
  throw wrongCursor()
}

/** As many rows from the first on as fit one page. */
const fitting = (rows: readonly ExportedRow[], limit: number): readonly ExportedRow[] => {
  let bytes = 0
  const end = rows.slice(0, limit).findIndex(({ row }, index) => {
    bytes += JSON.stringify(row).length
    return index > 0 && bytes > PAGE_BYTES
  })
  return rows.slice(0, end === -1 ? limit : end)
}

const sectionAfter = (section: ExportSection): ExportSection | undefined =>
  EXPORT_SECTIONS[EXPORT_SECTIONS.indexOf(section) + 1]

/** Everything that an organisation has here, page by page, without secrets: one goes on where one was left. */
export class OrganisationExport {
  constructor(private readonly database: Pick<Database, 'inScope' | 'read'>) {}

  /** One page. That the caller may read it is decided, and on record. Raises `not_found`, `request.invalid`. */
  async page(caller: Caller, id: string, { limit, cursor }: OrganisationExportQuery): Promise<OrganisationExportPage> {
    const [section, after] = placeOf(cursor)
    if (!(await this.database.read(scopeOf(caller), (tx) => findTenant(tx, id)))) throw problem('not_found')
    const asked = { tenantId: id, after, limit: limit + 1 }
    // In the organisation's own scope, so that nothing of another one is seen, whoever asks.
    const found = await this.database
      .inScope({ tenant: id }, (tx) => readSection(tx, EXPORTED[section], asked))
      .catch((error: unknown) => Promise.reject(isBadKey(error) ? wrongCursor() : (error as Error)))
    const rows = fitting(found, limit)
    const last = rows.at(-1)
    const next = sectionAfter(section)
    const place: Place | null =
      rows.length < found.length && last ? [section, [...last.key]] : next === undefined ? null : [next, null]
    return { section, rows: rows.map(({ row }) => row), next_cursor: place && cursorOf(place) }
  }
}

/** Text that is no value of the key's type (PostgreSQL class 22). */
const isBadKey = (error: unknown): boolean => String((error as { code?: unknown } | null)?.code).startsWith('22')
