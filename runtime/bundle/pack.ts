import { buffer } from 'node:stream/consumers'
import { createGzip } from 'node:zlib'
import { pack } from 'tar-stream'
import { checkEntryName } from './entry-name.rules.js'
import { digestOf } from '../digest.js'

/** Files of a bundle by their path inside it. */
export type BundleFiles = ReadonlyMap<string, Uint8Array>

const EPOCH = new Date(0)
const MODE = 0o644

/**
 * Packs files into a bundle: a gzipped tar whose bytes depend on names and contents alone (sorted, no times, one mode, no owners).
 * Raises `BundleRefused` for a name that a reader would refuse.
 */
export const packBundle = async (files: BundleFiles): Promise<{ bytes: Uint8Array; digest: string }> => {
  const archive = pack()
  const packed = buffer(archive.pipe(createGzip({ level: 9 })))
  for (const name of [...files.keys()].sort()) {
    archive.entry({ name: checkEntryName(name), mode: MODE, mtime: EPOCH }, Buffer.from(files.get(name) ?? []))
  }
  archive.finalize()
  const bytes = await packed
  // The operating system byte of the gzip header (RFC 1952) differs by platform; 255 is "unknown".
  bytes[9] = 255
  return { bytes, digest: digestOf(bytes) }
}
