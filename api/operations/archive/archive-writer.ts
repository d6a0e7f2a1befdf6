import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Transform } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { pack } from 'tar-stream'
import { MANIFEST, type ArchivedFile, type Manifest } from './manifest.js'

const PRIVATE = 0o600

/** A tar.gz for its owner alone, which appears under its name only once it is whole and on disk. */
export class ArchiveWriter {
  private readonly tar = pack()
  private readonly written: ArchivedFile[] = []
  private readonly stored: Promise<void>
  private fault: Error | null = null

  private constructor(
    private readonly path: string,
    private readonly draft: string,
    file: FileHandle,
  ) {
    this.stored = pipeline(this.tar, createGzip({ level: 6 }), file.createWriteStream())
    // Told where the entries are written and at the end; unheard in between, it would end the process.
    this.stored.catch((error: Error) => (this.fault = error))
  }

  /** Begins an archive at `path`; an earlier one stays until this one is whole. Rejects where none can be written there. */
  static async create(path: string): Promise<ArchiveWriter> {
    const draft = `${path}.${process.pid}.partial`
    await rm(draft, { force: true })
    return new ArchiveWriter(path, draft, await open(draft, 'wx', PRIVATE))
  }

  /** Every entry so far, with size and digest. */
  get files(): readonly ArchivedFile[] {
    return this.written
  }

  /** Adds bytes as one entry. */
  async addBytes(path: string, bytes: Uint8Array): Promise<void> {
    await this.entry(path, bytes)
    this.written.push({ path, size: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex') })
  }

  /** Adds a file without holding it in memory. Rejects where it changes its size meanwhile. */
  async addFile(path: string, source: string): Promise<void> {
    const { size } = await stat(source)
    const hash = createHash('sha256')
    const hashing = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        hash.update(chunk)
        done(null, chunk)
      },
    })
    await this.unlessBroken(() =>
      pipeline(createReadStream(source), hashing, this.tar.entry({ name: path, size, mode: PRIVATE })),
    )
    this.written.push({ path, size, sha256: hash.digest('hex') })
  }

  /** Adds the manifest and puts the archive in its place. Gives its size in bytes. */
  async finish(manifest: Manifest): Promise<number> {
    await this.entry(MANIFEST, Buffer.from(JSON.stringify(manifest)))
    this.tar.finalize()
    await this.stored
    await sync(this.draft)
    const { size } = await stat(this.draft)
    await rename(this.draft, this.path)
    await sync(dirname(this.path))
    return size
  }

  /** Takes back what was begun. */
  async abandon(): Promise<void> {
    this.tar.destroy()
    await this.stored.catch(() => undefined)
    await rm(this.draft, { force: true })
  }

  private entry(name: string, bytes: Uint8Array): Promise<void> {
    return this.unlessBroken(async () => {
      const entry = this.tar.entry({ name, size: bytes.byteLength, mode: PRIVATE })
      entry.end(bytes)
      await finished(entry)
    })
  }

  /** Where the archive can't be written (the disk is full), that is told, and not that an entry found no taker. */
  private async unlessBroken(add: () => Promise<void>): Promise<void> {
    try {
      const adding = add()
      await Promise.race([adding, this.stored.then(() => adding)])
    } catch (error) {
      throw this.fault ?? error
    }
  }
}

const sync = async (path: string): Promise<void> => {
  await using handle = await open(path, 'r')
  await handle.sync()
}
