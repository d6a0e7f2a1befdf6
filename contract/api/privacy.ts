import { z } from 'zod'
import { EndedAccess } from './identity.js'
import { ACTION_IDS } from '../actions.js'
import { Instant, Slug, Uuid, text } from '../primitives.js'
import { SCOPE_IDS } from '../scopes.js'
import { AUDIT_SOURCES, SCIM_OUTCOMES, SESSION_CLIENTS } from '../vocabulary.js'
import { DecisionSummary, OUTCOMES } from './decisions.js'
import { Key, Name, Person } from './identity.js'
import { pageOf, pageQuery } from './page.js'
import { ScimLogEntry } from './scim.js'

const Pseudonym = text(64).describe('What decisions call them')

/** What ended with somebody who was erased. */
export const Erasure = z.strictObject({
  pseudonym: text(64).describe('All that is left to call them by: nothing leads from it to the person'),
  erased_at: Instant,
  ended: EndedAccess,
})
export type Erasure = z.infer<typeof Erasure>

/** Where somebody acted from, as far as it is kept. */
export const AuditOrigin = z.strictObject({
  kind: z.enum(['session', 'key', 'scim', 'platform', 'nobody']),
  name: text(400).nullable().describe('What the session, or the SCIM connection with its token, is called'),
})

/** Who did what, from where, under which decision. */
export const AuditEntry = z.strictObject({
  id: Uuid,
  at: Instant,
  source: z.enum(AUDIT_SOURCES),
  tenant: Uuid,
  actor: text(64).describe('Pseudonym of who acted; of a sign-in, of whoever signed in'),
  name: Name.nullable().describe('Who that is, for those who may see people; null where they are gone'),
  action: z.enum(ACTION_IDS),
  did: text(400).describe('In short: the action, or what an identity provider asked for'),
  outcome: z.enum([...OUTCOMES, ...SCIM_OUTCOMES]),
  resource: z.strictObject({ kind: text(40), id: text(200) }).nullable(),
  reasons: z.array(text(200)),
  from: AuditOrigin,
  decision_id: Uuid.nullable(),
  correlation_id: text(64),
})
export type AuditEntry = z.infer<typeof AuditEntry>
export const AuditPage = pageOf(AuditEntry)

