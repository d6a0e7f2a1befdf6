import { randomUUIDv7 } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import type { DocumentKind, DocumentOf } from '#contract/api/documents.js'
import { problem } from '#contract/problems.js'
import { adminFacts } from '../gate/admin-facts.rules.js'
import { GateService } from '../gate/gate.service.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import { Database } from '../platform/database/database.service.js'
import type { Queryable } from '../platform/database/queryable.js'
import { violatedConstraint } from '../platform/database/unique-violation.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import { idPage, pageOfIds, type IdPage } from '../platform/http/page.js'
import {
  countOthers,
  findRevision,
  holdKind,
  insertRevision,
  listNewest,
  listRevisions,
  ONE_OF_EACH_REVISION,
  type DocumentName,
  type RevisionRow,
} from './documents.repository.js'
import { changesOf, tallyOf, withAuthors } from './documents.rules.js'
import { weighed, weighedTokens } from './role-grant.js'

/** Documents of one kind that an organisation may have: all of them are looked into for each install. */
const MAX_NAMES = 50
/** Fewer of those that are read along with every caller of a SCIM connection. */
const MAX_OF: Partial<Record<DocumentKind, number>> = { scim_schema: 10 }
/** Entries that these may have together, for the same reason. */
const MAX_ENTRIES = 5_000
/** Revisions whose documents a history holds at once: each may have a MiB. */
const STRETCH = 10

const WRITES = {
  list: 'list.write',
  limits: 'limits.write',
  role: 'role.write',
  group_rules: 'group_rules.write',
  scim_schema: 'scim_schema.write',
  scim_mapping: 'scim_mapping.write',
} as const
/** What documents of a kind are called together. */
const TOGETHER = {
  list: 'lists',
  limits: 'limits',
  role: 'roles',
  group_rules: 'rules',
  scim_schema: 'schemas',
  scim_mapping: 'mappings',
} as const

/** A document as a request names it; of the caller's own organisation where `tenant_id` is absent. */
export interface Named<K extends DocumentKind> {
  readonly kind: K
  readonly name: string
  readonly tenant_id?: string | undefined
}
interface Written<K extends DocumentKind> {
  readonly document: DocumentOf<K>
  readonly why: string
  /** The revision that was read; 0 where there was none. */
  readonly revision: number
}
/** What documents of a kind have to fulfil beyond their form. */
export type DocumentCheck<K extends DocumentKind> = (
  tx: Queryable,
  name: DocumentName<K>,
  document: DocumentOf<K>,
) => Promise<void>
/** What comes of a document along with it. */
export type DocumentWork<K extends DocumentKind> = (
  tx: GovernedTransaction,
  name: DocumentName<K>,
  document: DocumentOf<K>,
) => Promise<void>
type Page = { limit: number; cursor?: string | undefined; tenant_id?: string | undefined }

const shown = <K extends DocumentKind>({ id: _, ...revision }: RevisionRow<K>) => revision

/** What organisations lay down for themselves. Nothing is changed: each write is the next revision, under its decision. */
@Injectable()
export class TenantDocuments {
  private readonly listeners = new Set<(kind: DocumentKind) => void>()
  private readonly checks = new Map<DocumentKind, DocumentCheck<never>>()
  private readonly works = new Map<DocumentKind, DocumentWork<never>>()

  constructor(
    private readonly database: Database,
    private readonly gate: GateService,
  ) {}

  /** Tells of each revision that this instance writes. */
  onChange(listener: (kind: DocumentKind) => void): void {
    this.listeners.add(listener)
  }

  /** Has each document of a kind looked at, before it is decided on and again as it is written, one at a time for an organisation. */
  checkBy<K extends DocumentKind>(kind: K, check: DocumentCheck<K>): void {
    this.checks.set(kind, check)
  }

  /** Has whatever a document of a kind says carried out in the transaction in which it is written. */
  carryOutBy<K extends DocumentKind>(kind: K, work: DocumentWork<K>): void {
    this.works.set(kind, work)
  }

