import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { BlobCorrupt, BlobMissing } from './blob-faults.js'
import { BlobStore } from './blob-store.js'

const HOUR_MS = 3_600_000
let folder: string
let blobs: BlobStore
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-blobs-'))
  blobs = new BlobStore(folder)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function* chunks(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text)
}
async function* breaking(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('half')
  throw new Error('aborted')
}
const files = async (): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)

describe('the blob store', () => {
  it('keeps bytes under their digest, and the same bytes once', async () => {
    const first = await blobs.put(Buffer.from('bytes'))
    expect(await blobs.put(Buffer.from('bytes'))).toEqual(first)
    expect((await blobs.read(first.digest)).toString()).toBe('bytes')
    expect(await files()).toEqual([first.digest.slice('sha256:'.length)])
  })

  it('knows digest and size of a stream, and keeps nothing before it is told to', async () => {
    const staged = await blobs.stage(chunks('by', 'tes'), { maxBytes: 5 })
    const { digest } = await blobs.put(Buffer.from('bytes'))
    expect(staged).toMatchObject({ digest, sizeBytes: 5 })
    await blobs.remove(digest)
    await expect(blobs.read(digest)).rejects.toThrow(BlobMissing)
    await staged.keep()
    await staged.keep()
    await staged.discard()
    expect((await blobs.read(digest)).toString()).toBe('bytes')
  })

  it('leaves no file of a stream that is too long, breaks off or is discarded', async () => {
    await expect(blobs.stage(chunks('123', '456'), { maxBytes: 5 })).rejects.toMatchObject({
      code: 'request.too_large',
    })
    await expect(blobs.stage(breaking(), { maxBytes: 5 })).rejects.toThrow('aborted')
    await (await blobs.stage(chunks('x'), { maxBytes: 5 })).discard()
    expect(await files()).toEqual([])
  })

  it('sweeps uploads that a crash left behind, and leaves those that may be under way', async () => {
    expect(await blobs.sweepStaging(HOUR_MS)).toBe(0)
    const { digest } = await blobs.put(Buffer.from('kept'))
    const left = await blobs.stage(chunks('left'), { maxBytes: 5 })
    const young = await blobs.stage(chunks('young'), { maxBytes: 5 })
    const longAgo = new Date(Date.now() - 2 * HOUR_MS)
    await utimes(left.path, longAgo, longAgo)
    expect(await blobs.sweepStaging(HOUR_MS)).toBe(1)
    expect((await files()).toSorted()).toEqual([digest.slice('sha256:'.length), basename(young.path)].toSorted())
  })

  it('finds bit rot, and is mended by putting the bytes again', async () => {
    const { digest } = await blobs.put(Buffer.from('bytes'))
    const hex = digest.slice('sha256:'.length)
    await writeFile(join(folder, hex.slice(0, 2), hex), 'bytez')
    await expect(blobs.read(digest)).rejects.toThrow(BlobCorrupt)
    await expect(blobs.verify(digest)).rejects.toThrow(BlobCorrupt)
    await blobs.put(Buffer.from('bytes'))
    await blobs.verify(digest)
  })

  it('takes nothing but a digest for a name', async () => {
    await expect(blobs.read('sha256:../../etc/passwd')).rejects.toThrow()
    await expect(blobs.verify(`sha256:${'0'.repeat(64)}`)).rejects.toThrow(BlobMissing)
  })
})
