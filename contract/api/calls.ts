import { z } from 'zod'
import { ExtensionId, Instant, Semver, Uuid, text } from '../primitives.js'

/** `interrupted`: the instance that ran it ended first. */
export const CALL_STATES = ['running', 'done', 'interrupted'] as const

/** What is answered at once to a call that is not waited for. */
export const CallBegun = z.strictObject({
  id: Uuid.describe('Also the id of the execution and of the decision that allowed it'),
  state: z.literal('running'),
  result: text(200).describe('Path of its answer'),
})

/** A call that is answered later, or was made under an idempotency key, as whoever made it may see it. */
export const KeptCallView = z.strictObject({
  id: Uuid.describe('Also the id of the execution and of the decision that allowed it'),
  state: z.enum(CALL_STATES),
  extension: ExtensionId,
  version: Semver,
  endpoint: text(200),
  status: z
    .int()
    .nullable()
    .describe('HTTP status of its answer, or of the problem in place of one; null until it is done'),
  problem: text(100).nullable().describe('Code of the problem that it ended with'),
  started_at: Instant,
  ended_at: Instant.nullable(),
  expires_at: Instant.describe('From then on nothing is known of it'),
  result: text(200).describe('Path of its answer'),
})
export type KeptCallView = z.infer<typeof KeptCallView>