/** What the audit list is searched by; all that are given must fit. */
export const AuditFilters = z.strictObject({
  tenant_id: Uuid.optional().describe("Platform operators name one; everybody else sees their own organisation's"),
  person: text(64, 1)
    .regex(
      /^(u_[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
      'must be a pseudonym such as u_… or the id of a person',
    )
    .optional()
    .describe('Who acted or was acted on, by id or pseudonym'),
  source: z.enum(AUDIT_SOURCES).optional(),
  action: z.enum(ACTION_IDS).optional(),
  outcome: z.enum([...OUTCOMES, ...SCIM_OUTCOMES]).optional(),
  since: Instant.optional().describe('At this moment or later'),
  until: Instant.optional().describe('Before this moment'),
})
export type AuditFilters = z.infer<typeof AuditFilters>
export const AuditQuery = z.strictObject({ ...pageQuery, ...AuditFilters.shape })
export type AuditQuery = z.infer<typeof AuditQuery>

const LINE_FORMATS = ['jsonl', 'csv'] as const
/** The audit list as a file. */
export const AuditExportQuery = z.strictObject({
  format: z.enum(LINE_FORMATS).default('jsonl').describe('JSON lines, or RFC 4180 that a spreadsheet runs nothing of'),
  ...AuditFilters.shape,
})
export type AuditExportQuery = z.infer<typeof AuditExportQuery>

/** A role as somebody holds it. */
export const HeldRole = z.strictObject({
  role: text(120),
  kind: z
    .enum(['role', 'custom_role', 'group', 'workspace'])
    .describe("One that ships, one of the organisation's own, by a group, or within one workspace"),
  workspace: z
    .strictObject({ id: Uuid, slug: Slug })
    .nullable()
    .describe('Where alone it counts; null where that is the whole organisation'),
  scopes: z.array(z.enum(SCOPE_IDS)),
  since: Instant.nullable().describe('Null: longer than it is kept'),
  by: z.strictObject({
    rule: text(120).nullable().describe('What was decided when it was given, or the group that gives it'),
    actor: text(64).nullable().describe('Pseudonym of whoever gave it; null where nobody did, or it is not known'),
    decision_id: Uuid.nullable(),
  }),
  last_used_at: Instant.nullable().describe(
    'Of what is kept on record: when something was last done that takes a scope of this role; reads and calls are not kept so',
  ),
  unused: z.boolean(),
})
export type HeldRole = z.infer<typeof HeldRole>

/** A key, secret or token that lets somebody in, and when it was used. */
export const ReviewedKey = z.strictObject({
  id: Uuid,
  kind: z.enum(['api_key', 'secret', 'key', 'federated']).describe('Federated: tokens of an outside issuer'),
  name: text(200),
  scopes: z.array(z.enum(SCOPE_IDS)).nullable().describe('Null: all that the roles give'),
  created_at: Instant,
  expires_at: Instant.nullable(),
  last_used_at: Instant.nullable().describe('To the minute'),
  unused: z.boolean(),
})
export type ReviewedKey = z.infer<typeof ReviewedKey>

/** Somebody with all that they have. */
export const ReviewedAccess = z.strictObject({
  id: Uuid,
  kind: Person.shape.kind,
  name: Name,
  email: text(254).nullable(),
  pseudonym: Pseudonym,
  disabled_at: Instant.nullable(),
  managed: z.boolean().describe('An identity provider keeps them, by SCIM'),
  owner_id: Uuid.nullable().describe('Of a service account: who answers for it'),
  last_seen_at: Instant.nullable(),
  unused: z.boolean(),
  roles: z.array(HeldRole),
  keys: z.array(ReviewedKey),
})
export type ReviewedAccess = z.infer<typeof ReviewedAccess>

/** Who has what in an organisation, at a moment. */
export const AccessReview = z.strictObject({
  tenant_id: Uuid,
  at: Instant,
  unused_days: z.int().positive(),
  people: z.array(ReviewedAccess),
})
export type AccessReview = z.infer<typeof AccessReview>

export const AccessReviewQuery = z.strictObject({
  tenant_id: Uuid.optional().describe("Platform operators name one; everybody else gets their own organisation's"),
  unused_days: z.coerce.number().int().min(1).max(3650).default(90).describe('Marked as unused after so many days'),
})
export type AccessReviewQuery = z.infer<typeof AccessReviewQuery>

/** All that is kept of a person. */
export const PersonalData = z.strictObject({
  at: Instant,
  profile: Person,
  identities: z.array(z.strictObject({ provider: text(200), issuer: text(2000), subject: text(1000), since: Instant })),
  scim: z
    .strictObject({
      user_name: text(1000),
      external_id: text(1000).nullable(),
      attributes: z.json(),
      mapped: z.record(z.string(), z.string()),
      groups: z.array(text(1000)),
    })
    .nullable()
    .describe('What an identity provider says of them'),
  invitations: z.array(
    z.strictObject({
      id: Uuid,
      email: text(254),
      name: text(200).nullable(),
      invited_by: text(64),
      created_at: Instant,
      accepted_at: Instant.nullable(),
    }),
  ),
  sessions: z.array(
    z.strictObject({
      ...{ id: Uuid, client: z.enum(SESSION_CLIENTS), label: text(400), issuer: text(2000), auth_time: Instant },
      ...{
        created_at: Instant,
        last_used_at: Instant,
        ended_at: Instant.nullable(),
        ended_because: text(200).nullable(),
      },
    }),
  ),
  roles: z.array(HeldRole.omit({ last_used_at: true, unused: true })),
  keys: z.array(z.strictObject({ ...Key.shape, last_used_at: Instant.nullable() })),
  service_accounts: z.array(z.strictObject({ id: Uuid, name: Name })).describe('Those that they answer for'),
  votes: z.array(z.strictObject({ approval_id: Uuid, verdict: text(20), comment: text(2000), at: Instant })),
  decisions: z.array(DecisionSummary).describe('What they did, newest first; the first ten thousand'),
  audit: z
    .array(AuditEntry)
    .describe('What they did and what was done about them, newest first; the first ten thousand'),
  provisioning: z.array(ScimLogEntry).describe('What an identity provider asked for about them; the newest thousand'),
  more: z.boolean().describe('Something of this was left out for its length: ask for the rest by the lists'),
})
export type PersonalData = z.infer<typeof PersonalData>
