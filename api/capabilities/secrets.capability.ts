import { z } from 'zod'
import { text } from '#contract/primitives.js'
import type { CallTarget } from '../installs/call-target.js'
import type { Capability } from './capability.js'
import { HostRefusal } from './host-reply.js'

/** Decrypts one secret of an install on demand; null where none is set. */
export interface SecretReader {
  openSecret(target: CallTarget, name: string): Promise<string | null>
}

const Name = z.strictObject({ name: text(100) })

/** Secrets that an admin entered at install. What was read once is struck from the log lines of the same invocation. */
export const secretCapabilities = (secrets: SecretReader): Capability<z.infer<typeof Name>>[] => [
  {
    name: 'secrets.get',
    permission: 'secrets:read',
    schema: Name,
    plan: ({ name }, { target, disclosed }) => ({
      facts: {
        secret: { name, declared: target.secrets.declared.includes(name), set: target.secrets.set.includes(name) },
      },
      run: async () => {
        const value = await secrets.openSecret(target, name)
        if (value === null) throw new HostRefusal('capability.secret_unset', `No value is set for ${name}`)
        disclosed.set(name, value)
        return value
      },
    }),
  },
]
