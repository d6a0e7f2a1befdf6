import type { Certification } from '#contract/api/registry.js'
import type { Manifest } from '#contract/manifest/index.js'
import type { Envelope } from './envelope.rules.js'

/** A submitted version that could be published as it is. Kept as a blob while people review it. */
export interface Submission {
  readonly publisher_id: string
  readonly digest: string
  readonly size_bytes: number
  readonly artifact_digest: string
  /** The platform's signature over the artifact's digest: base64. */
  readonly artifact_signature: string
  readonly envelope: Envelope | null
  readonly manifest: Manifest
  readonly certification: Certification
}
