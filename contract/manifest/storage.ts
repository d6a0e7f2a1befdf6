import { z } from 'zod'
import { Title, Words, listOf } from './common.js'
import { KV_KEYS, KV_QUOTA, bounded } from './limits.js'

/** A secret that an admin enters at install. Its value never enters the manifest, policy or a log. */
const SecretDeclaration = z.strictObject({
  name: z
    .string()
    .max(63)
    .regex(/^[A-Za-z][A-Za-z0-9_]*$/, { error: 'must be letters, digits and _, starting with a letter' }),
  title: Title,
  description: Words.optional(),
  required: z.boolean().default(true),
})

export const Secrets = listOf(SecretDeclaration, { max: 20, key: (secret) => secret.name, what: 'name' })

/** Key-value storage of one install. */
export const Kv = z.strictObject({ quota_bytes: bounded(KV_QUOTA), quota_keys: bounded(KV_KEYS) })
