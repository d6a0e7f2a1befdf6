/** Bytes that have arrived and are not kept yet. One of `keep` and `discard` ends it; `discard` after `keep` does nothing. */
export interface StagedBlob {
  /** `sha256:` and hex, computed while the bytes streamed in. */
  readonly digest: string
  readonly sizeBytes: number
  /** File with the bytes, until discarded. */
  readonly path: string
  /** Makes the bytes durable under their digest. Idempotent. */
  keep(): Promise<void>
  /** Removes what was not kept. */
  discard(): Promise<void>
}
