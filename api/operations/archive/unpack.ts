import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { extract, type Extract } from 'tar-stream'
import { OperationRefused } from '../operation-refused.js'
import { isArchivePath, Manifest, MANIFEST, type ArchivedFile } from './manifest.js'

/** One entry as tar-stream gives it: its header, and its bytes as a stream. */
type Entry = Extract extends AsyncIterable<infer Source> ? Source : never

/** A manifest of millions of files stays below this; anything larger is not one. */
const MAX_MANIFEST_BYTES = 256 * 1024 * 1024

const broken = (why: string): OperationRefused =>
  new OperationRefused(`the archive is not a whole backup: ${why}. Take another copy of it, or an earlier backup`)

/**
 * Writes the files of an archive into an empty folder, each 0600, and gives its manifest. Every file has to be named there
 * with its size and digest, and every file named there has to come. Raises `OperationRefused` where anything is amiss; what
 * was written by then is for the caller to remove.
 */
export async function unpack(archive: string, folder: string): Promise<Manifest> {
  const tar = extract()
  // Both have to end before anybody may remove what was written.
  const [received, fed] = await Promise.allSettled([
    receiveAll(tar, folder),
    pipeline(createReadStream(archive), createGunzip(), tar),
  ])
  if (received.status === 'fulfilled' && fed.status === 'fulfilled') return received.value
  throw told(
    archive,
    [received, fed].flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : [])),
  )
}

/** What to tell: our own refusal first, else what the disk says, else that the archive is broken. */
function told(archive: string, faults: NodeJS.ErrnoException[]): Error {
  const refusal = faults.find((fault) => fault instanceof OperationRefused)
  if (refusal) return refusal
  if (faults.some(({ code, path }) => code === 'ENOENT' && path === archive))
    return new OperationRefused(`there is no file ${archive}`)
  return faults.find(({ syscall }) => syscall !== undefined) ?? broken(faults.at(-1)!.message)
}

async function receiveAll(entries: Extract, folder: string): Promise<Manifest> {
  const received = new Map<string, ArchivedFile>()
  let manifest: Manifest | null = null
  for await (const entry of entries) {
    const { name, type, size } = entry.header
    if (manifest) throw broken(`${name} comes after the manifest`)
    if (type !== 'file') throw broken(`${name} is a ${type}`)
    if (name === MANIFEST) manifest = await readManifest(entry, size)
    else if (!isArchivePath(name)) throw broken(`${JSON.stringify(name)} is no name of a file in a backup`)
    else if (received.has(name)) throw broken(`${name} comes twice`)
    else received.set(name, await receive(entry, folder))
  }
  if (!manifest) throw broken('it ends before its manifest')
  compare(manifest, received)
  return manifest
}

async function readManifest(entry: Entry, size: number): Promise<Manifest> {
  if (size > MAX_MANIFEST_BYTES) throw broken('its manifest is too large')
  const parsed = Manifest.safeParse(parseJson(await buffer(entry)))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw broken(`its manifest is not one of this release (/${issue?.path.join('/')}: ${issue?.message})`)
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    throw broken('its manifest is no JSON')
  }
}

async function receive(entry: Entry, folder: string): Promise<ArchivedFile> {
  const { name: path } = entry.header
  const target = join(folder, path)
  await mkdir(dirname(target), { recursive: true, mode: 0o700 })
  await using file = await open(target, 'wx', 0o600)
  const hash = createHash('sha256')
  let size = 0
  for await (const chunk of entry as AsyncIterable<Buffer>) {
    hash.update(chunk)
    size += chunk.byteLength
    await file.writeFile(chunk)
  }
  await file.sync()
  return { path, size, sha256: hash.digest('hex') }
}

function compare({ files, tables }: Manifest, received: ReadonlyMap<string, ArchivedFile>): void {
  for (const { path, size, sha256 } of files) {
    const found = received.get(path)
    if (!found) throw broken(`${path} is missing`)
    if (found.size !== size || found.sha256 !== sha256) throw broken(`${path} was changed`)
  }
  const named = new Set(files.map(({ path }) => path))
  const unnamed = [...received.keys()].find((path) => !named.has(path))
  if (unnamed) throw broken(`its manifest does not name ${unnamed}`)
  const parts = tables.reduce((sum, table) => sum + table.parts, 0)
  if (parts !== files.filter(({ path }) => path.startsWith('database/')).length)
    throw broken('its tables do not have the parts that its manifest says')
}
