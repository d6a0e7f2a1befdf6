import { assembleBundle, POLICY_PAYLOAD_TYPE, type BundleFiles } from '#engine/bundle.js'
import type { Permit } from '#contract/decisions/outcome.js'
import { problem } from '#contract/problems.js'
import { signBundle } from '#engine/signed-bundle.js'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import { signPayload } from '#runtime/bundle/dsse.js'
import { adminFacts, policyPart } from '../gate/admin-facts.rules.js'
import type { GateService } from '../gate/gate.service.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import type { SealedFiles } from '../gate/sealed-policies.repository.js'
import type { PolicyKeys } from '../gate/policy-keys.js'
import type { BlobStore } from '../platform/blobs/blob-store.js'
import type { Caller } from '../platform/http/caller.js'
import { insertRevision, type NewRevision } from './revisions.repository.js'

/** What would be sealed: a compiled bundle with the sources it was compiled from. */
export interface SealRequest extends Pick<NewRevision, 'base_revision' | 'draft_id' | 'source_commit' | 'tree'> {
  readonly files: BundleFiles
  /** The same policy in OPA's bundle format, not yet signed; without it no OPA agent can be given this revision. */
  readonly archive?: Uint8Array | undefined
  /** What changes in the same transaction. */
  readonly alongside?: (tx: GovernedTransaction, revision: string) => Promise<void>
}

export interface SealingParts {
  readonly gate: GateService
  readonly blobs: Pick<BlobStore, 'put'>
  readonly keys: PolicyKeys
}

const OTHERS = 'A revision of this name was sealed from something else'

/** Seals policies: their bytes get a name that stands for them, and the platform's signature. */
export class Sealing {
  constructor(private readonly parts: SealingParts) {}

  /**
   * Decides whether a draft may be sealed; before anything is compiled, so that nobody else makes the service work.
   * Raises what the gate refuses, such as `admin.policy_unchecked`.
   */
  async permit(caller: Caller, draftId: string, checksPassed: boolean): Promise<Permit> {
    const resource = { kind: 'policy_draft', id: draftId, tenant_id: PLATFORM_TENANT_ID, publisher_id: null }
    const policy = policyPart({ checks_passed: checksPassed })
    const about = { correlationId: caller.correlationId, tenantId: PLATFORM_TENANT_ID }
    const outcome = await this.parts.gate.decide('policy.seal', adminFacts(caller, resource, { policy }), about)
    return this.parts.gate.requireAllow(outcome)
  }

  /** Keeps a bundle as a revision and gives its name. Raises `already_exists` where that name stands for something else. */
  async seal(permit: Permit, caller: Caller, request: SealRequest): Promise<string> {
    const { alongside, ...rest } = request
    const made = await this.prepared(caller, rest)
    await this.parts.gate.write(permit, async (tx) => {
      if (!(await insertRevision(tx, made))) throw problem('already_exists', { detail: OTHERS })
      await alongside?.(tx, made.revision)
    })
    return made.revision
  }

  /**
   * A bundle that decided here without being sealed, such as the one that ships, made ready to be kept for all instances.
   * Blobs first: a row never names bytes that are not there. Raises PolicyLoadError where its files do not belong together.
   */
  async prepared(caller: Caller, { files, archive, ...about }: Omit<SealRequest, 'alongside'>): Promise<NewRevision> {
    const { revision: bundle_revision, sealedAs: revision } = assembleBundle(files)
    const stored = await this.store({ files, archive })
    return {
      ...about,
      revision,
      bundle_revision,
      files: stored,
      tenant_id: PLATFORM_TENANT_ID,
      sealed_by: caller.actor.id,
    }
  }

  private async store({ files, archive }: Pick<SealRequest, 'files' | 'archive'>): Promise<SealedFiles> {
    const envelope = signPayload(POLICY_PAYLOAD_TYPE, files.manifest, await this.parts.keys.sealing.signing())
    const forAgents = archive && { archive: await signBundle(archive, await this.parts.keys.agents.signing()) }
    const parts = { ...files, signature: Buffer.from(JSON.stringify(envelope)), ...forAgents }
    const kept = await Promise.all(
      Object.entries(parts).map(async ([part, bytes]) => [part, (await this.parts.blobs.put(bytes)).digest] as const),
    )
    return Object.fromEntries(kept) as unknown as SealedFiles
  }
}
