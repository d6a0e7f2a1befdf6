import { randomBytes } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { keyEncryptionKey, openSecret, sealSecret, SecretUnreadable } from './sealed-secret.js'

const kek = keyEncryptionKey(randomBytes(32))

describe('a sealed secret', () => {
  it('opens to what was sealed, and is never the same bytes twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (secret) => {
        const sealed = sealSecret(kek, secret, 'here')
        expect(openSecret(kek, sealed, 'here')).toBe(secret)
        expect(sealSecret(kek, secret, 'here').equals(sealed)).toBe(false)
      }),
    )
  })

  it('does not open in another place or under another key', () => {
    const sealed = sealSecret(kek, 'secret', 'tenant-a/install/name')
    expect(() => openSecret(kek, sealed, 'tenant-b/install/name')).toThrow(SecretUnreadable)
    expect(() => openSecret(keyEncryptionKey(randomBytes(32)), sealed, 'tenant-a/install/name')).toThrow(
      SecretUnreadable,
    )
  })

  it('does not open once any bit of it changed, or when it is cut', () => {
    const sealed = sealSecret(kek, 'secret', 'here')
    for (let index = 0; index < sealed.length; index++) {
      const changed = Buffer.from(sealed)
      changed[index]! ^= 1
      expect(() => openSecret(kek, changed, 'here')).toThrow(SecretUnreadable)
      expect(() => openSecret(kek, sealed.subarray(0, index), 'here')).toThrow(SecretUnreadable)
    }
  })
})
