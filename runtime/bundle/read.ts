import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { extract, type Header } from 'tar-stream'
import { BundleRefused } from './bundle-refused.js'
import { checkEntryName } from './entry-name.rules.js'
import type { BundleFiles } from './pack.js'

/** How much of a bundle is read before it is refused. Sizes are in bytes. */
export interface ReadLimits {
  readonly packedBytes: number
  readonly unpackedBytes: number
  readonly entryBytes: number
  readonly entries: number
  /** Unpacked to packed; only looked at past the first MiB, since small files compress well. */
  readonly ratio: number
}

const MIB = 1024 * 1024
/** What a bundle may unpack to. */
export const READ_LIMITS: ReadLimits = {
  packedBytes: 32 * MIB,
  unpackedBytes: 128 * MIB,
  entryBytes: 64 * MIB,
  entries: 1_000,
  ratio: 100,
}
const RATIO_FROM_BYTES = MIB

/** Counts what passes and stops the stream as soon as a cap is passed: a bomb costs no more than its cap. */
const counting = (check: (bytes: number) => void) => {
  let bytes = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      try {
        check(bytes)
        done(null, chunk)
      } catch (error) {
        done(error as Error)
      }
    },
  })
}

const checkHeader = (header: Header, files: BundleFiles, limits: ReadLimits): void => {
  if (header.type === 'symlink' || header.type === 'link')
    throw new BundleRefused('bundle.link', `the entry ${header.name} is a link`)
  if (header.type !== 'file')
    throw new BundleRefused('bundle.malformed', `the entry ${header.name} is a ${header.type}, not a file`)
  checkEntryName(header.name)
  if (files.has(header.name))
    throw new BundleRefused('bundle.duplicate_entry', `the entry ${header.name} is there twice`)
  if (files.size >= limits.entries)
    throw new BundleRefused('bundle.too_many_entries', `there are more than ${limits.entries} entries`)
  if ((header.size ?? 0) > limits.entryBytes)
    throw new BundleRefused('bundle.too_large', `the entry ${header.name} is larger than ${limits.entryBytes} bytes`)
}

/**
 * Reads a bundle in one pass and keeps its files in memory; touches no file system.
 * Raises `BundleRefused` for anything but plain files under plain names within the limits, whole to the last byte.
 * Meant to run behind the launcher: the bytes are a stranger's.
 */
export const readBundle = async (
  source: Uint8Array | Readable,
  limits: ReadLimits = READ_LIMITS,
): Promise<BundleFiles> => {
  const files = new Map<string, Uint8Array>()
  let packed = 0
  const onPacked = counting((bytes) => {
    packed = bytes
    if (bytes > limits.packedBytes)
      throw new BundleRefused('bundle.too_large', `the bundle is larger than ${limits.packedBytes} bytes`)
  })
  const onUnpacked = counting((bytes) => {
    if (bytes > limits.unpackedBytes)
      throw new BundleRefused('bundle.too_large', `the bundle unpacks to more than ${limits.unpackedBytes} bytes`)
    if (bytes > RATIO_FROM_BYTES && bytes > packed * limits.ratio)
      throw new BundleRefused('bundle.ratio', `the bundle unpacks to more than ${limits.ratio} times its size`)
  })
  const archive = extract()
  const collected = collect(archive, files, limits)
  // The collector may refuse first; the pipeline then only reports that its last stream was closed.
  const piped = pipeline(
    source instanceof Readable ? source : Readable.from([source]),
    onPacked,
    createGunzip(),
    onUnpacked,
    archive,
  )
  const results = await Promise.allSettled([collected, piped])
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []))
  if (failures.length > 0) throw failures.find((failure) => failure instanceof BundleRefused) ?? asRefusal(failures[0])
  if (files.size === 0) throw new BundleRefused('bundle.malformed', 'the bundle is empty')
  return files
}

const collect = async (
  archive: ReturnType<typeof extract>,
  files: Map<string, Uint8Array>,
  limits: ReadLimits,
): Promise<void> => {
  for await (const entry of archive) {
    checkHeader(entry.header, files, limits)
    const chunks: Buffer[] = []
    for await (const chunk of entry) chunks.push(chunk as Buffer)
    files.set(entry.header.name, Buffer.concat(chunks))
  }
}

const asRefusal = (failure: (Error & { code?: string }) | undefined): BundleRefused => {
  const truncated = failure?.code === 'Z_BUF_ERROR' || /unexpected end/i.test(failure?.message ?? '')
  return truncated
    ? new BundleRefused('bundle.truncated', 'the bundle ends too early')
    : new BundleRefused('bundle.malformed', `the bundle is no gzipped tar: ${failure?.message}`)
}
