import { z } from 'zod'
import { text } from '#contract/primitives.js'
import type { Capability, Installed } from './capability.js'
import { HostRefusal } from './host-reply.js'
import type { SecretReader } from './ports.js'

const Name = z.strictObject({ name: text(100) })

/** Secrets that an admin entered at install. What was read once is struck from the log lines of the same invocation. */
export const secretCapabilities = <T extends Installed>(
  secrets: SecretReader<T>,
): Capability<z.infer<typeof Name>, T>[] => [
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
