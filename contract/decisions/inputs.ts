import { z } from 'zod'
import { ACTIONS, type Action, type ActionOf } from '../actions.js'
import { Digest, DottedId, EpochMs, Semver, Uuid, text } from '../primitives.js'
import { APPROVAL_KINDS, KILL_SCOPES, METRIC_KINDS, RISKS, RUNGS, STANDING_SUBJECTS, type Gate } from '../vocabulary.js'
import { ROLE_IDS, SCOPE_IDS } from '../scopes.js'
import {
  CertificationFacts,
  common,
  ExtensionFacts,
  Listed,
  Permission,
  PublisherFacts,
  SignatureFacts,
  Standing,
  VersionFacts,
  VoteFacts,
} from './common.js'
import { OrganisationFacts, SandboxFacts } from './organisations.js'
import { scimFacts } from './scim.js'
import { signInFacts } from './sign-in.js'
import { workspaceFacts, WorkspaceFacts } from './workspaces.js'

const actionsOf = <G extends Gate>(gate: G) =>
  z.enum(Object.keys(ACTIONS).filter((id) => ACTIONS[id as Action].gate === gate) as [ActionOf<G>, ...ActionOf<G>[]])

/** `governance.publish`: submit, approve, promote, yank. `extension` is null where the id is new. */
export const PublishInput = z.strictObject({
  action: actionsOf('publish'),
  ...common,
  publisher: PublisherFacts,
  extension: ExtensionFacts.nullable(),
  version: VersionFacts.extend({ exists: z.boolean() }),
  signature: SignatureFacts,
  manifest: z.strictObject({
    type: text(40),
    permissions: z.array(Permission).max(100),
    permissions_added: z.array(DottedId).max(100).describe('Against the newest approved version'),
  }),
  certification: CertificationFacts,
  votes: z.array(VoteFacts).max(50),
  promotion: z.strictObject({ from: text(10), to: text(10) }).nullable(),
})

/** `governance.install`: install, update, uninstall. */
export const InstallInput = z.strictObject({
  action: actionsOf('install'),
  ...common,
  publisher: PublisherFacts,
  extension: ExtensionFacts,
  version: VersionFacts,
  signature: SignatureFacts,
  certification: CertificationFacts,
  manifest: z.strictObject({
    permissions: z.array(Permission).max(100),
    unbuilt_features: z.array(DottedId).max(50).describe('Declared features that this platform does not run yet'),
    platform_compatible: z.boolean(),
    secrets_missing: z.array(text(100)).max(50),
    events_undeclared: z
      .array(text(200))
      .max(50)
      .optional()
      .describe('Events that it consumes and that no approved version declares to emit'),
  }),
  grant: z.strictObject({
    permissions: z.array(DottedId).max(100),
    beyond_manifest: z.array(DottedId).max(100),
    widened: z.array(DottedId).max(100).describe('Granted now and not by the previous consent'),
  }),
  consent: z.strictObject({
    given: z.boolean(),
    covers: z.boolean().describe('The consent names exactly this digest and grant'),
  }),
  certification_mode: z.enum(['warn', 'block']),
  listed: Listed,
  limits: z.strictObject({
    installs: z.strictObject({ limit: z.int(), used: z.int() }).nullable().describe('Installs that are there already'),
    grant_risk: z.enum(RISKS).nullable().describe('Highest risk of a permission that may be granted'),
  }),
  previous: z.strictObject({ version: Semver }).nullable(),
  workspace: WorkspaceFacts.optional(),
})

/** `governance.call`: one invocation. Routes are matched before the gate; `endpoint` is what matched. */
export const CallInput = z.strictObject({
  action: actionsOf('call'),
  ...common,
  extension: ExtensionFacts,
  publisher_standing: Standing,
  version: VersionFacts.omit({ deprecated: true }),
  install: z.strictObject({ id: Uuid, workspace_id: Uuid, status: text(20), standing: Standing }),
  workspace: WorkspaceFacts.optional(),
  endpoint: z.strictObject({ id: text(60), method: text(10), required_scope: z.enum(SCOPE_IDS).nullable() }),
  grant: z.strictObject({ permissions: z.array(DottedId).max(100) }),
  listed: Listed,
  quota: z
    .strictObject({ limit: z.int(), used: z.int() })
    .nullable()
    .describe('Calls of this UTC day, before this one'),
  rate: z
    .strictObject({ limit: z.int(), used: z.int() })
    .nullable()
    .describe('Calls of this minute on this instance, before this one'),
  signature: SignatureFacts,
  trigger: z
    .strictObject({
      kind: z.enum(['event']),
      type: text(200),
      hops: z.int().positive().describe('Events that led to it, one by another'),
    })
    .optional()
    .describe('What started the call, where nobody asked for it'),
})

