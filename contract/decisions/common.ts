import { z } from 'zod'
import { Digest, DottedId, EpochMs, ExtensionId, Semver, Slug, Uuid, text } from '../primitives.js'
import {
  ACTOR_KINDS,
  CHANNELS,
  LISTED_EFFECTS,
  REVIEW_STATES,
  RISKS,
  SEVERITIES,
  SIGNATURE_STATES,
  STANDING_KINDS,
  TENANT_STATES,
} from '../vocabulary.js'
import { ROLE_IDS, SCOPE_IDS } from '../scopes.js'
import { ActorInWorkspace } from './workspaces.js'

/** Decision inputs are what policy sees: snake_case, closed objects, no secret and no payload; people only as keyed pseudonyms. */

/** Who asks. `id` is a keyed pseudonym; `scopes` are effective (roles cut down to the key's own). */
export const Actor = z.strictObject({
  kind: z.enum(ACTOR_KINDS),
  id: text(64),
  tenant_id: Uuid.nullable(),
  publisher_id: Uuid.nullable(),
  roles: z.array(z.enum(ROLE_IDS)),
  scopes: z.array(z.enum(SCOPE_IDS)),
  platform: z.boolean().describe("The actor belongs to the platform's own tenant and may act across organisations"),
  step_up: z.boolean().describe('Signed in again, with a second factor, within the last minutes'),
  session: z
    .strictObject({
      acr: text(200).nullable().describe('Authentication context class that the provider named'),
      auth_time: EpochMs.describe('When the person last proved who they are'),
      second_factor: z.boolean().describe('By what the provider said: its acr, or amr (RFC 8176)'),
    })
    .optional()
    .describe('Of a person who signed in; a key has none'),
  workspace: ActorInWorkspace.optional(),
})

const StandingValue = z.strictObject({ value: text(64), until: EpochMs.nullable() })

/** What is known of a subject, by kind; a kind that is absent says nothing. */
export const Standing = z.strictObject(
  Object.fromEntries(STANDING_KINDS.map((kind) => [kind, StandingValue.optional()])) as Record<
    (typeof STANDING_KINDS)[number],
    z.ZodOptional<typeof StandingValue>
  >,
)

/** What is acted on. `tenant_id` is the owner's; null where nobody owns it. */
export const Resource = z.strictObject({
  kind: text(40),
  id: text(200),
  tenant_id: Uuid.nullable(),
  publisher_id: Uuid.nullable(),
  workspace_id: Uuid.optional().describe('Where it lies; absent of what lies in no workspace'),
})

/** An exception that people agreed to: this reason does not count until that moment. */
export const WaiverFacts = z.strictObject({ id: Uuid, reason: DottedId, until: EpochMs })

/** Most waivers that one input holds. */
export const MAX_WAIVERS = 50

/** The part that every gate's input has. `required_scope` comes from the action's entry. */
export const common = {
  now: EpochMs,
  actor: Actor,
  tenant: z.strictObject({ id: Uuid, status: z.enum(TENANT_STATES), standing: Standing }).nullable(),
  resource: Resource,
  required_scope: z.enum(SCOPE_IDS).nullable(),
  waivers: z
    .array(WaiverFacts)
    .max(MAX_WAIVERS)
    .default([])
    .describe('Those in force for the tenant or the extension that this is about, and for reasons of this gate'),
}

export const Permission = z.strictObject({ id: DottedId, risk: z.enum(RISKS) })
export const ExtensionFacts = z.strictObject({ id: ExtensionId, publisher_id: Uuid, standing: Standing })
export const PublisherFacts = z.strictObject({ id: Uuid, tenant_id: Uuid, verified: z.boolean(), standing: Standing })
export const VersionFacts = z.strictObject({
  version: Semver,
  digest: Digest,
  channel: z.enum(CHANNELS),
  review_state: z.enum(REVIEW_STATES),
  yanked: z.boolean(),
  deprecated: z.boolean(),
  standing: Standing,
})

/** State of the envelope as verified just now. `publisher_id` is whose key signed. */
export const SignatureFacts = z.strictObject({ state: z.enum(SIGNATURE_STATES), publisher_id: Uuid.nullable() })

/** What the organisation's lists say of a version, with the entry that says so; null where none says anything. */
export const Listed = z
  .strictObject({
    effect: z.enum(LISTED_EFFECTS),
    entry: text(300),
    list: Slug,
    revision: z.int().positive().describe('Of that list'),
    until: EpochMs.nullable(),
  })
  .nullable()

/** Outcome of certification. `unavailable`: a check could not run, which is never a pass (A19). */
export const CertificationFacts = z.strictObject({
  state: z.enum(['completed', 'unavailable']),
  findings: z
    .array(z.strictObject({ check: text(60), code: DottedId, severity: z.enum(SEVERITIES), malware: z.boolean() }))
    .max(200),
})

/** One vote on an approval, as policy sees it. */
export const VoteFacts = z.strictObject({
  voter: text(64),
  verdict: z.enum(['approve', 'deny']),
  scopes: z.array(z.enum(SCOPE_IDS)),
  publisher_id: Uuid.nullable(),
  made_by_opener: z
    .boolean()
    .describe(
      'Whoever opened the approval, or stands behind the service account that did, made the voter or issued the key of the vote, be it through others, or is the voter',
    ),
})
