import { createRequire } from 'node:module'

/** One entry of a keychain, as `@napi-rs/keyring` has it. Each method throws where the keychain is away or locked. */
interface Entry {
  getPassword(): string | null
  setPassword(password: string): void
  deletePassword(): boolean
}
type Entries = new (service: string, username: string, options: { linux: { store: 'secret-service' } }) => Entry

/** Where secrets of a person lie under their own account: Keychain, Credential Manager, Secret Service. Throws where it is away or locked. */
export interface Keychain {
  readonly read: (name: string) => string | null
  readonly write: (name: string, secret: string) => void
  readonly remove: (name: string) => void
}

const SERVICE = 'gatehouse'
// The other one of Linux, the kernel's, forgets everything at a restart.
const OPTIONS = { linux: { store: 'secret-service' } } as const

/** The keychain of this system. Loaded on first use: its library is there only for systems that have one. */
export const systemKeychain = (): Keychain => {
  const entry = (name: string): Entry => {
    const { Entry: Opened } = createRequire(import.meta.url)('@napi-rs/keyring') as { Entry: Entries }
    return new Opened(SERVICE, name, OPTIONS)
  }
  return {
    read: (name) => entry(name).getPassword(),
    write: (name, secret) => entry(name).setPassword(secret),
    remove: (name) => void entry(name).deletePassword(),
  }
}
