import { describe, expect, it } from '@jest/globals'
import { systemKeychain } from './keychain.js'

describe('the keychain of this system', () => {
  it('keeps what it is given and lets it go, or says that there is none', () => {
    const name = `https://spec-${process.pid}.example`
    const keychain = systemKeychain()
    try {
      keychain.write(name, 'a secret')
    } catch (error) {
      // A machine without a desktop has none, and some systems have no library for theirs.
      expect((error as Error).message).toMatch(/platform|dbus|@napi-rs\/keyring/i)
      return
    }
    expect(keychain.read(name)).toBe('a secret')
    keychain.remove(name)
    expect(keychain.read(name)).toBeNull()
  })
})
