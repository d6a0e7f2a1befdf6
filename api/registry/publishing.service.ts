import type { Readable } from 'node:stream'
import type { Outcome } from '#contract/decisions/outcome.js'
import { problem } from '#contract/problems.js'
import type { Approvals } from '../approvals/approvals.service.js'
import { adminFacts } from '../gate/admin-facts.rules.js'
import type { GateService } from '../gate/gate.service.js'
import type { BlobStore } from '../platform/blobs/blob-store.js'
import type { StagedBlob } from '../platform/blobs/staged-blob.js'
import type { Caller } from '../platform/http/caller.js'
import { held, type Held } from '../platform/http/held.js'
import type { Artifacts } from './artifacts.service.js'
import { readEnvelope } from './envelope.rules.js'
import { problemOf, type Inspection } from './inspection.js'
import type { Inspector } from './inspector.service.js'
import type { Publications, Published } from './publications.service.js'
import { canonicalBytes, reviewSubject } from './review-subject.rules.js'
import type { Submission } from './submission.js'
import type { Submissions, Weighable } from './submissions.service.js'

/** The largest upload that is taken at all, in bytes; what it unpacks to has caps of its own behind the launcher. */
export const MAX_BUNDLE_BYTES = 32 * 1024 * 1024

const DUPLICATE = 'publish.duplicate_version'

export interface PublishingParts {
  readonly gate: GateService
  readonly approvals: Approvals
  readonly blobs: BlobStore
  readonly artifacts: Artifacts
  readonly inspector: Inspector
  readonly submissions: Submissions
  readonly publications: Publications
}

/** An upload: the envelope header as it came, the bundle's bytes, and how many the sender says there are (0: not said). */
export interface Upload {
  readonly envelope: string | string[] | undefined
  readonly body: Readable
  readonly declaredBytes: number
}

interface Decided extends Weighable {
  readonly caller: Caller
  readonly staged: StagedBlob
}

/**
 * From upload to version: staged, examined behind the launcher, its signature verified, decided, and only then kept.
 * What is refused, breaks off or crashes leaves no row; a blob is kept before the rows that name it, so the worst that a
 * crash leaves is a blob that nothing names.
 */
export class Publishing {
  constructor(private readonly parts: PublishingParts) {}

  /**
   * Publishes a bundle, or holds it for review. Raises `bundle.*`, `manifest.invalid`, `signature.malformed`,
   * `component.refused`, `request.too_large`, `publisher.required`, `version.exists`, `scanner.unavailable`, and what the gate refuses.
   */
  async publish(caller: Caller, upload: Upload): Promise<Published | Held> {
    const { blobs, inspector, submissions, gate } = this.parts
    if (upload.declaredBytes > MAX_BUNDLE_BYTES)
      throw problem('request.too_large', { detail: `The body has more than ${MAX_BUNDLE_BYTES} bytes` })
    const envelope = readEnvelope(upload.envelope)
    const staged = await blobs.stage(upload.body, { maxBytes: MAX_BUNDLE_BYTES })
    try {
      const inspection = await inspector.inspect(staged)
      const weighable = await submissions.weighable(caller, { envelope, inspection, digest: staged.digest })
      if (isThere(caller, weighable)) return { version: await this.kept(caller, weighable), created: false }
      const about = { correlationId: caller.correlationId, tenantId: weighable.facts.publisher.tenant_id }
      const { extension, semver } = weighable.names
      const outcome = await gate.decide('extension.submit', weighable.facts, { ...about, extension, semver })
      return await this.act(outcome, { ...weighable, caller, staged })
    } finally {
      await staged.discard()
    }
  }

