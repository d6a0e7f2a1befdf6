import { z } from 'zod'
import { PermissionId } from '../permissions.js'
import { Digest, Instant, Uuid, text } from '../primitives.js'
import { pageOf, pageQuery } from './page.js'

const Permissions = z
  .array(PermissionId)
  .min(1)
  .max(50)
  .transform((ids) => [...new Set(ids)])

/** A token for an extension that runs elsewhere, as it can be seen; the token itself is shown once. */
export const RuntimeToken = z.strictObject({
  id: Uuid,
  install_id: Uuid,
  name: text(120, 1),
  prefix: text(8),
  permissions: z.array(text(120)),
  digest: Digest.describe('The version that it was minted for; an update of the install ends it'),
  expires_at: Instant,
  revoked_at: Instant.nullable(),
  last_used_at: Instant.nullable().describe('To the minute'),
  created_at: Instant,
})
export type RuntimeToken = z.infer<typeof RuntimeToken>
export const RuntimeTokenPage = pageOf(RuntimeToken)
export const RuntimeTokenQuery = z.strictObject(pageQuery)

/** What is asked for; permissions are those of the install where absent. */
export const RuntimeTokenCreate = z.strictObject({
  name: text(120, 1),
  permissions: Permissions.optional(),
  expires_in: z.int().min(1).default(900).describe('Seconds; policy allows an hour at most'),
})
export type RuntimeTokenCreate = z.infer<typeof RuntimeTokenCreate>

/** The one answer that carries the token, with the fields of RFC 6749 §5.1. */
export const RuntimeTokenCreated = z.strictObject({
  ...RuntimeToken.shape,
  access_token: text(64).describe('Shown this once, and kept only as a hash'),
  token_type: z.literal('Bearer'),
  expires_in: z.int(),
  scope: text(2000).describe('Its permissions, separated by spaces'),
})
export type RuntimeTokenCreated = z.infer<typeof RuntimeTokenCreated>
