import { randomUUIDv7 } from 'node:crypto'
import type { z } from 'zod'
import type {
  DraftRebase,
  DraftCreate,
  DraftFile,
  DraftPush,
  DraftQuery,
  DraftWrite,
  PolicyDraft,
} from '#contract/api/policy-drafts.js'
import { MAX_FILES } from '#contract/api/policy-drafts.js'
import { problem } from '#contract/problems.js'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import type { Approvals } from '../approvals/approvals.service.js'
import { adminFacts } from '../gate/admin-facts.rules.js'
import type { GateService } from '../gate/gate.service.js'
import type { BlobStore } from '../platform/blobs/blob-store.js'
import type { Database } from '../platform/database/database.service.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import { idPage, pageOfIds } from '../platform/http/page.js'
import { rebase, shownDraft } from './drafts.rules.js'
import {
  changeDraft,
  findDraft,
  insertDraft,
  listDrafts,
  type DraftChange,
  type DraftRow,
} from './drafts.repository.js'
import type { InForce } from './in-force.js'
import type { SourceTree } from './revisions.repository.js'
import { sourcesOf, storeSources, treeOf } from './source-tree.js'

export interface DraftParts {
  readonly database: Pick<Database, 'inScope'>
  readonly gate: Pick<GateService, 'decide' | 'requireAllow' | 'write'>
  readonly blobs: BlobStore
  readonly inForce: InForce
  readonly approvals: Pick<Approvals, 'overtake'>
}

const EDITED = 'The draft was edited after this was asked for: check it, seal it and ask again'

/** That a draft cannot be changed or judged any more, with what it was sealed as. */
export const closed = ({ state, sealed_revision }: Pick<DraftRow, 'state' | 'sealed_revision'>): Error =>
  problem('policy.draft_closed', {
    detail: state === 'sealed' ? `It is sealed as ${sealed_revision}` : 'It was given up',
  })

const noFile = (path: string): Error => problem('not_found', { detail: `The draft has no file ${path}` })

/** Policy in the making: trees of files, each change of which is decided and says which state it was made on. */
export class Drafts {
  constructor(private readonly parts: DraftParts) {}

  /** Drafts, newest first. */
  async list(caller: Caller, query: DraftQuery) {
    const { database, inForce } = this.parts
    const rows = await database.inScope(scopeOf(caller), (tx) => listDrafts(tx, idPage(query)))
    const revision = await inForce.revision()
    const summaries = rows.map((row) => {
      const { files: _, checks: __, ...summary } = shownDraft(row, revision)
      return summary
    })
    return pageOfIds(summaries, query.limit)
  }

  /** One draft. Raises `not_found`. */
  async show(caller: Caller, id: string): Promise<PolicyDraft> {
    return this.shown(await this.find(caller, id))
  }

  /** One file as text. Raises `not_found`. */
  async read(caller: Caller, id: string, path: string): Promise<z.infer<typeof DraftFile>> {
    const { tree, version } = await this.find(caller, id)
    const digest = tree[path]
    if (digest === undefined) throw noFile(path)
    return { path, text: (await this.parts.blobs.read(digest)).toString(), version }
  }

  /** Begins a draft. Raises `policy.sources_missing`, and what the gate refuses. */
  async create(caller: Caller, { name, base, files, source_commit }: DraftCreate): Promise<PolicyDraft> {
    const { blobs, inForce, gate } = this.parts
    const id = randomUUIDv7()
    const permit = await this.permitFor(caller, id)
    const base_revision = base ?? (await inForce.revision())
    if (base_revision === null) throw problem('policy.unavailable')
    const tree = files ? await storeSources(blobs, sourcesOf(files)) : await this.sources(base_revision)
    const made = { id, name, base_revision, tree, source_commit: source_commit ?? null, created_by: caller.actor.id }
    return this.shown(await gate.write(permit, (tx) => insertDraft(tx, { ...made, tenant_id: PLATFORM_TENANT_ID })))
  }

  /** Replaces every file. Raises `not_found`, `conflict`, `policy.draft_closed`, and what the gate refuses. */
  async push(caller: Caller, id: string, { files, source_commit, version }: DraftPush): Promise<PolicyDraft> {
    const draft = await this.editable(caller, id, version)
    return this.edit(caller, draft, async () => {
      const tree = await storeSources(this.parts.blobs, sourcesOf(files))
      return { tree, source_commit: source_commit ?? null }
    })
  }

  /** Writes one file. Raises as `push` does. */
  async write(
    caller: Caller,
    { id, path }: { id: string; path: string },
    { text, version }: z.infer<typeof DraftWrite>,
  ): Promise<PolicyDraft> {
    const draft = await this.editable(caller, id, version)
    return this.edit(caller, draft, async () => {
      const written = await storeSources(this.parts.blobs, sourcesOf({ [path]: text }))
      // What was edited here is no longer what the commit holds.
      return { tree: { ...draft.tree, ...written }, source_commit: null }
    })
  }

