import { z } from 'zod'
import { ExtensionId, Instant, Semver, Slug, Uuid, text } from '../primitives.js'
import { KILL_SCOPES } from '../vocabulary.js'
import { pageOf, pageQuery } from './page.js'

const Reason = text(500, 3)

/** `name@semver` of one version. */
const VersionTarget = z
  .string()
  .max(401)
  .refine(
    (value) => {
      const [name, semver, ...rest] = value.split('@')
      return rest.length === 0 && ExtensionId.safeParse(name).success && Semver.safeParse(semver).success
    },
    { error: 'must name a version such as com.example.lockfile-auditor@1.4.2' },
  )

const idOrSlug = (what: string) => Slug.describe(`The ${what}'s id or slug`)
const order = <Scope extends string, Target extends z.ZodType>(scope: Scope, target: Target) =>
  z.strictObject({ scope: z.literal(scope), target, reason: Reason })

/** An order to stop something at once, everywhere. */
export const KillEngage = z.discriminatedUnion('scope', [
  order('global', z.literal('*').default('*')),
  order('tenant', idOrSlug('organisation')),
  order('publisher', idOrSlug('publisher')),
  order('extension', ExtensionId),
  order('version', VersionTarget),
  order('install', Uuid),
])
export type KillEngage = z.infer<typeof KillEngage>

/** Why a kill switch is let go; goes on record. */
export const KillRelease = z.strictObject({ reason: Reason })
export type KillRelease = z.infer<typeof KillRelease>

/** An engaged or released kill switch. */
export const KillOrder = z.strictObject({
  id: Uuid,
  tenant_id: Uuid,
  scope: z.enum(KILL_SCOPES),
  target: text(300),
  reason: text(500),
  engaged_by: text(64),
  engaged_at: Instant,
  released_at: Instant.nullable(),
  local: z.boolean().describe("Stands in this node's journal only, until the database can be written"),
  decision_id: Uuid.nullable().describe('The decision behind its last change; null while local'),
})
export type KillOrder = z.infer<typeof KillOrder>
export const KillPage = pageOf(KillOrder)

/** Which nodes, and runners by their addresses, have applied the change. Those that lapsed refuse everything until they have read it. */
const Reach = z.strictObject({
  acknowledged: z.array(text(300)),
  lapsed: z.array(text(300)),
  not_reached: z.array(text(300)),
})

/** An order, and how far it got within the lease. */
export const KillChanged = z.strictObject({ order: KillOrder, nodes: Reach })
export type KillChanged = z.infer<typeof KillChanged>

export const KillQuery = z.strictObject({
  ...pageQuery,
  state: z.enum(['engaged', 'released']).optional(),
})
export type KillQuery = z.infer<typeof KillQuery>
