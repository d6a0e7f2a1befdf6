import canonicalize from 'canonicalize'
import { z } from 'zod'
import { Digest, ExtensionId, Semver, Uuid } from '#contract/primitives.js'
import { digestOf } from '#runtime/digest.js'
import type { PublishFacts } from './publish-facts.rules.js'
import type { Submission } from './submission.js'
import { inWords } from './views.rules.js'

/** RFC 8785 bytes of a JSON value. */
export const canonicalBytes = (value: object): Buffer => Buffer.from(canonicalize(value) ?? '')

/** What reviewers are shown. The digests bind their votes to bundle, artifact, manifest and the whole submission. */
export const reviewSubject = (submission: Submission, facts: PublishFacts, submissionDigest: string) => ({
  extension: submission.manifest.id,
  version: submission.manifest.version,
  title: submission.manifest.name,
  description: submission.manifest.description,
  publisher_id: submission.publisher_id,
  digest: submission.digest,
  artifact_digest: submission.artifact_digest,
  manifest_digest: digestOf(canonicalBytes(submission.manifest)),
  permissions: inWords(submission.manifest.permissions),
  permissions_added: facts.manifest.permissions_added,
  egress: submission.manifest.egress,
  secrets: submission.manifest.secrets.map(({ name }) => name),
  findings: submission.certification.findings,
  submission: submissionDigest,
})

/** The parts of a review's subject that settling it needs. */
export const ReviewSubject = z.object({
  extension: ExtensionId,
  version: Semver,
  publisher_id: Uuid,
  digest: Digest,
  artifact_digest: Digest,
  submission: Digest,
})
export type ReviewSubject = z.infer<typeof ReviewSubject>
