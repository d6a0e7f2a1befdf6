import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Pool } from 'pg'
import { localUrl } from '#api/platform/embedded/provision.js'
import { readCredentials } from '#api/platform/embedded/server-files.js'
import { packageRoot } from '#runtime/package-root.js'
import { GatehouseClient } from '#sdk/client/client.js'
import { Service } from '../scripts/demo/service.js'
import type { Person, World } from '../scripts/demo/world.js'
import type { PacedOrder } from './policy-load.js'

const EXTENSION = 'com.acme-labs.two-host-calls'
const AUTHOR: Person = 'security_lead'

/** Reads one key and writes another: two decided host calls within one invocation. */
const GUEST = `
import { get, set } from 'gatehouse:extension/kv@0.1.0'
export function handle() {
  get('a')
  set('b', Uint8Array.of(1))
  return { status: 200, headers: [], body: Uint8Array.of(49) }
}
`

const manifest = {
  ...{ manifest_version: 2, id: EXTENSION, version: '1.0.0', type: 'workflow-step', name: 'Two host calls' },
  ...{ description: 'Part of a benchmark.', compatibility: { platform: '>=0.1.0' }, billing: { model: 'free' } },
  permissions: ['kv:read', 'kv:write'],
  runtime: { kind: 'component', entry: 'component.wasm' },
  api: { endpoints: [{ id: 'call', title: 'call', method: 'POST', path: '/call' }] },
  limits: { fuel: 100_000_000, memory_mb: 16, wall_ms: 10_000, output_bytes: 65_536, host_calls: 10, concurrency: 64 },
}

/** Two instances of the service on one database, with an installed extension to call. */
export interface Stage {
  readonly world: World
  readonly urls: readonly string[]
  readonly client: GatehouseClient
  /** The database as its owner, to look at what is on record. */
  readonly records: Pool
  /** A governed call with two host calls, at a steady pace. */
  readonly calls: (perSecond: number, milliseconds: number | null) => PacedOrder
  close(): Promise<void>
}

const demand = async (world: World, person: Person, ...args: string[]): Promise<Record<string, unknown>> => {
  const ran = await world.cli(person, ...args)
  if (ran.code !== 0) throw new Error(`gatehouse ${args.slice(0, 2).join(' ')} failed: ${ran.stdout}${ran.stderr}`)
  return ran.answer
}

const publish = async (world: World): Promise<void> => {
  const folder = join(world.folder, 'two-host-calls')
  mkdirSync(join(folder, 'src'), { recursive: true })
  writeFileSync(join(folder, 'extension.json'), JSON.stringify(manifest))
  writeFileSync(join(folder, 'src/handler.js'), GUEST)
  const { bundle } = await demand(world, 'acme_developer', 'ext', 'build', folder)
  const key = join(world.data, 'keys', 'acme-labs.publisher.pem')
  await demand(world, 'acme_developer', 'ext', 'sign', String(bundle), '--signing-key', key)
  await demand(world, 'acme_developer', 'ext', 'publish', String(bundle))
  await demand(world, 'acme_admin', 'install', EXTENSION, '--consent')
}

/** Keys that count besides the registry's own, which a database of one's own asks for; nothing here is signed by this one. */
const trustBundle = (world: World): string => {
  const path = join(world.folder, 'trusted.pem')
  const { publicKey } = generateKeyPairSync('ed25519')
  writeFileSync(path, publicKey.export({ type: 'spki', format: 'pem' }))
  return path
}

/** Starts the second instance beside the world's own and lays what is called. */
export const layStage = async (world: World): Promise<Stage> => {
  await publish(world)
  const credentials = await readCredentials(world.data)
  const second = await Service.start(world.data, {
    ...world.commonSettings,
    DATABASE_URL: localUrl(credentials, credentials.api),
    RUNNER_PUBLIC_BASE: 'http://127.0.0.1',
    EXT_GATEWAY_TIMEOUT_MS: '30000',
    SIGNING_TRUST_BUNDLE: trustBundle(world),
    GATEHOUSE_SERVICE_FILE: 'second.json',
  })
  const records = new Pool({ connectionString: localUrl(credentials, credentials.owner), max: 2 })
  const urls = [world.service.url, second.url]
  const authorization = `Bearer ${world.key('acme_member')}`
  return {
    ...{ world, urls, records },
    client: new GatehouseClient({ url: world.service.url, key: world.key(AUTHOR) }),
    calls: (perSecond, milliseconds) => ({
      ...{
        urls,
        perSecond,
        milliseconds,
        method: 'POST',
        paths: [`/api/ext/${EXTENSION}/call`],
        body: '{}',
        expect: 200,
      },
      headers: { authorization, 'content-type': 'application/json' },
    }),
    close: async () => {
      await records.end()
      await second.stop()
    },
  }
}

/** Seals the shipped policy with one setting changed that no call depends on; the revision. */
export const sealAnother = async ({ client }: Stage): Promise<string> => {
  const [from, to] = ['604800', '604799']
  const text = readFileSync(join(packageRoot(), 'policies/platform.json'), 'utf8')
  if (!text.includes(from)) throw new Error(`platform.json no longer has ${from}`)
  const draft = await client.get('drafts.create', { body: { name: 'another setting' } })
  const { id, version } = await client.get('drafts.write', {
    params: { id: draft.id, path: 'platform.json' },
    body: { text: text.replace(from, to), version: draft.version },
  })
  const checked = await client.get('drafts.check', { params: { id }, body: { version } })
  const sealed = await client.get('drafts.seal', { params: { id }, body: { version: checked.version } })
  return sealed.revision
}

/** Puts a revision in force that never decided: a second person agrees. */
export const activateFirst = async ({ client, world }: Stage, revision: string): Promise<void> => {
  await client.call('policy.activate', { params: { revision }, body: { reason: 'a benchmark' } })
  const reviewer = new GatehouseClient({ url: world.service.url, key: world.key('reviewer') })
  const { items } = await reviewer.get('approvals.list', { query: { waiting: 'true' } })
  for (const { id, subject_digest } of items)
    await reviewer.get('approvals.vote', { params: { id }, body: { verdict: 'approve', subject_digest } })
  await followed({ client }, revision, Date.now() + 30_000)
}

/** Waits until every instance says that it decides by a revision. */
export const followed = async (
  { client }: Pick<Stage, 'client'>,
  revision: string,
  deadline: number,
): Promise<void> => {
  for (;;) {
    const { in_force, instances } = await client.get('policy.status', {})
    if (in_force === revision && instances.length > 1 && instances.every(({ follows }) => follows)) return
    if (Date.now() > deadline) throw new Error(`not every instance follows: ${JSON.stringify(instances)}`)
  }
}
