import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { countersign, keyIdOf, signStatement } from '#runtime/bundle/dsse.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { Envelope } from './envelope.rules.js'
import { Trust } from './trust.service.js'

const statement = { digest: `sha256:${'a'.repeat(64)}`, extension: 'com.acme.echo', version: '1.0.0' }
const publisherId = '0198c0de-0000-7000-8000-00000000000c'
const publisher = generateKeyPairSync('ed25519')
const before = generateKeyPairSync('ed25519')
const now = generateKeyPairSync('ed25519')

/** The publisher's one key, as the repository finds it. */
const tx = {
  query: async () => ({
    rows: [
      {
        publisher_id: publisherId,
        keyid: keyIdOf(publisher.publicKey),
        public_key: publisher.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
        not_after: null,
        revoked_at: null,
      },
    ],
  }),
} as unknown as Queryable

const letInBy = (registryKey: KeyObject): Envelope =>
  countersign(signStatement(statement, publisher.privateKey), registryKey) as Envelope
const stateOf = async (trust: Trust, envelope: Envelope) => (await trust.storedSignature(tx, envelope, statement)).state

describe('what the registry let in', () => {
  it('counts by its own key', async () => {
    expect(await stateOf(new Trust(now.privateKey), letInBy(now.privateKey))).toBe('valid')
  })

  it('counts after a rotation while the key before is in the trust bundle, and not any more without it', async () => {
    const envelope = letInBy(before.privateKey)
    expect(await stateOf(new Trust(now.privateKey, [before.publicKey]), envelope)).toBe('valid')
    expect(await stateOf(new Trust(now.privateKey), envelope)).toBe('bad_signature')
  })

  it('is countersigned by the own key alone, whatever else is trusted', async () => {
    const trust = new Trust(now.privateKey, [before.publicKey])
    const { signatures } = trust.countersigned(signStatement(statement, publisher.privateKey) as Envelope, statement)
    expect(signatures.map(({ keyid }) => keyid)).toEqual([keyIdOf(publisher.publicKey), keyIdOf(now.publicKey)])
  })

  it("does not count by a key of the trust bundle in the publisher's place", async () => {
    const trust = new Trust(now.privateKey, [before.publicKey])
    const byRegistryAlone = signStatement(statement, before.privateKey) as Envelope
    expect(await stateOf(trust, byRegistryAlone)).toBe('unknown_signer')
  })
})