  /** Documents of a kind, at their newest revision; platform operators see all or those of the named organisation. */
  async list<K extends DocumentKind>(caller: Caller, kind: K, query: Page) {
    const of = { kind, tenantId: query.tenant_id ?? null }
    const rows = await this.database.inScope(scopeOf(caller), (tx) => listNewest(tx, idPage(query), of))
    const { items, next_cursor } = pageOfIds(rows, query.limit)
    return { items: items.map(shown), next_cursor }
  }

  /** A revision, the newest where none is named. Raises `not_found`. */
  async show<K extends DocumentKind>(caller: Caller, named: Named<K>, revision?: number) {
    return shown(await this.find(caller, named, revision))
  }

  /** Who changed a document when and why. Raises `not_found`. */
  async history<K extends DocumentKind>(caller: Caller, named: Named<K>, query: Page) {
    const page = idPage(query)
    const name = nameOf(caller, named)
    const told = await this.told(caller, name, page)
    if (told.length === 0 && page.before === null) throw missing(named)
    const { items, next_cursor } = pageOfIds(told, query.limit)
    return { items: items.map(({ id: _, ...item }) => item), next_cursor }
  }

  /** Revisions with what each changes, a few at a time, so that other work of the process has its turn between. */
  private async told<K extends DocumentKind>(caller: Caller, name: DocumentName<K>, { rows: wanted, before }: IdPage) {
    const told: (Omit<RevisionRow<K>, 'document'> & { readonly changes: ReturnType<typeof tallyOf> })[] = []
    for (let from = before; told.length < wanted; from = told.at(-1)!.id) {
      // One row more than is told: the one behind the last, that it changed.
      const read = { rows: STRETCH + 1, before: from }
      const rows = await this.database.inScope(scopeOf(caller), (tx) => listRevisions(tx, name, read))
      for (const [index, { document, ...revision }] of rows.slice(0, STRETCH).entries())
        told.push({ ...revision, changes: tallyOf(changesOf(rows[index + 1]?.document, document)) })
      if (rows.length <= STRETCH) break
    }
    return told.slice(0, wanted)
  }

  /** What differs between two revisions; by default the newest and the one before. Raises `not_found`. */
  async diff<K extends DocumentKind>(
    caller: Caller,
    named: Named<K>,
    asked: { from?: number | undefined; to?: number | undefined },
  ) {
    const after = await this.find(caller, named, asked.to)
    const from = asked.from ?? after.revision - 1
    const before = from === 0 ? undefined : await this.find(caller, named, from)
    return { name: named.name, from, to: after.revision, changes: changesOf(before?.document, after.document) }
  }

  /** Writes the next revision. Raises `conflict` where it is not the one that was read, and what the gate refuses. */
  async set<K extends DocumentKind>(caller: Caller, named: Named<K>, { document, why, revision }: Written<K>) {
    const name = nameOf(caller, named)
    const before = await this.newest(caller, name, { read: revision, document })
    const authored = withAuthors(document, before?.document, caller.actor.id)
    return this.write(caller, { name, before, document: authored, why, reverts_to: null })
  }

  /** Writes an earlier revision's document as the next. Raises as `set` does, and `not_found`. */
  async revert<K extends DocumentKind>(
    caller: Caller,
    named: Named<K>,
    { to, why, revision }: { to: number; why: string; revision: number },
  ) {
    const name = nameOf(caller, named)
    const { document } = await this.find(caller, named, to)
    const before = await this.newest(caller, name, { read: revision, document })
    return this.write(caller, { name, before, document, why, reverts_to: to })
  }

