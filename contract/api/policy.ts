import { z } from 'zod'
import { Digest, DottedId, Instant, Uuid, text } from '../primitives.js'
import { PolicyCanary } from './policy-canaries.js'

/** The policy that decides now. */
export const PolicyReply = z.strictObject({
  revision: Digest.describe('Name of the sealed revision'),
  bundle_revision: Digest.describe('Digest of the policy WASM and data, as decisions record it'),
  engine: z.string().describe('What evaluates it; replays on another engine say so'),
  rules: z.array(
    z.strictObject({
      id: DottedId,
      title: z.string(),
      description: z.string(),
      remedy: z.string().nullable(),
      waivable: z.boolean().describe('A waiver may take it out for some time'),
      file: z.string(),
      line: z.int().positive(),
    }),
  ),
})
export type PolicyReply = z.infer<typeof PolicyReply>

/** Most seconds for which anything is put in force by break-glass; policy may say less. */
const BREAK_GLASS_MAX_S = 86_400

/**
 * Why a policy is put in force; goes on record. With `break_glass` it takes two people besides whoever asks, everybody
 * who activates policy is told, and the policy before it decides again after `expires_in_s` seconds.
 */
export const ActivationRequest = z.strictObject({
  reason: text(500, 3),
  break_glass: z.strictObject({ expires_in_s: z.int().min(1).max(BREAK_GLASS_MAX_S) }).optional(),
})
export type ActivationRequest = z.infer<typeof ActivationRequest>

/** Back to a revision that has decided before; without one, to the one before the current. */
export const RollbackRequest = z.strictObject({ revision: Digest.optional(), reason: text(500, 3) })
export type RollbackRequest = z.infer<typeof RollbackRequest>

/** One change of the policy in force. */
export const PolicyActivation = z.strictObject({
  seq: z.int().positive().describe('Grows by one with each'),
  revision: Digest,
  replaces: Digest.nullable().describe('What decided before; null where nothing could'),
  kind: z.enum(['activate', 'rollback', 'break_glass', 'expiry']),
  reason: z.string(),
  by: text(64),
  approval_id: Uuid.nullable(),
  expires_at: Instant.nullable().describe('By break-glass: from then on what it replaced decides again'),
  decision_id: Uuid,
  at: Instant,
})
export type PolicyActivation = z.infer<typeof PolicyActivation>

/** A sealed policy. Its files never change. */
export const PolicyRevision = z.strictObject({
  revision: Digest.describe(
    'Its name: the digest over sources, data, capabilities, compiler and flags; of what was not sealed from sources the digest of module and data',
  ),
  bundle_revision: Digest.describe(
    'Digest of the policy WASM and data, as decisions record it; revisions may share it',
  ),
  base_revision: Digest,
  draft_id: Uuid.nullable(),
  source_commit: z.string().nullable(),
  sealed_by: text(64),
  decision_id: Uuid,
  sealed_at: Instant,
  in_force: z.boolean(),
})
export type PolicyRevision = z.infer<typeof PolicyRevision>
export const PolicyRevisionList = z.strictObject({ revisions: z.array(PolicyRevision) })

/** What a revision is compared with. */
export const RevisionDiffQuery = z.strictObject({
  from: Digest.optional().describe('A sealed policy; what is in force where absent'),
})
export type RevisionDiffQuery = z.infer<typeof RevisionDiffQuery>

/** Which policy is in force, and which one each instance decides by. */
export const PolicyStatus = z.strictObject({
  in_force: Digest.nullable().describe('Null only while no policy could be loaded and none was ever activated'),
  activation: PolicyActivation.nullable().describe('The last change; null while the shipped policy was never replaced'),
  break_glass: z
    .strictObject({ reason: z.string(), by: text(64), expires_at: Instant })
    .nullable()
    .describe('What decides was put in force by break-glass, and until when; null in ordinary times'),
  canary: PolicyCanary.nullable().describe('The policy that takes over by degrees; null while there is none'),
  instances: z.array(
    z.strictObject({
      node: z.string(),
      revision: Digest.nullable().describe('What it decides by; null where it has none and refuses everything'),
      follows: z.boolean().describe('It decides by what is in force'),
      fault: z.string().nullable().describe('Why it could not load what is in force'),
      since: Instant,
      seen_at: Instant,
    }),
  ),
})
export type PolicyStatus = z.infer<typeof PolicyStatus>

/** The changes of the policy in force, newest first; at most a hundred. */
export const PolicyHistory = z.strictObject({ activations: z.array(PolicyActivation) })