  /** Takes one file out. Raises as `push` does. */
  async remove(
    caller: Caller,
    { id, path }: { id: string; path: string },
    { version }: { version: number },
  ): Promise<PolicyDraft> {
    const draft = await this.editable(caller, id, version)
    const { [path]: removed, ...tree } = draft.tree
    if (removed === undefined) throw noFile(path)
    return this.edit(caller, draft, async () => ({ tree, source_commit: null }))
  }

  /** Takes over what changed in force since. Raises `policy.rebase_conflict` with the files, and as `push` does. */
  async rebase(caller: Caller, id: string, { version, keep }: z.infer<typeof DraftRebase>): Promise<PolicyDraft> {
    const draft = await this.editable(caller, id, version)
    const current = await this.parts.inForce.revision()
    if (current === null) throw problem('policy.unavailable')
    const [base, theirs] = [await this.sources(draft.base_revision), await this.sources(current)]
    const rebased = rebase({ base, ours: draft.tree, theirs }, new Set(keep))
    if ('conflicts' in rebased) {
      const errors = rebased.conflicts.map((path) => ({
        pointer: `/files/${path.replaceAll('/', '~1')}`,
        detail: `Changed on both sides, since ${draft.base_revision} and up to ${current}`,
      }))
      throw problem('policy.rebase_conflict', { errors })
    }
    return this.edit(caller, draft, async () => ({ tree: rebased.tree, base_revision: current }))
  }

  /** Gives a draft up. Raises as `push` does. */
  async discard(caller: Caller, id: string, { version }: { version: number }): Promise<PolicyDraft> {
    return this.change(caller, await this.open(caller, id, version), async () => ({ state: 'discarded' }))
  }

  /** A draft that was not given up, as it stands at `version`. Raises `not_found`, `policy.draft_closed`, `conflict`. */
  private async editable(caller: Caller, id: string, version: number): Promise<DraftRow> {
    const draft = await this.find(caller, id)
    if (draft.state === 'discarded') throw closed(draft)
    if (draft.version !== version) throw problem('conflict')
    return draft
  }

  /** Changes the files of a draft. One that was sealed is open again, and what waits for an approval of it is void. */
  private edit(caller: Caller, draft: DraftRow, make: () => Promise<DraftChange>): Promise<PolicyDraft> {
    return this.change(caller, draft, async () => ({ ...(await make()), state: 'open' }))
  }

  /** An open draft as it stands at `version`. Raises `not_found`, `policy.draft_closed`, `conflict`. */
  async open(caller: Caller, id: string, version: number): Promise<DraftRow> {
    const draft = await this.find(caller, id)
    if (draft.state !== 'open') throw closed(draft)
    if (draft.version !== version) throw problem('conflict')
    return draft
  }

  /** A draft in whatever state. Raises `not_found`. */
  async find(caller: Caller, id: string): Promise<DraftRow> {
    const draft = await this.parts.database.inScope(scopeOf(caller), (tx) => findDraft(tx, id))
    if (!draft) throw problem('not_found')
    return draft
  }

  /**
   * Changes a draft under a decision of its own, which is made before there is anything to be done.
   * Raises `conflict`, `request.too_large`, and what the gate refuses.
   */
  async change(caller: Caller, draft: DraftRow, make: () => Promise<DraftChange>): Promise<PolicyDraft> {
    const permit = await this.permitFor(caller, draft.id)
    const change = await make()
    if (Object.keys(change.tree ?? {}).length > MAX_FILES)
      throw problem('request.too_large', { detail: `A policy has at most ${MAX_FILES} files` })
    const changed = await this.parts.gate.write(permit, async (tx) => {
      if (draft.state === 'sealed')
        await this.parts.approvals.overtake(tx, { kind: 'policy', parts: { draft: { id: draft.id } }, because: EDITED })
      return changeDraft(tx, draft, change)
    })
    if (!changed) throw problem('conflict')
    return this.shown(changed)
  }

  /** The sources of a revision. Raises `policy.sources_missing`. */
  sources(revision: string): Promise<SourceTree> {
    return this.parts.database.inScope({ platform: true }, (tx) => treeOf(this.parts.blobs, tx, revision))
  }

  private async shown(row: DraftRow): Promise<PolicyDraft> {
    return shownDraft(row, await this.parts.inForce.revision())
  }

  private async permitFor(caller: Caller, id: string) {
    const { gate } = this.parts
    const resource = { kind: 'policy_draft', id, tenant_id: PLATFORM_TENANT_ID, publisher_id: null }
    const about = { correlationId: caller.correlationId, tenantId: PLATFORM_TENANT_ID }
    return gate.requireAllow(await gate.decide('policy.draft', adminFacts(caller, resource), about))
  }
}
