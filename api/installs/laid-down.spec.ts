import { createSecretKey, randomBytes, randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { LimitsDocument, ListDocument } from '#contract/api/documents.js'
import { TenantDocuments } from '../documents/documents.service.js'
import { refusal } from '../gate/testing/refusal.js'
import type { Caller } from '../platform/http/caller.js'
import {
  bundleOf,
  echoComponent,
  manifest,
  testRegistry,
  upload,
  type TestRegistry,
} from '../registry/testing/test-registry.js'
import { InstallsForCalls } from './call-targets.service.js'
import { CatalogueFeed } from './catalogue-feed.service.js'
import { Candidates } from './install-candidate.service.js'
import { InstallPlans } from './install-plans.service.js'
import { InstallSecrets } from './install-secrets.service.js'
import { Installs } from './installs.service.js'
import { keyEncryptionKey } from '../platform/keys/sealed-secret.js'

const NAMES = ['com.acme.one', 'com.acme.two', 'com.acme.three'] as const
const NAME = NAMES[0]

let registry: TestRegistry
let documents: TenantDocuments
let installs: Installs
let calls: InstallsForCalls
let feed: CatalogueFeed
let admin: Caller
let now = Date.now()
const digests = new Map<string, string>()

beforeAll(async () => {
  registry = await testRegistry()
  const { database, gate, approvals, blobs, trust, artifacts, people } = registry
  documents = new TenantDocuments(database, gate)
  const secrets = new InstallSecrets({
    database,
    blobs,
    kek: keyEncryptionKey(createSecretKey(randomBytes(32)).export()),
  })
  const plans = new InstallPlans({ database, candidates: new Candidates({ blobs, trust }) })
  installs = new Installs({ database, gate, approvals, plans, secrets })
  feed = new CatalogueFeed(database.records)
  await feed.start()
  calls = new InstallsForCalls({ database, trust, artifacts, feed, secrets, now: () => now })
  admin = await people.as('globex_admin')
  const component = await echoComponent()
  for (const id of NAMES) {
    const declared = manifest({ id, permissions: ['kv:read'] })
    const { bytes, digest } = await bundleOf(declared, component)
    await registry.publishing.publish(
      await people.as('acme_developer'),
      upload(bytes, { key: registry.signingKey, digest, declared }),
    )
    digests.set(id, digest)
  }
}, 120_000)
afterAll(async () => {
  feed.stop()
  await registry.drop()
})

const write = async (kind: 'list' | 'limits', entries: object[], part: object = {}): Promise<void> => {
  const named = { kind, name: 'default' } as const
  const revision = await documents.show(admin, named).then(
    (shown) => shown.revision,
    () => 0,
  )
  const document = { title: 'Ours', ...part, entries: entries.map((entry) => ({ why: 'because', ...entry })) }
  const schema = kind === 'list' ? ListDocument : LimitsDocument
  await documents.set(admin, named as never, { document: schema.parse(document) as never, why: 'because', revision })
}
const list = (entries: object[], part?: object) => write('list', entries, part)
const limit = (entries: object[]) => write('limits', entries)
const install = (extension: string = NAME) => {
  const consent = { digest: digests.get(extension)!, permissions: ['kv:read'] }
  return installs.create(admin, { extension, secrets: {}, consent } as never)
}

/** Resolves once the feed has heard of everything that was committed so far. */
const everythingHeard = async (): Promise<void> => {
  const marker = randomUUID()
  const heard = new Promise<void>((resolve) => feed.onChange((tenant) => tenant === marker && resolve()))
  await registry.database.records.query('SELECT pg_notify($1, $2)', ['gatehouse_catalogue', marker])
  await heard
}
const target = async () => (await calls.resolveForCall(admin.tenantId!, NAME))!

afterEach(async () => {
  await list([])
  await limit([])
  const { items } = await installs.list(admin, { limit: 50 })
  for (const { id } of items) await installs.uninstall(admin, id)
})

describe('installing, where lists speak', () => {
  it.each([
    ['denies the extension', [{ effect: 'deny', extension: 'com.acme.*' }], {}, ['install.listed_denied']],
    ['denies the publisher', [{ effect: 'deny', publisher: 'acme-*' }], {}, ['install.listed_denied']],
    ['denies what is granted', [{ effect: 'deny', permission: 'kv:*' }], {}, ['install.listed_denied']],
    ['pins other versions', [{ effect: 'pin', extension: NAME, version: '>=2' }], {}, ['install.pinned']],
    ['admits others only', [{ effect: 'allow', extension: NAMES[1] }], { admits: 'listed' }, ['install.unlisted']],
    [
      'denies what another entry allows',
      [
        { effect: 'allow', extension: NAME },
        { effect: 'deny', extension: '*' },
      ],
      {},
      ['install.listed_denied'],
    ],
  ])('is refused where one %s', async (_, entries, part, reasons) => {
    await list(entries, part)
    expect(await refusal(install())).toEqual(reasons)
  })

  it('goes on where they speak of something else, have ended, or allow it', async () => {
    await list(
      [
        { effect: 'deny', extension: 'org.*' },
        { effect: 'deny', extension: NAME, until: '2020-01-01T00:00:00Z' },
        { effect: 'pin', extension: NAME, version: '^1' },
      ],
      { admits: 'listed' },
    )
    expect(await install()).toMatchObject({ extension: NAME, version: '1.0.0' })
  })

  it('leaves what was found in the decision', async () => {
    await list([{ effect: 'deny', extension: 'com.acme.*' }])
    expect(await refusal(install())).toEqual(['install.listed_denied'])
    const { revision } = await documents.show(admin, { kind: 'list', name: 'default' })
    const { rows } = await registry.database.inScope({ platform: true }, (tx) =>
      tx.query<{ input: Buffer }>(
        `SELECT input FROM decision WHERE action = 'install.create' ORDER BY id DESC LIMIT 1`,
      ),
    )
    const { listed } = JSON.parse(rows[0]!.input.toString()) as { listed: unknown }
    expect(listed).toEqual({ effect: 'deny', entry: 'extension com.acme.*', list: 'default', revision, until: null })
  })
})

describe('installing, where limits hold', () => {
  it('ends at the number of installs that may be, also where two come at once', async () => {
    await limit([{ limit: 'installs', value: 2, extension: 'com.acme.*' }])
    await install(NAMES[0])
    const both = await Promise.allSettled([install(NAMES[1]), install(NAMES[2])])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await installs.list(admin, { limit: 50 })).items).toHaveLength(2)
    const left = (await installs.list(admin, { limit: 50 })).items.map(({ extension }) => extension)
    expect(await refusal(install(NAMES.find((name) => !left.includes(name))))).toEqual(['install.limit_reached'])
  })

  it('takes no more risk than the organisation does', async () => {
    await limit([{ limit: 'grant_risk', value: 'low' }])
    expect(await install()).toMatchObject({ extension: NAME })
  })
})

