import type { DraftDiff, PolicyChecks, PolicyDraft } from '#contract/api/policy-drafts.js'
import type { PolicyRevision, RevisionDiffQuery } from '#contract/api/policy.js'
import { problem } from '#contract/problems.js'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import { checkAside, diffAside, sealAside, SourcesUnreadable, type PolicyFiles } from '#engine/author/index.js'
import { assembleBundle, readShippedBundle, type BundleFiles, type PolicyBundle } from '#engine/bundle.js'
import type { z } from 'zod'
import type { SealedPoliciesRepository } from '../gate/sealed-policies.repository.js'
import type { BlobStore } from '../platform/blobs/blob-store.js'
import type { Database } from '../platform/database/database.service.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import { changeDraft, type DraftRow } from './drafts.repository.js'
import { hasPassed, treeDigest } from './drafts.rules.js'
import type { Drafts } from './drafts.service.js'
import { exact } from './exact.js'
import type { InForce } from './in-force.js'
import type { PolicyTool } from './policy-tool.js'
import { findRevision } from './revisions.repository.js'
import type { Sealing } from './sealing.service.js'
import { readSources, sourcesOfRevision } from './source-tree.js'
import type { Turns } from './turns.js'

/** Bytes of all sources of a policy together; ours have a fifth of it. */
const MAX_SOURCE_BYTES = 1024 * 1024

export interface DraftCheckParts {
  readonly database: Pick<Database, 'inScope'>
  readonly blobs: BlobStore
  readonly drafts: Drafts
  readonly sealed: Pick<SealedPoliciesRepository, 'read'>
  readonly sealing: Pick<Sealing, 'permit' | 'seal'>
  readonly inForce: InForce
  readonly tool: Pick<PolicyTool, 'open' | 'regal'>
  readonly turns: Turns
}

/** What is done with a draft: its Rego behind the launcher, the rest in a thread of its own, one thing at a time. */
export class DraftChecks {
  constructor(private readonly parts: DraftCheckParts) {}

  /** Runs every check and keeps what they say. Raises `policy.tool_missing`, `overloaded`, and what changing a draft raises. */
  async check(caller: Caller, id: string, { version }: { version: number }): Promise<PolicyDraft> {
    const { drafts } = this.parts
    const draft = await drafts.open(caller, id, version)
    return drafts.change(caller, draft, async () => {
      const report = await this.inTurn(async () => {
        const tool = await this.parts.tool.open()
        const base = await this.bundleInForce()
        return checkAside(await this.filesOf(draft), { tool, base, regal: await this.parts.tool.regal() })
      })
      return { checks: { report: exact(report) as PolicyChecks, tree: treeDigest(draft.tree) } }
    })
  }

  /** What a draft changes against its base. Raises `policy.unreadable`, `policy.tool_missing`, `policy.sources_missing`, `overloaded`. */
  async diff(caller: Caller, id: string): Promise<z.infer<typeof DraftDiff>> {
    const draft = await this.parts.drafts.find(caller, id)
    const base = await this.parts.drafts.sources(draft.base_revision)
    const diff = await this.inTurn(async () => {
      const tool = await this.parts.tool.open()
      return diffAside(await readSources(this.parts.blobs, base), await this.filesOf(draft), { tool })
    })
    return diff as z.infer<typeof DraftDiff>
  }

  /**
   * What a sealed policy changes against another one, or against what is in force; by the name that decisions record as well. Raises
   * `not_found` where the caller sees no such revision, and as `diff` does.
   */
  async diffOfRevision(
    caller: Caller,
    revision: string,
    { from }: RevisionDiffQuery,
  ): Promise<z.infer<typeof DraftDiff>> {
    const { blobs, database, inForce } = this.parts
    if (!caller.actor.platform) throw problem('not_found')
    const base = from ?? (await inForce.revision())
    if (base === null) throw problem('policy.unavailable')
    const [before, after] = [
      await sourcesOfRevision(blobs, database, base),
      await sourcesOfRevision(blobs, database, revision),
    ]
    const diff = await this.inTurn(async () => diffAside(before, after, { tool: await this.parts.tool.open() }))
    return diff as z.infer<typeof DraftDiff>
  }

  /** The bundle that sources make. Raises `policy.tool_missing`, and what the compiler refuses. It waits for as long as it takes, or until the signal ends it. */
  async compile(files: PolicyFiles, signal: AbortSignal): Promise<BundleFiles> {
    const { bundle } = await this.afterOthers(async () => {
      signal.throwIfAborted()
      return sealAside(files, { tool: await this.parts.tool.open(), signal })
    })
    return bundle
  }

  /**
   * Seals a draft that passed its checks, and closes it. Raises `policy.base_moved` where another policy came in force
   * since it began, what the gate refuses (`admin.policy_unchecked`), and as `check` does.
   */
  async seal(caller: Caller, id: string, { version }: { version: number }): Promise<PolicyRevision> {
    const { drafts, sealing, database, inForce } = this.parts
    const draft = await drafts.open(caller, id, version)
    const { base_revision, source_commit, tree } = draft
    const revision = await this.inTurn(async () => {
      const permit = await sealing.permit(caller, id, hasPassed(draft))
      if (base_revision !== (await inForce.revision())) throw problem('policy.base_moved')
      const { bundle, archive } = await sealAside(await this.filesOf(draft), { tool: await this.parts.tool.open() })
      return sealing.seal(permit, caller, {
        ...{ files: bundle, archive, base_revision, source_commit, tree, draft_id: id },
        alongside: async (tx, sealed_revision) => {
          if (!(await changeDraft(tx, draft, { state: 'sealed', sealed_revision }))) throw problem('conflict')
        },
      })
    })
    const row = await database.inScope(scopeOf(caller), (tx) => findRevision(tx, revision))
    return { ...row!, in_force: revision === (await inForce.revision()) }
  }

  /** The sources of a draft. Raises `request.too_large`. */
  async filesOf({ tree }: Pick<DraftRow, 'tree'>): Promise<PolicyFiles> {
    const files = await readSources(this.parts.blobs, tree)
    const bytes = [...files.values()].reduce((sum, file) => sum + file.byteLength, 0)
    if (bytes > MAX_SOURCE_BYTES)
      throw problem('request.too_large', {
        detail: `A policy's sources have at most ${MAX_SOURCE_BYTES} bytes together`,
      })
    return files
  }

  /** What costs are held against; undefined where it can't be had. */
  private async bundleInForce(): Promise<PolicyBundle | undefined> {
    const revision = await this.parts.inForce.revision()
    const files = revision === null ? null : await this.parts.sealed.read(revision)
    return files ? assembleBundle(files) : readShippedBundle()
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.parts.turns.take(PLATFORM_TENANT_ID, work).catch(readable)
  }

  private afterOthers<T>(work: () => Promise<T>): Promise<T> {
    return this.parts.turns.afterOthers(PLATFORM_TENANT_ID, work).catch(readable)
  }
}

const readable = (error: unknown): never => {
  throw error instanceof SourcesUnreadable
    ? problem('policy.unreadable', { detail: error.message.slice(0, 500), cause: error })
    : error
}
