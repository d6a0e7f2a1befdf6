import { dirname } from 'node:path'
import type { PolicyChecks } from '#contract/api/policy-drafts.js'
import type { TenantDraft, TenantDraftVersion, TenantDraftWrite } from '#contract/api/tenant-policy.js'
import type { Permit } from '#contract/decisions/outcome.js'
import { problem } from '#contract/problems.js'
import { checkTenantPolicy, goldenSamples, readPolicyFolder, type TenantSample } from '#engine/author/index.js'
import { shippedBundleFolder } from '#engine/bundle.js'
import { adminFacts } from '../gate/admin-facts.rules.js'
import type { GateService } from '../gate/gate.service.js'
import type { BlobStore } from '../platform/blobs/blob-store.js'
import type { Database } from '../platform/database/database.service.js'
import type { Caller } from '../platform/http/caller.js'
import { exact } from './exact.js'
import type { PolicyTool } from './policy-tool.js'
import {
  answeredDecisions,
  findTenantDraft,
  keepTenantChecks,
  writeTenantDraft,
  type TenantDraftRow,
} from './tenant-policy.repository.js'
import { samplesOf, shownTenantDraft, sourcesDigest, whatIf } from './tenant-policy.rules.js'
import { tenantOfCaller } from './tenant-of-caller.js'
import type { Turns } from './turns.js'

/** How many past decisions a draft is asked about: the newest that policy answered. */
const MAX_PAST = 2_000

export interface TenantDraftParts {
  readonly database: Pick<Database, 'inScope'>
  readonly gate: Pick<GateService, 'decide' | 'requireAllow' | 'write'>
  readonly blobs: Pick<BlobStore, 'put'>
  readonly tool: Pick<PolicyTool, 'open'>
  readonly turns: Pick<Turns, 'take'>
}

/** Restrictions in the making. An organisation has one draft; each change is decided and says which state it was made on. */
export class TenantDrafts {
  /** Organisations whose checks are at work or wait: one each, so that none takes all turns. */
  private readonly checking = new Set<string>()
  private golden: Promise<readonly TenantSample[]> | undefined

  constructor(private readonly parts: TenantDraftParts) {}

  /** The draft of the caller's organisation. Raises `not_found`. */
  async show(caller: Caller): Promise<TenantDraft> {
    return shownTenantDraft(await this.find(caller))
  }

  /** Writes the draft. Raises `conflict`, and what the gate refuses. */
  async write(caller: Caller, { source, tests, version }: TenantDraftWrite): Promise<TenantDraft> {
    const permit = await this.permitFor(caller)
    const text = { source, tests, version, updated_by: caller.actor.id }
    return this.kept(await this.parts.gate.write(permit, (tx) => writeTenantDraft(tx, text)))
  }

  /**
   * Runs every check, asks the draft about past decisions, and keeps what came of it. Raises `not_found`, `conflict`,
   * `overloaded`, `policy.tool_missing`, and what the gate refuses.
   */
  async check(caller: Caller, { version }: TenantDraftVersion): Promise<TenantDraft> {
    const { gate } = this.parts
    // Decided first, so that nobody else makes the service work; the permit to keep the outcome comes after it, fresh.
    await this.permitFor(caller)
    const draft = await this.open(caller, version)
    const found = await this.inTurn(tenantOfCaller(caller), () => this.checked(caller, draft))
    const permit = await this.permitFor(caller)
    return this.kept(await gate.write(permit, (tx) => keepTenantChecks(tx, { version, ...found })))
  }

  /** The draft as it stands at `version`. Raises `not_found`, `conflict`. */
  async open(caller: Caller, version: number): Promise<TenantDraftRow> {
    const draft = await this.find(caller)
    if (draft.version !== version) throw problem('conflict')
    return draft
  }

  private async checked(caller: Caller, draft: TenantDraftRow) {
    const { database, blobs, tool } = this.parts
    const tenant = tenantOfCaller(caller)
    const answered = await database.inScope({ tenant }, (tx) => answeredDecisions(tx, { tenant, limit: MAX_PAST }))
    const past = samplesOf(tenant, answered)
    const golden = await (this.golden ??= shippedSamples())
    const { report, wasm, said } = await checkTenantPolicy(draft, {
      tool: await tool.open(),
      samples: [...past, ...golden],
    })
    return {
      checks: exact(report) as PolicyChecks,
      checked: sourcesDigest(draft),
      module: wasm && report.ok ? (await blobs.put(wasm)).digest : null,
      what_if: report.ok ? whatIf(past, said) : null,
    }
  }

  private async inTurn<T>(tenant: string, work: () => Promise<T>): Promise<T> {
    if (this.checking.has(tenant)) throw problem('overloaded', { retryAfter: 10 })
    this.checking.add(tenant)
    return this.parts.turns.take(tenant, work).finally(() => this.checking.delete(tenant))
  }

  private async find(caller: Caller): Promise<TenantDraftRow> {
    const tenant = tenantOfCaller(caller)
    const draft = await this.parts.database.inScope({ tenant }, (tx) => findTenantDraft(tx, tenant))
    if (!draft) throw problem('not_found', { detail: 'There is no draft yet: gatehouse policy tenant push DIR' })
    return draft
  }

  private kept(row: TenantDraftRow | undefined): TenantDraft {
    if (!row) throw problem('conflict')
    return shownTenantDraft(row)
  }

  private async permitFor(caller: Caller): Promise<Permit> {
    const { gate } = this.parts
    const tenantId = tenantOfCaller(caller)
    const resource = { kind: 'tenant_policy', id: 'draft', tenant_id: tenantId, publisher_id: null }
    const about = { correlationId: caller.correlationId, tenantId }
    return gate.requireAllow(await gate.decide('tenant_policy.draft', adminFacts(caller, resource), about))
  }
}

/** The golden cases that ship: every gate is among them, also where an organisation has no past. */
const shippedSamples = async (): Promise<readonly TenantSample[]> =>
  goldenSamples(await readPolicyFolder(dirname(shippedBundleFolder())))
