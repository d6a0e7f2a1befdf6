import { createPublicKey, type KeyObject } from 'node:crypto'
import { join } from 'node:path'
import { ZodError } from 'zod'
import { problem } from '#contract/problems.js'
import {
  ADMISSION_FILE,
  AdmissionRecord,
  loadArtifact,
  readArtifact,
  signArtifact,
  verifyArtifact,
  writeArtifact,
  type Artifact,
} from '#runtime/admission/artifact.js'
import { AdmissionError } from '#runtime/errors.js'
import { BlobCorrupt, BlobMissing } from '../platform/blobs/blob-faults.js'
import type { BlobStore } from '../platform/blobs/blob-store.js'

/** An admitted artifact as rows name it. The signature is base64. */
export interface KeptArtifact {
  readonly artifact_digest: string
  readonly artifact_signature: string
}

export interface ArtifactsParts {
  readonly blobs: BlobStore
  /** Private Ed25519 key by which this platform signs what it admitted. */
  readonly glueKey: KeyObject
  /** Where slots read artifacts from: one folder each, by digest. */
  readonly folder: string
}

/**
 * Admitted components. Each file is a blob under its own digest; the record that lists them is the blob whose digest
 * names the artifact. Signed here when admitted, verified here before a slot may load it.
 */
export class Artifacts {
  private readonly publicKey: KeyObject

  constructor(private readonly parts: ArtifactsParts) {
    this.publicKey = createPublicKey(parts.glueKey)
  }

  /** Checks an artifact against its own record, signs it and keeps its files. */
  async keep({ digest, files }: Artifact): Promise<KeptArtifact> {
    const { record } = readArtifact(files, digest)
    for (const { path } of record.files) await this.parts.blobs.put(files.get(path)!)
    await this.parts.blobs.put(files.get(ADMISSION_FILE)!)
    return {
      artifact_digest: digest,
      artifact_signature: Buffer.from(signArtifact(digest, this.parts.glueKey)).toString('base64'),
    }
  }

  /**
   * The folder of an artifact for slots, verified to the last file; written anew from the blobs where it is not there or
   * not what was admitted. Raises `storage.corrupt` where signature or blobs do not hold: nothing else may run.
   */
  async materialise({ artifact_digest: digest, artifact_signature }: KeptArtifact): Promise<string> {
    const folder = join(this.parts.folder, digest.slice('sha256:'.length))
    const signature = Buffer.from(artifact_signature, 'base64')
    try {
      verifyArtifact(digest, signature, this.publicKey)
      if (await this.isWhole(folder, digest)) return folder
      await writeArtifact(folder, await this.fromBlobs(digest), signature)
      return folder
    } catch (error) {
      throw isStorageFault(error) ? problem('storage.corrupt', { detail: error.message, cause: error }) : error
    }
  }

  private isWhole(folder: string, digest: string): Promise<boolean> {
    return loadArtifact(folder, digest, this.publicKey).then(
      () => true,
      (error: unknown) => {
        if (error instanceof AdmissionError) return false
        throw error
      },
    )
  }

  private async fromBlobs(digest: string): Promise<Artifact> {
    const { blobs } = this.parts
    const bytes = await blobs.read(digest)
    const files = new Map<string, Uint8Array>([[ADMISSION_FILE, bytes]])
    const record = AdmissionRecord.parse(JSON.parse(bytes.toString('utf8')))
    for (const { path, digest: ofFile } of record.files) files.set(path, await blobs.read(ofFile))
    return readArtifact(files, digest)
  }
}

const isStorageFault = (error: unknown): error is Error =>
  error instanceof AdmissionError ||
  error instanceof ZodError ||
  error instanceof BlobCorrupt ||
  error instanceof BlobMissing
