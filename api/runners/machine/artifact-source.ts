import type { KeyObject } from 'node:crypto'
import { ADMISSION_FILE, readArtifact, SIGNATURE_FILE, verifyArtifact } from '#runtime/admission/artifact.js'
import type { AdmissionRecord, Artifact } from '#runtime/admission/artifact.js'
import { digestOf } from '#runtime/digest.js'
import { AdmissionError } from '#runtime/errors.js'
import { ARTIFACT_FILE } from '../channel/lane-frames.js'

/** More than any artifact has: whoever could sign a record must not have a runner ask for ever. */
const MAX_FILES = 64

/** Where the files of one artifact are had: the lane of a call that runs it. Null where there is no such file there. */
export type ReadFile = (file: string) => Promise<Uint8Array | null>

/** Gets artifacts from those whose calls run them, and verifies each as a local load does. */
export class ArtifactSource {
  /** By digest, the lanes that run it now. */
  private readonly lanes = new Map<string, Set<ReadFile>>()

  constructor(private readonly keys: readonly KeyObject[]) {}

  /** Says that `read` has the files of this digest, until the answer is called. */
  offer(digest: string, read: ReadFile): () => void {
    const offering = this.lanes.get(digest) ?? new Set()
    this.lanes.set(digest, offering.add(read))
    return () => {
      offering.delete(read)
      if (offering.size === 0) this.lanes.delete(digest)
    }
  }

  /** Raises what `verifyArtifact` and `readArtifact` raise, or `artifact.missing`. */
  async obtain(digest: string): Promise<Artifact> {
    const tried = new Set<ReadFile>()
    let failure: Error | undefined
    // One that goes, or has it not, or has another, must not spoil it for the others who wait for the same.
    for (;;) {
      const read = [...(this.lanes.get(digest) ?? [])].find((each) => !tried.has(each))
      if (!read) throw failure ?? missing(digest)
      tried.add(read)
      try {
        return await this.fetch(digest, read)
      } catch (error) {
        failure = error as Error
      }
    }
  }

  private async fetch(digest: string, read: ReadFile): Promise<Artifact> {
    const need = async (file: string): Promise<Uint8Array> => {
      const bytes = ARTIFACT_FILE.test(file) ? await read(file) : null
      if (bytes === null) throw missing(digest)
      return bytes
    }
    const signature = await need(SIGNATURE_FILE)
    this.verify(digest, signature)
    const record = await need(ADMISSION_FILE)
    // Before a word of the record is believed, its bytes are held against the digest, which is signed.
    if (digestOf(record) !== digest) throw missing(digest)
    const { files } = JSON.parse(Buffer.from(record).toString('utf8')) as AdmissionRecord
    if (files.length > MAX_FILES) throw missing(digest)
    const contents = new Map<string, Uint8Array>([[ADMISSION_FILE, record]])
    for (const { path } of files) contents.set(path, await need(path))
    return readArtifact(contents, digest)
  }

  private verify(digest: string, signature: Uint8Array): void {
    const failures = this.keys.map((key) => {
      try {
        verifyArtifact(digest, signature, key)
        return null
      } catch (error) {
        return error as Error
      }
    })
    if (!failures.includes(null)) throw failures[0]!
  }
}

const missing = (digest: string): AdmissionError =>
  new AdmissionError('artifact.missing', 'nobody whose call runs the artifact could give it', { digest })
