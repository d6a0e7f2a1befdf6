import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Digest } from '#contract/primitives.js'
import { problem } from '#contract/problems.js'
import { digestOf } from '#runtime/digest.js'
import { BlobCorrupt, BlobMissing } from './blob-faults.js'
import type { StagedBlob } from './staged-blob.js'

const PREFIX = 'sha256:'
const PRIVATE_FILE = 0o600
const PRIVATE_FOLDER = 0o700

/**
 * Content-addressed bytes on disk: `<folder>/<first two hex digits>/<hex>`, uploads under `<folder>/staging`.
 * A blob appears by one rename after its bytes are on disk, so a crash leaves a staged file at worst, never half a blob.
 */
export class BlobStore {
  constructor(private readonly folder: string) {}

  /**
   * Takes bytes as they stream in, without keeping them yet. Raises `request.too_large` as soon as there are more than
   * `maxBytes`, and what the source raises; then no file is left.
   */
  async stage(source: AsyncIterable<Uint8Array>, { maxBytes }: { maxBytes: number }): Promise<StagedBlob> {
    await mkdir(this.staging, { recursive: true, mode: PRIVATE_FOLDER })
    const path = join(this.staging, randomUUID())
    try {
      return this.staged(path, await receive(path, source, maxBytes))
    } catch (error) {
      await rm(path, { force: true })
      throw error
    }
  }

  /** Keeps bytes; putting the same bytes again changes nothing. */
  async put(bytes: Uint8Array): Promise<{ readonly digest: string }> {
    const staged = await this.stage(once(bytes), { maxBytes: bytes.byteLength })
    try {
      await staged.keep()
      return { digest: staged.digest }
    } finally {
      await staged.discard()
    }
  }

  /** The bytes of a digest, verified. Raises {@link BlobMissing}, {@link BlobCorrupt}. */
  async read(digest: string): Promise<Buffer> {
    const bytes = await readFile(this.pathOf(digest)).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'ENOENT' ? new BlobMissing(digest) : error
    })
    if (digestOf(bytes) !== digest) throw new BlobCorrupt(digest)
    return bytes
  }

  /** Whether the kept bytes are still what their digest says, without holding them in memory. Raises as `read` does. */
  async verify(digest: string): Promise<void> {
    const hash = createHash('sha256')
    try {
      for await (const chunk of createReadStream(this.pathOf(digest))) hash.update(chunk as Buffer)
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? new BlobMissing(digest) : error
    }
    if (PREFIX + hash.digest('hex') !== digest) throw new BlobCorrupt(digest)
  }

  /** Removes a blob; one that is not there is no fault. */
  async remove(digest: string): Promise<void> {
    await rm(this.pathOf(digest), { force: true })
  }

  /**
   * Removes uploads that a crash left staged: those that nothing was written to for `olderThanMs`. Younger ones may be
   * under way on another instance. Answers how many there were.
   */
  async sweepStaging(olderThanMs: number): Promise<number> {
    const names = await readdir(this.staging).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return []
      throw error
    })
    const paths = names.map((name) => join(this.staging, name))
    const swept = await Promise.all(paths.map((path) => removeStale(path, Date.now() - olderThanMs)))
    return swept.filter(Boolean).length
  }

  private get staging(): string {
    return join(this.folder, 'staging')
  }

  private staged(path: string, received: Pick<StagedBlob, 'digest' | 'sizeBytes'>): StagedBlob {
    return {
      ...received,
      path,
      keep: () => this.keep(path, received.digest),
      discard: () => rm(path, { force: true }),
    }
  }

  /** A blob that is there already but rotten is replaced by the good bytes. */
  private async keep(path: string, digest: string): Promise<void> {
    const target = this.pathOf(digest)
    if (!(await exists(path))) return
    await mkdir(dirname(target), { recursive: true, mode: PRIVATE_FOLDER })
    await rename(path, target)
    await syncFolder(dirname(target))
  }

  private pathOf(digest: string): string {
    const hex = Digest.parse(digest).slice(PREFIX.length)
    return join(this.folder, hex.slice(0, 2), hex)
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

/** Removes a file that was last written to before a moment; one that is gone meanwhile was not ours to sweep. */
const removeStale = async (path: string, before: number): Promise<boolean> => {
  const found = await stat(path).catch(() => null)
  if (found === null || found.mtimeMs >= before) return false
  await rm(path, { force: true })
  return true
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** Writes a source to a new file, on disk to the last byte, and says what it was. */
const receive = async (
  path: string,
  source: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<Pick<StagedBlob, 'digest' | 'sizeBytes'>> => {
  await using file: FileHandle = await open(path, 'wx', PRIVATE_FILE)
  const hash = createHash('sha256')
  let sizeBytes = 0
  for await (const chunk of source) {
    sizeBytes += chunk.byteLength
    if (sizeBytes > maxBytes) throw problem('request.too_large', { detail: `The body has more than ${maxBytes} bytes` })
    hash.update(chunk)
    await file.writeFile(chunk)
  }
  await file.sync()
  return { digest: PREFIX + hash.digest('hex'), sizeBytes }
}

/** Makes a rename durable: the folder's own entry has to reach the disk too. */
const syncFolder = async (folder: string): Promise<void> => {
  await using handle: FileHandle = await open(folder, 'r')
  await handle.sync()
}
