import { z } from 'zod'
import { ROLE_IDS, SCOPE_IDS } from '#contract/scopes.js'
import { PermissionId } from '#contract/permissions.js'
import { Instant } from '#contract/primitives.js'
import { RUNGS } from '#contract/vocabulary.js'

const Base64 = z.strictObject({ base64: z.base64() })
const AsJson = z.strictObject({ json: z.json() })

/** Bytes: text as it stands, `{json: …}` or `{base64: …}`. */
export const Content = z.union([z.string(), AsJson, Base64], { error: 'must be text, {json: …} or {base64: …}' })
export type Content = z.infer<typeof Content>

/** What a host on the network answers. `url` may end in `*`; the first that fits is taken, and no request leaves the machine. */
export const CannedAnswer = z.strictObject({
  method: z.string().max(10).optional().describe('Any where absent'),
  url: z.string().max(4096).describe('May end in `*`'),
  status: z.int().min(100).max(599).default(200),
  headers: z.record(z.string(), z.string()).default({}),
  body: Content.default(''),
  fails: z.enum(['timeout', 'unreachable']).optional().describe('The host does not answer at all'),
  address: z
    .enum(['public', 'private', 'loopback', 'link_local', 'unresolved'])
    .default('public')
    .describe('What kind of address its name has'),
})
export type CannedAnswer = z.infer<typeof CannedAnswer>

/** Who calls: a member of the organisation, unless it is said otherwise. */
export const LocalCaller = z.strictObject({
  roles: z.array(z.enum(ROLE_IDS)).default(['member']),
  scopes: z.array(z.enum(SCOPE_IDS)).default(['extensions:invoke']),
  anonymous: z.boolean().default(false),
})
export type LocalCaller = z.infer<typeof LocalCaller>

/** All that an extension finds around it when it is run on its author's machine. Everything has a default. */
export const Surroundings = z.strictObject({
  kv: z.record(z.string().max(512), Content).default({}).describe('What is stored'),
  config: z.record(z.string(), z.json()).default({}).describe('Settings that an admin entered'),
  secrets: z.record(z.string(), z.string()).default({}).describe('Secrets that an admin entered'),
  http: z.array(CannedAnswer).max(200).default([]).describe('Hosts on the network; the first that fits answers'),
  granted: z
    .array(PermissionId)
    .optional()
    .describe('Permissions that an admin granted; all that the manifest asks for where absent'),
  caller: LocalCaller.prefault({}).describe('Who calls'),
  now: Instant.optional().describe('The moment that the extension and policy see; the real one where absent'),
  seed: z.string().max(200).optional().describe('All randomness comes from it: the same seed, the same bytes'),
  rung: z.enum(RUNGS).optional().describe('Where the extension stands on the enforcement ladder'),
  quota: z.strictObject({ limit: z.int(), used: z.int() }).optional().describe('Calls of the day'),
  refuse: z
    .record(z.string(), z.string())
    .default({})
    .describe('Host calls that are refused whatever policy says, with the code that the extension gets'),
})
export type Surroundings = z.infer<typeof Surroundings>
/** Surroundings as they are written: what is left out has its default. */
export type Given = z.input<typeof Surroundings>
