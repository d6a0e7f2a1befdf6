import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'

/** Files of the tar.gz that `opa build` writes, by name without the leading slash. Only for archives our own opa made. */
export async function readArchive(bytes: Uint8Array): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>()
  const entries = Readable.from([bytes]).pipe(createGunzip()).pipe(extract())
  for await (const entry of entries) {
    const chunks: Uint8Array[] = []
    for await (const chunk of entry) chunks.push(chunk as Uint8Array)
    files.set(entry.header.name.replace(/^\//, ''), Buffer.concat(chunks))
  }
  return files
}
