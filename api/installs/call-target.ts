import type { EgressRule, ExtensionEndpoint, Limits } from '#contract/manifest/index.js'
import type { DecisionFacts } from '#contract/decisions/inputs.js'
import type { JsonObject } from '#contract/json-object.js'
import type { Permission } from '#contract/permissions.js'
import type { RateLimit } from '../documents/laid-down.rules.js'

type CallFacts = DecisionFacts<'call'>

/**
 * Everything that a call of an installed extension needs, looked up ahead of it. Immutable: whenever anything in it
 * changes there is a new object, so callers may hang what they derive on it.
 */
export interface CallTarget {
  readonly tenantId: string
  readonly workspaceId: string
  readonly installId: string
  readonly publisherId: string
  readonly extension: string
  readonly semver: string
  readonly digest: string
  /** Verified when this target was made. */
  readonly artifact: { readonly digest: string; readonly folder: string }
  readonly endpoints: readonly ExtensionEndpoint[]
  readonly egress: readonly EgressRule[]
  readonly limits: Limits
  /** Events that the manifest declares, with their shapes. */
  readonly emits: readonly { readonly type: string; readonly schema: object }[]
  /** Events that start it: the endpoint that takes each, and the shape that it relies on. */
  readonly consumes: readonly { readonly type: string; readonly schema: object; readonly endpoint: string }[]
  readonly kvQuotaBytes: number
  readonly kvQuotaKeys: number
  /** Settings of the install, with the manifest's defaults; null where it declares none. */
  readonly config: JsonObject | null
  readonly secrets: { readonly declared: readonly string[]; readonly set: readonly string[] }
  readonly declared: readonly Permission[]
  readonly granted: readonly Permission[]
  /** Calls per UTC day; null where there is no quota. */
  readonly quota: { readonly limit: number } | null
  /** Limits on calls a minute. */
  readonly rates: readonly RateLimit[]
  /** What the organisation laid down changes then by itself: milliseconds since the epoch, or infinity. */
  readonly until: number
  /** Ready-made parts of the call gate's input. */
  readonly facts: Pick<
    CallFacts,
    'extension' | 'publisher_standing' | 'version' | 'install' | 'grant' | 'signature' | 'listed'
  > & { readonly workspace: NonNullable<CallFacts['workspace']> }
}
