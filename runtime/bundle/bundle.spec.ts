import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { createGzip, gzipSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { pack, type Header } from 'tar-stream'
import { BundleRefused } from './bundle-refused.js'
import { digestOf } from '../digest.js'
import { packBundle } from './pack.js'
import { READ_LIMITS, readBundle } from './read.js'

const archive = async (...entries: (Partial<Header> & { name: string })[]): Promise<Uint8Array> => {
  const tar = pack()
  const bytes = buffer(tar.pipe(createGzip()))
  for (const entry of entries) tar.entry(entry, !entry.type || entry.type === 'file' ? 'x' : '')
  tar.finalize()
  return bytes
}

const fault = async (bytes: Uint8Array | Readable, limits = READ_LIMITS): Promise<string> => {
  try {
    await readBundle(bytes, limits)
  } catch (error) {
    if (error instanceof BundleRefused) return error.code
    throw error
  }
  return 'read'
}

describe('a bundle', () => {
  it('has the same bytes for the same files, in whatever order they come', async () => {
    const files = { 'b.txt': 'b', 'a/c.txt': 'c', 'extension.json': '{}' }
    const entries = Object.entries(files).map(([name, text]) => [name, Buffer.from(text)] as const)
    const one = await packBundle(new Map(entries))
    const two = await packBundle(new Map(entries.toReversed()))
    expect(one.digest).toBe(two.digest)
    expect(one.digest).toBe(digestOf(one.bytes))
  })

  it('reads back exactly what was packed', async () => {
    const name = fc.stringMatching(/^[a-z]{1,8}(\/[a-z]{1,8}){0,2}\.txt$/)
    await fc.assert(
      fc.asyncProperty(fc.dictionary(name, fc.uint8Array(), { minKeys: 1, maxKeys: 8 }), async (files) => {
        const { bytes } = await packBundle(new Map(Object.entries(files)))
        const read = await readBundle(bytes)
        expect(Object.fromEntries([...read].map(([path, content]) => [path, [...content]]))).toEqual(
          Object.fromEntries(Object.entries(files).map(([path, content]) => [path, [...content]])),
        )
      }),
      { numRuns: 30 },
    )
  })

  it.each([
    ['../evil', 'bundle.path_traversal'],
    ['a/../../evil', 'bundle.path_traversal'],
    ['/etc/passwd', 'bundle.path_traversal'],
    ['C:/windows', 'bundle.path_traversal'],
    ['a\\b', 'bundle.path_traversal'],
    ['./a', 'bundle.bad_name'],
    ['a//b', 'bundle.bad_name'],
    ['a\u202eb', 'bundle.bad_name'],
  ])('refuses the name %j', async (name, code) => {
    expect(await fault(await archive({ name }))).toBe(code)
    await expect(packBundle(new Map([[name, new Uint8Array()]]))).rejects.toThrow(BundleRefused)
  })

  it.each([
    [{ name: 'a', type: 'symlink', linkname: '/etc/passwd' } as const, 'bundle.link'],
    [{ name: 'a', type: 'link', linkname: 'b' } as const, 'bundle.link'],
    [{ name: 'a', type: 'fifo' } as const, 'bundle.malformed'],
    [{ name: 'a', type: 'character-device' } as const, 'bundle.malformed'],
  ])('refuses what is no plain file: %j', async (entry, code) => {
    expect(await fault(await archive(entry))).toBe(code)
  })

  it('refuses an entry that is there twice, and too many of them', async () => {
    expect(await fault(await archive({ name: 'a' }, { name: 'a' }))).toBe('bundle.duplicate_entry')
    expect(await fault(await archive({ name: 'a' }, { name: 'b' }), { ...READ_LIMITS, entries: 1 })).toBe(
      'bundle.too_many_entries',
    )
  })

  it('stops reading a bomb at its cap', async () => {
    let sent = 0
    const zeros = Buffer.alloc(1 << 20)
    const endless = Readable.from(
      (function* () {
        for (; sent < 10_000; sent++) yield zeros
      })(),
    )
    const tar = pack()
    const entry = tar.entry({ name: 'zeros', size: 10_000 * zeros.length })
    endless.pipe(entry)
    for (const stream of [tar, entry]) stream.on('error', () => {})
    expect(await fault(tar.pipe(createGzip({ level: 1 })), { ...READ_LIMITS, entryBytes: Infinity })).toBe(
      'bundle.ratio',
    )
    expect(sent).toBeLessThan(200)
    endless.destroy()
  })

  it('says when bytes are missing, too many, or none of a bundle', async () => {
    const whole = await archive({ name: 'a' })
    expect(await fault(whole.subarray(0, whole.length - 5))).toBe('bundle.truncated')
    const { bytes } = await packBundle(new Map([['a', randomBytes(4096)]]))
    expect(await fault(bytes.subarray(0, 2048))).toBe('bundle.truncated')
    expect(await fault(Buffer.from('not gzip'))).toBe('bundle.malformed')
    expect(await fault(gzipSync(Buffer.from('not a tar'.repeat(200))))).toBe('bundle.malformed')
    expect(await fault(whole, { ...READ_LIMITS, packedBytes: 10 })).toBe('bundle.too_large')
  })
})
