import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'

/** An archive unpacks to more bytes than anybody asked for. */
export class ArchiveTooLarge extends Error {}

const MAX_ARCHIVE_BYTES = 64 * 1024 * 1024

/** Files of a tar.gz by name without the leading slash; raises {@link ArchiveTooLarge} beyond 64 MiB. */
export async function readArchive(bytes: Uint8Array): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>()
  const entries = Readable.from([bytes]).pipe(createGunzip()).pipe(extract())
  let size = 0
  for await (const entry of entries) {
    const chunks: Uint8Array[] = []
    for await (const chunk of entry) {
      size += (chunk as Uint8Array).byteLength
      if (size > MAX_ARCHIVE_BYTES) throw new ArchiveTooLarge('the archive unpacks to more than 64 MiB')
      chunks.push(chunk as Uint8Array)
    }
    files.set(entry.header.name.replace(/^\//, ''), Buffer.concat(chunks))
  }
  return files
}