  /** Nothing is submitted where exactly this is published already: it is read, and that is what is decided. */
  private async kept(caller: Caller, { inspection, facts, digest }: Weighable): Promise<Published['version']> {
    if (inspection.kind !== 'read') throw problemOf(inspection)
    const { gate, publications } = this.parts
    const about = { correlationId: caller.correlationId, tenantId: facts.publisher.tenant_id }
    const asked = adminFacts(caller, facts.resource)
    await gate.pending(asked, about)
    const weighed = gate.weigh('extension.read', asked, about)
    // Of reads only refusals are kept.
    gate.requireAllow(weighed.outcome.kind === 'allow' ? weighed.outcome : await gate.record(weighed))
    return publications.sameOrRefuse({ manifest: inspection.manifest, digest })
  }

  private async act(outcome: Outcome, decided: Decided): Promise<Published | Held> {
    switch (outcome.kind) {
      case 'allow':
        return this.parts.publications.write(outcome.permit, await this.keep(outcome, decided))
      case 'hold':
        return this.hold(outcome, decided)
      case 'deny':
        return this.denied(outcome, decided)
      case 'unavailable':
        throw this.parts.gate.refusal(outcome)
    }
  }

  /** Keeps bundle and artifact, so that rows can name them. Raises the inspection's own problem where there is nothing to keep. */
  private async keep({ decisionId }: Outcome, { inspection, facts, envelope, staged }: Decided): Promise<Submission> {
    if (inspection.kind !== 'read') throw problemOf(inspection, { decisionId })
    const { manifest, certification, artifact } = inspection
    if (!artifact) throw refusedComponent(inspection, decisionId)
    await staged.keep()
    const { digest, sizeBytes: size_bytes } = staged
    return {
      ...{ publisher_id: facts.publisher.id, digest, size_bytes, envelope, manifest, certification },
      ...(await this.parts.artifacts.keep(artifact)),
    }
  }

  /** Nothing is written yet: what reviewers are shown carries the digest of all that would be. */
  private async hold(outcome: Extract<Outcome, { kind: 'hold' }>, decided: Decided): Promise<Held> {
    const { approvals, blobs } = this.parts
    const { facts, names, caller } = decided
    const submission = await this.keep(outcome, decided)
    const { digest } = await blobs.put(canonicalBytes(submission))
    const approval = await approvals.open(outcome, {
      title: `Review ${names.extension} ${names.semver}`,
      subject: reviewSubject(submission, facts, digest),
      subjectPublisherId: facts.publisher.id,
      openedBy: caller.actor.id,
    })
    return held(approval, outcome.reasons, outcome.decisionId)
  }

  /** What could not be read is told as such where the signature was in order; other bytes of a version by its name. */
  private async denied(
    outcome: Extract<Outcome, { kind: 'deny' }>,
    { inspection, facts, staged }: Decided,
  ): Promise<Published> {
    const { decisionId, reasons } = outcome
    if (inspection.kind === 'unavailable') throw problemOf(inspection, { decisionId, reasons })
    if (inspection.kind !== 'read') {
      if (facts.signature.state === 'valid' && !outcome.hidden) throw problemOf(inspection, { decisionId, reasons })
      throw this.parts.gate.refusal(outcome)
    }
    if (!reasons.every(({ id }) => id === DUPLICATE)) throw this.parts.gate.refusal(outcome)
    const { manifest } = inspection
    const version = await this.parts.publications.sameOrRefuse({ manifest, digest: staged.digest })
    return { version, created: false }
  }
}

/** Whether the publisher itself sends a version that it has published, in the same bytes and under a signature that counts. */
const isThere = ({ actor }: Caller, { facts, inspection, digest }: Weighable): boolean =>
  inspection.kind === 'read' &&
  facts.version.exists &&
  facts.version.digest === digest &&
  facts.signature.state === 'valid' &&
  facts.signature.publisher_id === facts.publisher.id &&
  facts.publisher.id === actor.publisher_id

const refusedComponent = ({ certification }: Extract<Inspection, { kind: 'read' }>, decisionId: string) =>
  problem('component.refused', {
    decisionId,
    detail: certification.findings[0]?.message ?? 'The component was not admitted',
  })
