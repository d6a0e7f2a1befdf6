import { createPrivateKey, randomUUID, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { Artifacts, type KeptArtifact } from '#api/registry/artifacts.service.js'
import { install, published, type TestExtension } from '#api/testing/published-extension.js'
import type { Permission } from '#contract/permissions.js'
import { artifactOf, ADMISSION_FILE, type Artifact } from '#runtime/admission/artifact.js'
import { countersign, signStatement } from '#runtime/bundle/dsse.js'
import { digestOf } from '#runtime/digest.js'
import type { MeasuredService } from './service.js'

/** What a benchmark installs: its name after the publisher's, its guest, and what that asks for. */
export interface Wanted {
  readonly name: string
  readonly guest: string
  readonly capabilities: TestExtension['capabilities']
  readonly permissions: readonly Permission[]
  readonly limits: Readonly<Record<string, number>>
}

const VERSION = '1.0.0'
const ROWS = 1_000

const idOf = (name: string): string => `com.acme-labs.${name}`

/** Where an extension is called; each has one endpoint. */
export const callPath = (extension: string): string => `/api/ext/${extension}/call`

/** Publishes an extension, has it approved and installs it, all over HTTP as people do. Its id. */
export const installForReal = async (service: MeasuredService, wanted: Wanted): Promise<string> => {
  const { guest, capabilities, permissions, limits } = wanted
  const id = idOf(wanted.name)
  const api = { endpoints: [{ id: 'call', title: 'Call', method: 'POST', path: '/call' }] }
  const digest = await published(service, {
    ...{ guest, capabilities },
    manifest: { ...{ id, version: VERSION, permissions, api, limits } },
  })
  const { status, body } = await install(service, { extension: id, digest, permissions })
  if (status !== 201) throw new Error(`${id} was not installed: ${JSON.stringify(body)}`)
  return id
}

/** A copy to be made of an install: its name, and the artifact that it runs where that is another one. */
export interface Copy {
  readonly name: string
  readonly artifact?: KeptArtifact
}

/** The same code under a name of its own, so that slots take it for another extension's. Kept as an admitted one is. */
export const artifactAlike = ({ app }: MeasuredService, { record, files }: Artifact): Promise<KeptArtifact> => {
  const others = new Map([...files].filter(([path]) => path !== ADMISSION_FILE))
  const renamed = artifactOf({ ...record, component_digest: digestOf(Buffer.from(randomUUID())) }, others)
  return app.get(Artifacts, { strict: false }).keep(renamed)
}

/**
 * Copies an install to many, each with an extension, a version and a signed bundle of its own. Rows go in behind the gate's
 * back, by the superuser, since ten thousand uploads would take hours; calls find them as they find any other. Their ids.
 */
export const copyInstall = async (
  service: MeasuredService,
  model: string,
  copies: readonly Copy[],
): Promise<string[]> => {
  const signing = {
    publisher: createPrivateKey(readFileSync(join(service.folder, 'keys', 'acme-labs.publisher.pem'))),
    registry: await service.ground.keys.signing('registry'),
  }
  const client = new Client({ connectionString: service.superuserUrl })
  await client.connect()
  try {
    await client.query('SET session_replication_role = replica')
    for (let from = 0; from < copies.length; from += ROWS) {
      const rows = copies.slice(from, from + ROWS).map((copy) => rowOf(copy, signing))
      for (const statement of STATEMENTS) await client.query(statement, [idOf(model), JSON.stringify(rows)])
    }
    await client.query('ANALYZE')
  } finally {
    await client.end()
  }
  return copies.map(({ name }) => idOf(name))
}

const rowOf = ({ name, artifact }: Copy, { publisher, registry }: Record<'publisher' | 'registry', KeyObject>) => {
  const extension = idOf(name)
  const digest = digestOf(Buffer.from(extension))
  const statement = { digest, extension, version: VERSION }
  return {
    ...{ extension, digest, artifact_digest: null, artifact_signature: null, ...artifact },
    ...{ extension_id: randomUUID(), version_id: randomUUID(), install_id: randomUUID(), consent_id: randomUUID() },
    envelope: countersign(signStatement(statement, publisher), registry),
  }
}

const WANTED = `jsonb_to_recordset($2::jsonb) AS w(extension text, digest text, artifact_digest text, artifact_signature text,
  extension_id uuid, version_id uuid, install_id uuid, consent_id uuid, envelope jsonb)`
const MODEL = `extension_registry e JOIN extension_version v ON v.extension_id = e.id JOIN extension_bundle b ON b.digest = v.digest
  JOIN tenant_extension_install i ON i.version_id = v.id JOIN install_consent c ON c.install_id = i.id`

/** A row of the model's with some columns of its own. */
const copied = (table: string, alias: string, columns: string): string =>
  `INSERT INTO ${table} SELECT (jsonb_populate_record(${alias}, jsonb_build_object(${columns}))).* FROM ${MODEL}, ${WANTED} WHERE e.name = $1`

const STATEMENTS = [
  copied('extension_registry', 'e', `'id', w.extension_id, 'name', w.extension`),
  copied(
    'extension_bundle',
    'b',
    `'digest', w.digest, 'envelope', w.envelope, 'artifact_digest', coalesce(w.artifact_digest, b.artifact_digest),
     'artifact_signature', coalesce(w.artifact_signature, b.artifact_signature)`,
  ),
  copied(
    'extension_version',
    'v',
    `'id', w.version_id, 'extension_id', w.extension_id, 'digest', w.digest,
     'manifest', jsonb_set(v.manifest, '{id}', to_jsonb(w.extension))`,
  ),
  copied(
    'tenant_extension_install',
    'i',
    `'id', w.install_id, 'version_id', w.version_id, 'extension_id', w.extension_id`,
  ),
  copied('install_consent', 'c', `'id', w.consent_id, 'install_id', w.install_id, 'digest', w.digest`),
]