  /** The revision that a new document follows. Raises `conflict` where that is not the one that was read, and `request.invalid` where there would be too much. */
  private async newest<K extends DocumentKind>(
    caller: Caller,
    name: DocumentName<K>,
    { read, document }: { readonly read: number; readonly document: DocumentOf<K> },
  ) {
    const { before, others } = await this.database.inScope(scopeOf(caller), async (tx) => ({
      before: await findRevision(tx, name),
      others: await countOthers(tx, name),
    }))
    if ((before?.revision ?? 0) !== read) throw problem('conflict')
    const most = MAX_OF[name.kind] ?? MAX_NAMES
    if (!before && others.names >= most) throw tooMuch('/params/name', `is one too many: there are ${most} already`)
    const entries = 'entries' in document ? document.entries.length : 0
    if (entries > 0 && others.entries + entries > MAX_ENTRIES)
      throw tooMuch(
        '/document/entries',
        `are too many: all ${TOGETHER[name.kind]} together have at most ${MAX_ENTRIES}, and the others ${others.entries} already`,
      )
    return before
  }

  private async write<K extends DocumentKind>(
    caller: Caller,
    change: {
      readonly name: DocumentName<K>
      readonly before: RevisionRow<K> | undefined
      readonly document: DocumentOf<K>
      readonly why: string
      readonly reverts_to: number | null
    },
  ) {
    const { name, before, document, why, reverts_to } = change
    const { tenantId, kind } = name
    const resource = { kind, id: name.name, tenant_id: tenantId, publisher_id: null }
    const check = this.checks.get(kind) as DocumentCheck<K> | undefined
    const weighing = await this.database.inScope(scopeOf(caller), async (tx) => {
      await check?.(tx, name, document)
      const role_grant = await weighed(tx, caller, { kind, tenantId, before: before?.document, document })
      const scim_tokens = await weighedTokens(tx, { ...name, document })
      return { role_grant, ...(scim_tokens && { scim_tokens }) }
    })
    const facts = adminFacts(caller, resource, weighing)
    const about = { correlationId: caller.correlationId, tenantId }
    const permit = this.gate.requireAllow(await this.gate.decide(WRITES[kind], facts, about))
    const next = { id: randomUUIDv7(), revision: (before?.revision ?? 0) + 1, by: caller.actor.id }
    const written = await this.gate
      .write(permit, async (tx) => {
        if (check) await holdKind(tx, name)
        await check?.(tx, name, document)
        const revision = await insertRevision(tx, { ...name, ...next, document, why, reverts_to })
        await (this.works.get(kind) as DocumentWork<K> | undefined)?.(tx, name, document)
        return revision
      })
      .catch((error: unknown) => {
        throw violatedConstraint(error) === ONE_OF_EACH_REVISION ? problem('conflict') : error
      })
    for (const listener of this.listeners) listener(kind)
    return shown(written as RevisionRow<K>)
  }

  private async find<K extends DocumentKind>(caller: Caller, named: Named<K>, revision?: number) {
    const name = nameOf(caller, named)
    const found = await this.database.inScope(scopeOf(caller), (tx) => findRevision(tx, name, revision))
    if (!found) throw missing(named, revision)
    return found
  }
}

const KIND_WORDS: Readonly<Record<DocumentKind, string>> = {
  list: 'list',
  limits: 'set of limits',
  role: 'role',
  group_rules: 'set of group rules',
  scim_schema: 'SCIM schema',
  scim_mapping: 'SCIM mapping',
}

/** Says which document, or which revision of it, is not there. */
const missing = ({ kind, name }: Named<DocumentKind>, revision?: number) =>
  problem('not_found', {
    detail:
      revision === undefined
        ? `The organisation has no ${KIND_WORDS[kind]} named ${name} yet: it is there once its first revision is written`
        : `The organisation has no revision ${revision} of a ${KIND_WORDS[kind]} named ${name}`,
  })

const tooMuch = (pointer: string, detail: string) => problem('request.invalid', { errors: [{ pointer, detail }] })

/** Which document a request means. Raises `auth.required` for somebody of no organisation. */
export const nameOf = <K extends DocumentKind>(
  caller: Caller,
  { kind, name, tenant_id }: Named<K>,
): DocumentName<K> => {
  const tenantId = tenant_id ?? caller.tenantId
  if (tenantId === null) throw problem('auth.required')
  return { tenantId, kind, name }
}
