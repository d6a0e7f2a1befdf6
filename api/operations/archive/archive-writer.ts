import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
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

  private constructor(
    private readonly path: string,
    private readonly draft: string,
  ) {
    this.stored = pipeline(this.tar, createGzip({ level: 6 }), createWriteStream(draft, { flags: 'wx', mode: PRIVATE }))
    // Told where the entries are written and at the end; unheard in between, it would end the process.
    this.stored.catch(() => undefined)
  }

  /** Begins an archive at `path`; an earlier one stays until this one is whole. */
  static async create(path: string): Promise<ArchiveWriter> {
    const draft = `${path}.${process.pid}.partial`
    await rm(draft, { force: true })
    return new ArchiveWriter(path, draft)
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
    await this.unlessBroken(
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

  private async entry(name: string, bytes: Uint8Array): Promise<void> {
    const entry = this.tar.entry({ name, size: bytes.byteLength, mode: PRIVATE })
    entry.end(bytes)
    await this.unlessBroken(finished(entry))
  }

  /** An entry waits for room that never comes where the disk is full: what broke the archive is what is told. */
  private unlessBroken(adding: Promise<void>): Promise<void> {
    return Promise.race([adding, this.stored.then(() => adding)])
  }
}

const sync = async (path: string): Promise<void> => {
  await using handle = await open(path, 'r')
  await handle.sync()
}
