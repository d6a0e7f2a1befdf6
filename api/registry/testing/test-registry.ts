import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { packBundle } from '#runtime/bundle/pack.js'
import { signStatement } from '#runtime/bundle/dsse.js'
import { JobRunner } from '#runtime/jobs/run-job.js'
import { detectWall } from '#runtime/launcher/probe.js'
import { builtOnce } from '#runtime/testing/made-once.js'
import { APPROVAL_TOPICS, Approvals, type ApprovalSettled } from '../../approvals/approvals.service.js'
import { seededPeople, type SeededPeople } from '../../identity/testing/seeded-people.js'
import { BlobStore } from '../../platform/blobs/blob-store.js'
import { RecordingOutbox } from '../../platform/outbox/testing/recording-outbox.js'
import { Artifacts } from '../artifacts.service.js'
import { Dossiers } from '../dossier.service.js'
import { Inspector } from '../inspector.service.js'
import { Publications } from '../publications.service.js'
import { Publishing, type Upload } from '../publishing.service.js'
import { Reviews } from '../review.service.js'
import { Submissions } from '../submissions.service.js'
import { Trust } from '../trust.service.js'

const JOB_LIMITS = { wallMs: 60_000, heapMb: 1024, outputBytes: 1 << 28 }
const privateKey = (): KeyObject => generateKeyPairSync('ed25519').privateKey

/** A registry on real PostgreSQL with the demo's people, the policy that ships and real jobs behind the wall. */
export const testRegistry = async () => {
  const people = await seededPeople()
  const { postgres, shipped, callers, folder } = people
  const { database } = postgres
  const { gate } = shipped
  const outbox = new RecordingOutbox()
  const approvals = new Approvals({ database, gate, outbox })
  const blobs = new BlobStore(join(folder, 'blobs'))
  const trust = new Trust(privateKey())
  const artifacts = new Artifacts({ blobs, glueKey: privateKey(), folder: join(folder, 'artifacts') })
  const submissions = new Submissions({ database, dossiers: new Dossiers(database), trust })
  const publications = new Publications({ database, gate, trust })
  const wall = await detectWall()
  const parts = { gate, approvals, blobs, artifacts, submissions, publications }
  const publishingWith = (limits = JOB_LIMITS) =>
    new Publishing({ ...parts, inspector: new Inspector(new JobRunner(wall.kind, limits), () => {}) })
  const reviews = new Reviews({ gate, approvals, blobs, callers, submissions, publications })
  outbox.subscribe(APPROVAL_TOPICS.settled, (payload) => reviews.settled(payload as ApprovalSettled))
  return {
    ...{ people, database, gate, shipped, callers, outbox, approvals, blobs, trust, artifacts },
    publishing: publishingWith(),
    publishingWith,
    signingKey: createPrivateKey(await readFile(join(folder, 'keys', 'acme-labs.publisher.pem'))),
    drop: () => people.drop(),
  }
}
export type TestRegistry = Awaited<ReturnType<typeof testRegistry>>

/** How many blobs lie in the store, staged ones included. */
export const blobCount = async ({ people }: { people: SeededPeople }): Promise<number> => {
  const entries = await readdir(join(people.folder, 'blobs'), { recursive: true, withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isFile()).length
}

const ECHO = `export const handle = (request) => ({ status: 200, headers: [], body: request.body })`

/** A component that answers what it is sent; `js` replaces its source. */
export const echoComponent = (capabilities: readonly string[] = [], js = ECHO): Promise<Uint8Array> =>
  builtOnce({ source: { js }, capabilities })

/** A manifest that is valid as it is. */
export const manifest = (changes: object = {}): object => ({
  manifest_version: 2,
  id: 'com.acme.echo',
  version: '1.0.0',
  type: 'workflow-step',
  name: 'Echo',
  description: 'Says it back.',
  compatibility: { platform: '^1.0.0' },
  permissions: [],
  runtime: { kind: 'component', entry: 'component.wasm' },
  api: { endpoints: [{ id: 'echo', title: 'Echo', method: 'POST', path: '/' }] },
  billing: { model: 'free' },
  ...changes,
})

/** Packs a bundle of a manifest, a component and whatever else is given. */
export const bundleOf = (
  declared: object,
  component: Uint8Array,
  files: Readonly<Record<string, Uint8Array>> = {},
): Promise<{ bytes: Uint8Array; digest: string }> =>
  packBundle(
    new Map([
      ['extension.json', Buffer.from(JSON.stringify(declared))],
      ['component.wasm', component],
      ...Object.entries(files),
    ]),
  )

/** What a publisher sends: the bytes, and the envelope that signs a digest under the manifest's names. */
export const upload = (
  bytes: Uint8Array,
  signed: { key: KeyObject; digest: string; declared: object } | null,
): Upload => ({
  body: Readable.from([Buffer.from(bytes)]),
  declaredBytes: bytes.byteLength,
  envelope: signed ? envelopeOf(signed) : undefined,
})

const envelopeOf = ({ key, digest, declared }: { key: KeyObject; digest: string; declared: object }): string => {
  const { id, version } = declared as { id: string; version: string }
  return Buffer.from(JSON.stringify(signStatement({ digest, extension: id, version }, key))).toString('base64')
}