const kv = z.strictObject({
  key: text(512),
  keys: z.array(text(512)).max(100).optional().describe('All keys of a transaction'),
  size_bytes: z.int().nonnegative().describe('Of the value; of all values of a transaction together'),
  used_bytes: z.int().nonnegative().describe('By entries that stay as they are'),
  quota_bytes: z.int().nonnegative(),
  stores_keys: z.int().nonnegative().optional().describe('Entries that it stores'),
  used_keys: z.int().nonnegative().optional().describe('Entries that stay as they are'),
  quota_keys: z.int().nonnegative().optional(),
})
const http = z.strictObject({
  scheme: z.enum(['http', 'https']),
  host: text(253),
  port: z.int(),
  method: text(10),
  path: text(2048),
  rule: z
    .int()
    .nullable()
    .describe("Index of the manifest's egress rule that matched host, method and path; null where none did"),
  address_class: z.enum(['public', 'private', 'loopback', 'link_local', 'literal', 'unresolved']),
  private_allowed: z.boolean().describe('The operator lets this host resolve to a private or loopback address'),
  size_bytes: z.int().nonnegative(),
  headers_beyond: z
    .array(text(100))
    .max(50)
    .optional()
    .describe('Headers that would be sent and that the rule does not name, where it names any'),
  secrets: z
    .array(
      z.strictObject({
        name: text(63),
        permitted: z.boolean().describe('The rule lets it stand in headers'),
        set: z.boolean(),
      }),
    )
    .max(50)
    .optional()
    .describe('Secrets that headers ask for'),
  requests: z.int().nonnegative().optional().describe('Requests that this invocation has sent before'),
  exchanged_bytes: z.int().nonnegative().optional().describe('Bodies sent and received by it before'),
})

/** `governance.capability`: one host call inside an invocation, down to its arguments. Exactly one of the argument objects is set. */
export const CapabilityInput = z.strictObject({
  action: actionsOf('capability'),
  ...common,
  capability: z.strictObject({ name: text(40), permission: DottedId }),
  extension: ExtensionFacts,
  version: z.strictObject({ version: Semver, digest: Digest }),
  install: z.strictObject({ id: Uuid, workspace_id: Uuid }),
  declared: z.array(DottedId).max(100),
  granted: z.array(DottedId).max(100),
  kv: kv.nullable(),
  http: http.nullable(),
  secret: z.strictObject({ name: text(100), declared: z.boolean(), set: z.boolean() }).nullable(),
  log: z
    .strictObject({ level: z.enum(['debug', 'info', 'warn', 'error']), size_bytes: z.int().nonnegative() })
    .nullable(),
  config: z
    .strictObject({
      name: text(200).nullable().describe('The setting; null for all of them'),
      declared: z.boolean().describe('The manifest declares settings'),
    })
    .optional(),
  event: z
    .strictObject({
      type: text(200),
      own: z.boolean().describe("The type lies in the extension's own namespace"),
      declared: z.boolean().describe('The manifest declares that it emits this type'),
      misfit: text(500)
        .nullable()
        .describe('JSON Pointer to where the data first does not fit the declared schema; null where it fits'),
      size_bytes: z.int().nonnegative(),
      published: z.int().nonnegative().describe('Events that this invocation has published before'),
      hops: z.int().positive().describe('Events that led to it, one by another, this one included'),
    })
    .optional(),
  metric: z
    .strictObject({
      kind: z.enum(METRIC_KINDS),
      name: text(63),
      series: z.int().positive().describe('Names with labels that this invocation has measured, this one included'),
    })
    .optional(),
})

/** `governance.enforcement`: which rung of the ladder. Skipping a rung needs a recorded severity reason. */
export const EnforcementInput = z.strictObject({
  action: actionsOf('enforcement'),
  ...common,
  subject: z.strictObject({ kind: z.enum(STANDING_SUBJECTS), id: text(200), publisher_id: Uuid.nullable() }),
  rung: z.strictObject({
    current: z.enum(RUNGS),
    requested: z.enum(RUNGS),
    steps: z.int().describe('Positive up, negative down'),
  }),
  reason_given: z.boolean(),
  severity_reason: text(500).nullable(),
})

/** `governance.killswitch`: who may engage or release. */
export const KillswitchInput = z.strictObject({
  action: actionsOf('killswitch'),
  ...common,
  kill: z.strictObject({
    scope: z.enum(KILL_SCOPES),
    target: text(200),
    target_tenant_id: Uuid.nullable().describe(
      'Whose tenant the target lies in; null for global and for a published extension',
    ),
    target_publisher_id: Uuid.nullable(),
    engaged: z.boolean(),
    engaged_by_actor: z.boolean(),
  }),
  reason_given: z.boolean(),
  votes: z.array(VoteFacts).max(50),
})

