import type { z } from 'zod'
import type { DecisionFacts } from '#contract/decisions/inputs.js'
import type { EgressRule } from '#contract/manifest/egress.js'
import type { ExtensionEndpoint } from '#contract/manifest/endpoints.js'
import type { Limits } from '#contract/manifest/limits.js'
import type { Permission } from '#contract/permissions.js'

type CallFacts = DecisionFacts<'call'>

/** Everything about one install that a call needs; a new object whenever anything in it changed. */
export interface CallTarget {
  readonly tenantId: string
  readonly workspaceId: string
  readonly installId: string
  readonly publisherId: string
  readonly extension: string
  readonly semver: string
  readonly digest: string
  /** The admitted form, verified when it was loaded. */
  readonly artifact: { readonly digest: string; readonly folder: string }
  readonly endpoints: readonly z.infer<typeof ExtensionEndpoint>[]
  readonly egress: readonly z.infer<typeof EgressRule>[]
  readonly limits: Limits
  readonly kvQuotaBytes: number
  readonly secrets: { readonly declared: readonly string[]; readonly set: readonly string[] }
  readonly declared: readonly Permission[]
  readonly granted: readonly Permission[]
  /** Calls per UTC day. */
  readonly quota: { readonly limit: number } | null
  readonly facts: Pick<CallFacts, 'extension' | 'publisher_standing' | 'version' | 'install' | 'grant' | 'signature'>
}
