import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { countersign, keyIdOf, signPayload, signStatement, type TrustedKey } from './dsse.js'
import { verifyEnvelope } from './verify.js'

const key = (): KeyObject => generateKeyPairSync('ed25519').privateKey
const statement = { digest: `sha256:${'0'.repeat(64)}`, extension: 'com.example.a', version: '1.0.0' }
const publisher = key()
const registry = key()

const trusted = (of: KeyObject, changes: Partial<TrustedKey> = {}): [string, TrustedKey] => [
  keyIdOf(of),
  {
    keyid: keyIdOf(of),
    publicKey: createPublicKey(of),
    role: 'publisher',
    publisherId: 'p',
    notAfter: null,
    revoked: false,
    ...changes,
  },
]
const trust = new Map([trusted(publisher), trusted(registry, { role: 'registry', publisherId: null })])
const expected = { statement, now: 1_000 }

describe('an envelope', () => {
  it('counts when a trusted publisher signed exactly this', () => {
    expect(verifyEnvelope(signStatement(statement, publisher), trust, expected)).toMatchObject({
      state: 'valid',
      publisherId: 'p',
    })
  })

  it('keeps the first signature beside the registry’s', () => {
    const both = countersign(signStatement(statement, publisher), registry)
    expect(both.signatures).toHaveLength(2)
    expect(verifyEnvelope(both, trust, expected).state).toBe('valid')
    expect(verifyEnvelope(both, trust, { ...expected, role: 'registry' }).state).toBe('valid')
    expect(verifyEnvelope(signStatement(statement, publisher), trust, { ...expected, role: 'registry' }).state).toBe(
      'unknown_signer',
    )
  })

  it('names what is wrong', () => {
    const good = signStatement(statement, publisher)
    expect(verifyEnvelope(null, trust, expected).state).toBe('unsigned')
    expect(verifyEnvelope({ ...good, signatures: [] }, trust, expected).state).toBe('unsigned')
    expect(verifyEnvelope(signStatement(statement, key()), trust, expected).state).toBe('unknown_signer')
    const borrowed = {
      ...signStatement(statement, key()),
      signatures: [
        {
          keyid: keyIdOf(publisher),
          sig: good.signatures[0]!.sig.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')),
        },
      ],
    }
    expect(verifyEnvelope(borrowed, trust, expected).state).toBe('bad_signature')
    expect(verifyEnvelope(good, trust, { ...expected, statement: { ...statement, version: '1.0.1' } }).state).toBe(
      'digest_mismatch',
    )
    expect(verifyEnvelope(good, new Map([trusted(publisher, { revoked: true })]), expected).state).toBe('revoked')
    expect(verifyEnvelope(good, new Map([trusted(publisher, { notAfter: 1_000 })]), expected).state).toBe('expired')
  })

  it('does not count under another payload type', () => {
    const payload = Buffer.from(signStatement(statement, publisher).payload, 'base64')
    expect(verifyEnvelope(signPayload('text/plain', payload, publisher), trust, expected).state).toBe('digest_mismatch')
  })
})
