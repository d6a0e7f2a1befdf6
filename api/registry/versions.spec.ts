import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { ExtensionQuery } from '#contract/api/registry.js'
import { refusal } from '../gate/testing/refusal.js'
import type { Caller } from '../platform/http/caller.js'
import { Catalogue } from './catalogue.service.js'
import { Dossiers } from './dossier.service.js'
import { Publishers } from './publishers.service.js'
import { Rungs } from './rungs.service.js'
import { Versions } from './versions.service.js'
import { bundleOf, echoComponent, manifest, testRegistry, upload, type TestRegistry } from './testing/test-registry.js'

const NAME = 'com.acme.echo'
let registry: TestRegistry
let catalogue: Catalogue
let publishers: Publishers
let rungs: Rungs
let versions: Versions
let developer: Caller
let stranger: Caller
let operator: Caller

const publish = async (component: Uint8Array, changes: object): Promise<void> => {
  const declared = manifest(changes)
  const { bytes, digest } = await bundleOf(declared, component)
  await registry.publishing.publish(developer, upload(bytes, { key: registry.signingKey, digest, declared }))
}

beforeAll(async () => {
  registry = await testRegistry()
  const { database, gate, callers, trust, people } = registry
  catalogue = new Catalogue(database)
  publishers = new Publishers(database, gate, callers)
  rungs = new Rungs(database, gate)
  versions = new Versions(database, gate, new Dossiers(database), trust)
  developer = await people.as('acme_developer')
  stranger = await people.as('globex_owner')
  operator = await people.as('operator')
  const component = await echoComponent()
  await publish(component, {})
  await publish(component, { version: '2.0.0' })
  const compatibility = { platform: '^99.0.0' }
  await publish(component, { id: 'com.acme.later', name: 'Later 100%', permissions: ['kv:read'], compatibility })
}, 120_000)
afterAll(() => registry.drop())

describe('a version', () => {
  it('goes from channel to channel, by its publisher alone, and skips none', async () => {
    expect(await refusal(versions.promote(developer, NAME, '1.0.0', { to: 'ga' }))).toEqual(['publish.channel_skipped'])
    expect(await versions.promote(developer, NAME, '1.0.0', { to: 'beta' })).toMatchObject({ channel: 'beta' })
    expect(await versions.promote(developer, NAME, '1.0.0', { to: 'ga' })).toMatchObject({ channel: 'ga' })
    expect(await refusal(versions.promote(stranger, NAME, '2.0.0', { to: 'beta' }))).not.toEqual([
      'nothing was refused',
    ])
    expect(await catalogue.version(stranger, NAME, '2.0.0')).toMatchObject({ channel: 'draft' })
  })

  it('is taken back by its publisher alone', async () => {
    expect(await refusal(versions.yank(stranger, NAME, '2.0.0'))).not.toEqual(['nothing was refused'])
    expect((await versions.yank(developer, NAME, '2.0.0')).yanked_at).not.toBeNull()
    expect(await refusal(versions.yank(developer, NAME, '9.9.9'))).toEqual(['not_found'])
  })
})

describe('the ladder', () => {
  it('is climbed step by step with a reason, by the platform alone', async () => {
    const set = (by: Caller, rung: 'notice' | 'suspend', reason = 'it leaks') => rungs.set(by, NAME, { rung, reason })
    expect(await refusal(set(developer, 'notice'))).not.toEqual(['nothing was refused'])
    expect(await refusal(set(operator, 'suspend'))).toEqual(['enforcement.rung_skipped'])
    expect(await set(operator, 'notice')).toMatchObject({ rung: 'notice', previous: 'none' })
    expect(await catalogue.show(stranger, NAME)).toMatchObject({ rung: 'notice' })
  })
})

describe('the catalogue', () => {
  const found = async (filter: object): Promise<string[]> =>
    (await catalogue.list(stranger, ExtensionQuery.parse(filter))).items.map(({ name }) => name)

  it.each([
    [{}, ['com.acme.later', NAME]],
    [{ q: 'ECHO' }, [NAME]],
    [{ q: '100%' }, ['com.acme.later']],
    [{ q: '_' }, []],
    [{ without_permission: 'kv:read' }, [NAME]],
    [{ compatible: 'true' }, [NAME]],
    [{ compatible: 'false' }, ['com.acme.later']],
    [{ publisher: 'nobody' }, []],
    [{ type: 'workflow-step' }, ['com.acme.later', NAME]],
    [{ limit: 1 }, ['com.acme.later']],
  ])('answers %j', async (filter, names) => {
    expect(await found(filter)).toEqual(names)
  })
})

describe('a publisher', () => {
  const newKey = () => generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const find = async () => (await publishers.list(stranger, { limit: 10 })).items.find(({ id }) => id === own())!
  const own = () => developer.actor.publisher_id!

  it('adds and revokes keys of its own, each once', async () => {
    const public_key = newKey()
    const { keyid } = await publishers.addKey(developer, own(), { public_key })
    expect((await find()).keys.map((key) => key.keyid)).toContain(keyid)
    expect(await refusal(publishers.addKey(developer, own(), { public_key }))).toEqual(['already_exists'])
    const { revoked_at } = await publishers.revokeKey(developer, own(), keyid)
    expect(revoked_at).not.toBeNull()
    expect((await publishers.revokeKey(developer, own(), keyid)).revoked_at).toBe(revoked_at)
    expect((await find()).keys.find((key) => key.keyid === keyid)).toMatchObject({ revoked_at })
  })

  it('takes keys from nobody else, and none but Ed25519 public ones', async () => {
    const before = await find()
    expect(await refusal(publishers.addKey(stranger, own(), { public_key: newKey() }))).toEqual(['not_found'])
    expect(await refusal(publishers.revokeKey(stranger, own(), before.keys[0]!.keyid))).toEqual(['not_found'])
    expect(await refusal(publishers.addKey(developer, own(), { public_key: 'x' }))).toEqual(['publisher.key_invalid'])
    expect(await refusal(publishers.revokeKey(developer, own(), 'f'.repeat(32)))).toEqual(['not_found'])
    expect(await find()).toEqual(before)
  })

  it('is verified by the platform alone', async () => {
    expect(await refusal(publishers.verify(developer, own()))).toContain('admin.scope_missing')
    expect((await publishers.verify(operator, own())).verified_at).not.toBeNull()
  })
})