describe('calls of what is installed', () => {
  it('know of a list or a limit as soon as it was written, and no longer than it holds', async () => {
    await install()
    expect(await target()).toMatchObject({ quota: null, rates: [], facts: { listed: null } })
    const until = new Date(Date.now() + 3_600_000).toISOString()
    await list([{ effect: 'deny', extension: NAME, until }])
    await limit([
      { limit: 'calls_per_day', value: 7 },
      { limit: 'calls_per_minute', value: 3, extension: 'com.acme.*' },
    ])
    await everythingHeard()
    const denied = await target()
    expect(denied).toMatchObject({
      quota: { limit: 7 },
      rates: [{ per: 'install', limit: 3 }],
      until: Date.parse(until),
    })
    expect(denied.facts.listed).toMatchObject({ effect: 'deny', until: Date.parse(until) })
    expect(await target()).toBe(denied)
  })

  it('look again once an entry has begun or ended', async () => {
    await install()
    const [begins, ends] = [now + 60_000, now + 120_000]
    const [from, until] = [new Date(begins).toISOString(), new Date(ends).toISOString()]
    await list([{ effect: 'deny', extension: NAME, from, until }])
    await everythingHeard()
    expect((await target()).facts.listed).toBeNull()
    now = begins
    expect((await target()).facts.listed).toMatchObject({ effect: 'deny', until: ends })
    now = ends
    expect(await target()).toMatchObject({ until: Number.POSITIVE_INFINITY, facts: { listed: null } })
  })
})
