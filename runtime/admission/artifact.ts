import canonicalize from 'canonicalize'
import { randomUUID, sign, verify, type KeyLike } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { digestOf } from '../digest.js'
import { AdmissionError } from '../errors.js'
import { METER_VERSION } from '../metering/index.js'

/** Files of an artifact: its record, the platform's signature over that, and the glue between component and slot. */
export const ADMISSION_FILE = 'admission.json'
export const SIGNATURE_FILE = 'admission.sig'
export const GLUE_FILE = 'extension.js'

const FileName = z.string().regex(/^extension(\.core\d*)?\.(js|wasm)$/)

/** What admission found and made: every file by digest, so that its own digest stands for all of them. */
export const AdmissionRecord = z.strictObject({
  /** What an older meter rewrote charges by its own prices, and is run in the same way. */
  meter_version: z.int().min(1).max(METER_VERSION),
  component_digest: z.string(),
  /** Interfaces of ours, such as `kv`. */
  imports: z.array(z.string()).readonly(),
  /** Interfaces of WASI by their full name; left out where there are none. */
  wasi: z.array(z.string()).readonly().optional(),
  exports: z.array(z.string()),
  max_memory_pages: z.int().positive(),
  initial_fuel: z.int().nonnegative(),
  /** Copying memory and globals back makes an instance pristine. */
  resettable: z.boolean(),
  cores: z.array(z.strictObject({ file: FileName, state_globals: z.array(z.string()) })),
  files: z.array(z.strictObject({ path: FileName, digest: z.string(), size_bytes: z.int() })),
})
export type AdmissionRecord = z.infer<typeof AdmissionRecord>

/** An admitted component: the record's digest is its name. `files` holds the record itself too. */
export interface Artifact {
  readonly digest: string
  readonly record: AdmissionRecord
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** Puts files and record together; the record is written as RFC 8785 bytes. */
export function artifactOf(record: AdmissionRecord, files: ReadonlyMap<string, Uint8Array>): Artifact {
  const bytes = Buffer.from(canonicalize(record)!)
  return { digest: digestOf(bytes), record, files: new Map([...files, [ADMISSION_FILE, bytes]]) }
}

/**
 * Checks files against their record, and the record against `digest`.
 * Raises `AdmissionError` `artifact.malformed` or `artifact.digest_mismatch`.
 */
export function readArtifact(files: ReadonlyMap<string, Uint8Array>, digest: string): Artifact {
  const bytes = files.get(ADMISSION_FILE)
  if (bytes === undefined || digestOf(bytes) !== digest) throw mismatch(ADMISSION_FILE)
  const parsed = AdmissionRecord.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')))
  if (!parsed.success)
    throw new AdmissionError('artifact.malformed', 'the artifact was admitted by another version: admit it again')
  for (const { path, digest: expected } of parsed.data.files) {
    const content = files.get(path)
    if (content === undefined || digestOf(content) !== expected) throw mismatch(path)
  }
  return { digest, record: parsed.data, files }
}

/** Ed25519 over an artifact's digest: the glue runs with a slot's rights, so it has to come from our own admission. */
export function signArtifact(digest: string, privateKey: KeyLike): Uint8Array {
  return sign(null, signedBytes(digest), privateKey)
}

/** Raises `AdmissionError` `artifact.signature_bad`. */
export function verifyArtifact(digest: string, signature: Uint8Array, publicKey: KeyLike): void {
  if (!verify(null, signedBytes(digest), publicKey, signature))
    throw new AdmissionError('artifact.signature_bad', 'the artifact was not admitted here', { digest })
}

// The prefix keeps the signature from being taken for one over something else.
const signedBytes = (digest: string): Buffer => Buffer.from(`gatehouse artifact v1 ${digest}`)

/**
 * Writes an artifact and its signature into a folder that others may be reading or writing at the same time. What is there
 * as it should be stays; each other file is put in its place whole, and the signature last, so that a crash leaves a folder
 * that {@link loadArtifact} refuses and the next write completes.
 */
export async function writeArtifact(folder: string, artifact: Artifact, signature: Uint8Array): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const [path, bytes] of [...artifact.files, [SIGNATURE_FILE, signature] as const])
    await putFile(join(folder, path), bytes)
}

/** Never takes a file away: whoever reads meanwhile finds the old bytes or the new ones. */
async function putFile(path: string, bytes: Uint8Array): Promise<void> {
  if (await holds(path, bytes)) return
  const draft = `${path}.${randomUUID()}`
  try {
    await writeFile(draft, bytes)
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

const holds = (path: string, bytes: Uint8Array): Promise<boolean> =>
  readFile(path).then(
    (found) => found.equals(bytes),
    () => false,
  )

/** Reads and verifies an artifact's folder. Raises what {@link readArtifact} and {@link verifyArtifact} raise, or `artifact.missing`. */
export async function loadArtifact(folder: string, digest: string, publicKey: KeyLike): Promise<Artifact> {
  try {
    verifyArtifact(digest, await readFile(join(folder, SIGNATURE_FILE)), publicKey)
    const record = await readFile(join(folder, ADMISSION_FILE))
    const names = (JSON.parse(record.toString('utf8')) as AdmissionRecord).files.map(({ path }) => FileName.parse(path))
    const contents = await Promise.all(names.map((name) => readFile(join(folder, name))))
    const files = new Map<string, Uint8Array>(names.map((name, index) => [name, contents[index]!]))
    return readArtifact(files.set(ADMISSION_FILE, record), digest)
  } catch (error) {
    if (error instanceof AdmissionError) throw error
    throw new AdmissionError('artifact.missing', `the artifact can't be read: ${(error as Error).message}`, { digest })
  }
}

function mismatch(path: string): AdmissionError {
  return new AdmissionError('artifact.digest_mismatch', `${path} is not what was admitted`, { path })
}
