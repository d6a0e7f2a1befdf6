import { createSecretKey, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Install } from '#contract/api/installs.js'
import type { Outcome } from '#contract/decisions/outcome.js'
import { digestOf } from '#runtime/digest.js'
import { APPROVAL_TOPICS, type ApprovalSettled } from '../approvals/approvals.service.js'
import { refusal } from '../gate/testing/refusal.js'
import { Organisations } from '../identity/organisations.service.js'
import type { Caller } from '../platform/http/caller.js'
import { Held } from '../platform/http/held.js'
import type { Published } from '../registry/publications.service.js'
import { Publishers } from '../registry/publishers.service.js'
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
import { Consents } from './consents.service.js'
import { Candidates } from './install-candidate.service.js'
import { InstallPlans } from './install-plans.service.js'
import { InstallSecrets } from './install-secrets.service.js'
import { Installs } from './installs.service.js'
import { keyEncryptionKey } from '../platform/keys/sealed-secret.js'

const NAME = 'com.acme.echo'
let registry: TestRegistry
let installs: Installs
let calls: InstallsForCalls
let feed: CatalogueFeed
let component: Uint8Array
let admin: Caller
let other: Caller

beforeAll(async () => {
  registry = await testRegistry()
  const { database, gate, approvals, blobs, trust, artifacts, callers, outbox } = registry
  const kek = keyEncryptionKey(createSecretKey(randomBytes(32)).export())
  const secrets = new InstallSecrets({ database, blobs, kek })
  const plans = new InstallPlans({ database, candidates: new Candidates({ blobs, trust }) })
  installs = new Installs({ database, gate, approvals, plans, secrets })
  const consents = new Consents({ approvals, callers, installs, secrets })
  outbox.subscribe(APPROVAL_TOPICS.settled, (payload) => consents.settled(payload as ApprovalSettled))
  feed = new CatalogueFeed(database.records)
  await feed.start()
  calls = new InstallsForCalls({ database, trust, artifacts, feed, secrets })
  component = await echoComponent()
  admin = await registry.people.as('globex_admin')
  other = await registry.people.as('acme_admin')
  await publish({ permissions: ['kv:read'] })
}, 120_000)
afterAll(async () => {
  feed.stop()
  await registry.drop()
})

const publish = async (changes: object): Promise<Published> => {
  const declared = manifest(changes)
  const { bytes } = await bundleOf(declared, component)
  const by = { key: registry.signingKey, digest: digestOf(bytes), declared }
  const published = await registry.publishing.publish(await registry.people.as('acme_developer'), upload(bytes, by))
  if (published instanceof Held) return review(published)
  return published
}

const approve = async (voter: Caller, held: Held): Promise<void> => {
  const { id } = held.body.approval
  const { subject_digest } = await registry.approvals.show(voter, id)
  await registry.approvals.vote(voter, id, { verdict: 'approve', comment: '', subject_digest })
  await registry.outbox.deliver()
}
const review = async (held: Held): Promise<never> => {
  await approve(await registry.people.as('reviewer'), held)
  return undefined as never
}
const find = async (extension = NAME): Promise<Install | undefined> =>
  (await installs.list(admin, { limit: 10, extension })).items[0]
const create = (body: object, by = admin) => installs.create(by, { extension: NAME, secrets: {}, ...body } as never)
const consentTo = async (permissions: string[], extension = NAME, version = '1.0.0') => {
  const found = await registry.database.inScope({ platform: true }, (tx) =>
    tx.query<{ digest: string }>(
      'SELECT v.digest FROM extension_version v JOIN extension_registry e ON e.id = v.extension_id WHERE e.name = $1 AND v.semver = $2',
      [extension, version],
    ),
  )
  return { digest: found.rows[0]!.digest, permissions }
}
const uninstall = async (): Promise<void> => {
  const install = await find()
  if (install) await installs.uninstall(admin, install.id)
}

/** Resolves once the feed has heard of everything that was committed so far: notifications come in that order. */
const everythingHeard = async (): Promise<void> => {
  const marker = randomUUID()
  const heard = new Promise<void>((resolve) => feed.onChange((tenant) => tenant === marker && resolve()))
  await registry.database.records.query('SELECT pg_notify($1, $2)', ['gatehouse_catalogue', marker])
  await heard
}