/** What an action on policy is about: a draft, or a revision that would be put in force or goes out of it. */
const PolicyFacts = z.strictObject({
  checks_passed: z.boolean().describe('Every check of the draft ran and passed, on exactly what would be sealed'),
  active: z.boolean().describe('The revision decides already'),
  was_active: z.boolean().describe('The revision has decided before'),
  active_until: z
    .strictObject({ left_s: z.int() })
    .nullable()
    .default(null)
    .describe('It decides by break-glass; seconds until it goes out of force, negative after that'),
  break_glass: z
    .strictObject({ lasts_s: z.int() })
    .nullable()
    .default(null)
    .describe('Asked for by break-glass, to decide for this many seconds'),
  canary: z
    .strictObject({
      running: z.boolean(),
      complete: z
        .boolean()
        .describe('The present step has as many pairs as it takes, with each changed rule among them'),
      breached: z.boolean().describe('Its pairs show more than was foretold'),
    })
    .nullable()
    .default(null)
    .describe('The canary that would go on or be taken back'),
  votes: z.array(VoteFacts).max(50),
})

/** A waiver that somebody asks for. */
const WaiverRequestFacts = z.strictObject({
  reason: DottedId,
  waivable: z.boolean().describe('The metadata of the rule says that it may be waived'),
  lasts_s: z.int().describe('Seconds from now until it would end'),
  votes: z.array(VoteFacts).max(50),
})

/** `governance.admin`: everything else that people do. The optional parts are set by the actions they belong to. */
export const AdminInput = z.strictObject({
  action: actionsOf('admin'),
  ...common,
  bootstrap: z
    .strictObject({ empty: z.boolean().describe('No tenant exists yet'), token_valid: z.boolean() })
    .nullable(),
  role_grant: z
    .strictObject({ roles: z.array(z.enum(ROLE_IDS)).max(20), scopes_beyond_actor: z.array(z.enum(SCOPE_IDS)).max(50) })
    .nullable()
    .describe('Roles or key scopes that would be handed out, and those among them that the actor lacks'),
  approval: z
    .strictObject({
      kind: z.enum(APPROVAL_KINDS),
      state: text(20),
      opened_by_actor: z.boolean(),
      voter_made_by_opener: z
        .boolean()
        .describe(
          'Whoever opened it, or stands behind the service account that did, made the voter or issued their key, be it through others, or is the voter',
        ),
      voted_already: z.boolean(),
      eligible_scope: z.enum(SCOPE_IDS),
      subject_publisher_id: Uuid.nullable().describe('Publisher whose matter this is; its members may not review it'),
      subject_tenant_id: Uuid.nullable(),
      digest_matches: z.boolean().describe('The voter was shown exactly what the approval is bound to'),
    })
    .nullable(),
  policy: PolicyFacts.nullable(),
  waiver: WaiverRequestFacts.nullable().default(null),
  retention: z
    .strictObject({
      until: EpochMs.describe('No decision that would go was made at this moment or later'),
      days: z.int().positive().describe('Days that the platform keeps decisions'),
    })
    .optional()
    .describe('Of audit.retain: decisions that would go'),
  runtime_token: z
    .strictObject({
      permissions: z.array(DottedId).max(100),
      beyond_grant: z.array(DottedId).max(100).describe('Those among them that the install does not have'),
      lasts_s: z.int().describe('Seconds until it expires'),
    })
    .optional()
    .describe('Of runtime_token.create: the token that is asked for'),
  ...signInFacts,
  ...scimFacts,
  ...workspaceFacts,
  sandbox: SandboxFacts.optional().describe('Of tenant.sandbox: the organisation that is asked for'),
  ownership: z
    .strictObject({
      takes_owner: z.boolean().describe('Whoever is changed is an active owner now, and is none after it'),
      owners_left: z.int().nonnegative().describe('Active owners that the organisation has after it'),
    })
    .optional()
    .describe('Of person.update, person.erase and person.leave: what becomes of ownership'),
  erasure: z
    .strictObject({ votes: z.array(VoteFacts).max(50) })
    .optional()
    .describe('Of person.erase'),
  organisation: OrganisationFacts.optional().describe(
    'Of tenant.suspend, resume, delete, restore and remove: the organisation as it is',
  ),
})

/** Every gate's input schema. */
export const INPUTS = {
  publish: PublishInput,
  install: InstallInput,
  call: CallInput,
  capability: CapabilityInput,
  enforcement: EnforcementInput,
  killswitch: KillswitchInput,
  admin: AdminInput,
} as const satisfies Record<Gate, z.ZodType>

/** The input of one gate, as policy reads it. */
export type DecisionInput<G extends Gate> = z.infer<(typeof INPUTS)[G]>
/** What a caller supplies: the input without what the gate itself adds. */
export type DecisionFacts<G extends Gate> = Omit<DecisionInput<G>, 'action' | 'now' | 'required_scope' | 'waivers'>