describe('installing', () => {
  it('waits for consent, and is carried out once another admin agreed', async () => {
    const held = await create({})
    expect(held).toBeInstanceOf(Held)
    expect(await find()).toBeUndefined()
    await approve(await registry.people.as('globex_owner'), held as Held)
    expect(await find()).toMatchObject({
      extension: NAME,
      status: 'active',
      permissions: [{ id: 'kv:read', granted: true }],
    })
    await uninstall()
  }, 30_000)

  it('leaves nothing waiting that was done another way', async () => {
    const held = (await create({})) as Held
    await create({ consent: await consentTo(['kv:read']) })
    const waiting = await registry.approvals.show(await registry.people.as('globex_owner'), held.body.approval.id)
    expect(waiting.state).toBe('voided')
    await uninstall()
  })

  it('goes ahead where consent names exactly this digest and grant, and not where it names another', async () => {
    const consent = await consentTo(['kv:read'])
    expect(await refusal(create({ consent: { ...consent, permissions: [] } }))).toEqual(['install.consent_stale'])
    expect(await create({ consent })).toMatchObject({ version: '1.0.0', digest: consent.digest })
    expect(await refusal(create({ consent }))).toEqual(['already_exists'])
    await uninstall()
  }, 30_000)

  it('grants nothing that the manifest does not ask for', async () => {
    const permissions = ['kv:read', 'http:fetch']
    expect(await refusal(create({ permissions, consent: await consentTo(permissions) }))).toEqual([
      'install.grant_beyond_manifest',
    ])
  })

  it('is not for members, and hides what others installed', async () => {
    const consent = await consentTo(['kv:read'])
    const member = await registry.people.as('globex_member')
    expect(await refusal(create({ consent }, member))).toContain('install.scope_missing')
    const { id } = (await create({ consent })) as Install
    await expect(installs.show(other, id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(installs.uninstall(other, id)).rejects.toMatchObject({ code: 'not_found' })
    await uninstall()
  }, 30_000)

  it('refuses what the platform does not run yet', async () => {
    await publish({
      id: 'com.acme.timer',
      schedules: [{ id: 'tick', title: 'Tick', cron: '0 6 * * 1', timezone: 'UTC', endpoint: 'echo' }],
    })
    const consent = await consentTo([], 'com.acme.timer')
    expect(await refusal(create({ extension: 'com.acme.timer', consent }))).toEqual(['install.feature_unavailable'])
  }, 30_000)

  it('refuses bytes that rotted since they were published', async () => {
    await publish({ id: 'com.acme.rot' })
    const consent = await consentTo([], 'com.acme.rot')
    const hex = consent.digest.slice('sha256:'.length)
    await writeFile(join(registry.people.folder, 'blobs', hex.slice(0, 2), hex), 'rotten')
    expect(await refusal(create({ extension: 'com.acme.rot', consent }))).toEqual(['install.signature_invalid'])
  }, 30_000)
})

describe('certification', () => {
  const MEDIUM = { check: 'size', code: 'size.large', severity: 'medium', malware: false, message: 'It is large' }
  /** No check of ours finds anything medium yet, so what was found is set past the gate. */
  const setCertification = async (id: string, found: object): Promise<void> => {
    const owner = await registry.people.postgres.owner()
    await owner.query('ALTER TABLE extension_version DISABLE TRIGGER governed')
    await owner.query(
      `UPDATE extension_version v SET certification = certification || $2 FROM extension_registry e
       WHERE e.id = v.extension_id AND e.name = $1`,
      [id, found],
    )
    await owner.query('ALTER TABLE extension_version ENABLE TRIGGER governed')
  }
  const choose = async (certification_mode: 'warn' | 'block'): Promise<void> => {
    const { database, gate, people } = registry
    const organisations = new Organisations(database, gate, people.pseudonyms, people.callers)
    const owner = await people.as('globex_owner')
    const { version } = (await organisations.list(owner, { limit: 1 })).items[0]!
    await organisations.update(owner, owner.tenantId!, { version, settings: { certification_mode } })
  }

  it('warns, or blocks where the organisation chose that', async () => {
    const id = 'com.acme.large'
    await publish({ id })
    await setCertification(id, { findings: [MEDIUM] })
    const consent = await consentTo([], id)
    await choose('block')
    expect(await refusal(create({ extension: id, consent }))).toEqual(['install.uncertified'])
    await choose('warn')
    const install = (await create({ extension: id, consent })) as Install
    expect(install.warnings).toEqual(['install.warn_uncertified'])
    await installs.uninstall(admin, install.id)
  }, 30_000)

  it.each(['warn', 'block'] as const)(
    'that could not be had is never a pass, with %s',
    async (mode) => {
      const id = `com.acme.unknown-${mode}`
      await publish({ id })
      await setCertification(id, { state: 'unavailable', findings: [] })
      await choose(mode)
      const refused = await refusal(create({ extension: id, consent: await consentTo([], id) }))
      expect(refused).toContain('install.certification_unavailable')
      await choose('warn')
    },
    30_000,
  )
})

describe('an install', () => {
  it('is there once, however many ask at the same moment', async () => {
    const id = 'com.acme.hurried'
    await publish({ id })
    const consent = await consentTo([], id)
    const answers = await Promise.all([1, 2, 3].map(() => refusal(create({ extension: id, consent }))))
    expect(answers.flat().toSorted()).toEqual(['already_exists', 'already_exists', 'nothing was refused'])
  }, 30_000)

  it('keeps its secrets encrypted, names those that are missing, and leaves nothing behind', async () => {
    const id = 'com.acme.secretive'
    const secrets = [{ name: 'TOKEN', title: 'Token', required: true }]
    await publish({ id, permissions: ['secrets:read'], secrets })
    const consent = await consentTo(['secrets:read'], id)
    expect(await refusal(create({ extension: id, consent }))).toEqual(['install.secret_missing'])
    expect(await refusal(create({ extension: id, consent, secrets: { OTHER: 'x' } }))).toEqual(['request.invalid'])
    const install = (await create({ extension: id, consent, secrets: { TOKEN: 'hunter2' } })) as Install
    expect(install.secrets).toEqual([{ name: 'TOKEN', required: true, set: true }])
    const stored = await registry.database.inScope({ platform: true }, (tx) =>
      tx.query<{ sealed: Buffer }>('SELECT sealed FROM install_secret WHERE install_id = $1', [install.id]),
    )
    expect(stored.rows[0]!.sealed.includes('hunter2')).toBe(false)
    const target = await calls.resolveForCall(admin.tenantId!, id)
    expect(await calls.openSecret(target!, 'TOKEN')).toBe('hunter2')
    const { removed, left } = await installs.uninstall(admin, install.id)
    expect(removed).toMatchObject({ installs: 1, consents: 1, secrets: 1 })
    expect(new Set(Object.values(left))).toEqual(new Set([0]))
  }, 60_000)

  it('takes settings that fit the schema, and gives them to calls beside the defaults', async () => {
    const id = 'com.acme.settled'
    const config = {
      version: 1,
      schema: {
        type: 'object',
        properties: { limit: { type: 'integer', maximum: 10 }, region: { enum: ['eu', 'us'] } },
        required: ['limit', 'region'],
        additionalProperties: false,
      },
      defaults: { region: 'eu' },
    }
    await publish({ id, permissions: ['config:read'], config })
    const consent = await consentTo(['config:read'], id)
    for (const wrong of [{}, { limit: 11 }, { limit: 1, more: true }])
      expect(await refusal(create({ extension: id, consent, config: wrong }))).toEqual(['request.invalid'])
    const held = (await create({ extension: id, config: { limit: 5 } })) as unknown as Held
    await approve(await registry.people.as('globex_owner'), held)
    const installed = (await find(id))!
    expect(installed.config).toEqual({ limit: 5 })
    const settings = async () => (await calls.resolveForCall(admin.tenantId!, id))?.config
    expect(await settings()).toEqual({ limit: 5, region: 'eu' })
    const update = (body: object) =>
      installs.update(admin, { id: installed.id, body: { revision: installed.revision, secrets: {}, ...body } })
    expect(await refusal(update({ config: { limit: 'x' } }))).toEqual(['request.invalid'])
    expect(await update({ config: { limit: 1, region: 'us' } })).toMatchObject({ config: { limit: 1, region: 'us' } })
    await everythingHeard()
    expect(await settings()).toEqual({ limit: 1, region: 'us' })
  }, 60_000)

  it('is updated without asking where nothing widens, and held where something does', async () => {
    await create({ consent: await consentTo(['kv:read']) })
    await publish({ version: '1.1.0', permissions: ['kv:read'] })
    await publish({ version: '1.2.0', permissions: ['kv:read', 'kv:write'] })
    const { id, revision } = (await find())!
    const updated = await installs.update(admin, { id, body: { revision, version: '1.1.0', secrets: {} } })
    expect(updated).toMatchObject({ version: '1.1.0', revision: revision + 1 })
    await expect(
      installs.update(admin, { id, body: { revision, version: '1.1.0', secrets: {} } }),
    ).rejects.toMatchObject({
      code: 'conflict',
    })
    const held = await installs.update(admin, { id, body: { revision: revision + 1, version: '1.2.0', secrets: {} } })
    expect(held).toBeInstanceOf(Held)
    await approve(await registry.people.as('globex_owner'), held as Held)
    expect(await find()).toMatchObject({ version: '1.2.0', permissions: [{ granted: true }, { granted: true }] })
    await uninstall()
  }, 60_000)
})

describe('what calls need of an install', () => {
  it('is kept until something changes, and then made anew', async () => {
    const tenant = admin.tenantId!
    expect(await calls.resolveForCall(tenant, NAME)).toBeNull()
    await create({ version: '1.0.0', consent: await consentTo(['kv:read']) })
    await everythingHeard()
    const target = await calls.resolveForCall(tenant, NAME)
    expect(target).toMatchObject({ extension: NAME, granted: ['kv:read'], facts: { signature: { state: 'valid' } } })
    expect(await calls.resolveForCall(other.tenantId!, NAME)).toBeNull()
    expect(await calls.resolveForCall(tenant, NAME)).toBe(target)
    await uninstall()
    await everythingHeard()
    expect(await calls.resolveForCall(tenant, NAME)).toBeNull()
  }, 30_000)

  it('is refused where the artifact on record was not admitted here', async () => {
    await create({ version: '1.0.0', consent: await consentTo(['kv:read']) })
    const { artifact } = (await calls.resolveForCall(admin.tenantId!, NAME))!
    const forged = Buffer.alloc(64).toString('base64')
    await expect(
      registry.artifacts.materialise({ artifact_digest: artifact.digest, artifact_signature: forged }),
    ).rejects.toMatchObject({ code: 'storage.corrupt' })
    await uninstall()
  }, 30_000)

  it('is refused to calls and to new installs once the key that signed it is revoked', async () => {
    const { database, gate, callers, people } = registry
    const publishers = new Publishers(database, gate, callers)
    const developer = await people.as('acme_developer')
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const publisherId = developer.actor.publisher_id!
    const public_key = publicKey.export({ type: 'spki', format: 'pem' }).toString()
    const { keyid } = await publishers.addKey(developer, publisherId, { public_key })
    const declared = manifest({ id: 'com.acme.revoked' })
    const { bytes, digest } = await bundleOf(declared, component)
    await registry.publishing.publish(developer, upload(bytes, { key: privateKey, digest, declared }))
    const consent = { digest, permissions: [] }
    await create({ extension: 'com.acme.revoked', consent })
    await everythingHeard()
    const call = async (): Promise<Outcome> => {
      const { facts, installId, tenantId } = (await calls.resolveForCall(admin.tenantId!, 'com.acme.revoked'))!
      const resource = { kind: 'install', id: installId, tenant_id: tenantId, publisher_id: publisherId }
      const endpoint = { id: 'echo', method: 'POST', required_scope: null }
      const asked = { actor: admin.actor, tenant: admin.tenant, resource, ...facts, endpoint, quota: null, rate: null }
      return gate.decide('extension.invoke', asked, { correlationId: 'test', tenantId })
    }
    expect((await call()).kind).toBe('allow')
    await publishers.revokeKey(developer, publisherId, keyid)
    await everythingHeard()
    expect(await call()).toMatchObject({ kind: 'deny', reasons: [{ id: 'call.signature_invalid' }] })
    const again = create({ extension: 'com.acme.revoked', consent }, other)
    expect(await refusal(again)).toEqual(['install.signature_invalid'])
  }, 60_000)
})
