import type { z } from 'zod'
import type { DecisionFacts } from '#contract/decisions/inputs.js'
import type { JsonObject } from '#contract/json-object.js'
import type { EgressRule } from '#contract/manifest/egress.js'
import type { Permission } from '#contract/permissions.js'
import { LogSheet } from './log.rules.js'
import { MetricSheet } from './metrics.rules.js'

/** What host calls need to know of an installed extension. */
export interface Installed {
  readonly extension: string
  readonly egress: readonly EgressRule[]
  /** Events that the manifest declares, with their shapes. */
  readonly emits: readonly { readonly type: string; readonly schema: object }[]
  readonly kvQuotaBytes: number
  readonly kvQuotaKeys: number
  /** Settings of the install, with the manifest's defaults; null where it declares none. */
  readonly config: JsonObject | null
  readonly secrets: { readonly declared: readonly string[]; readonly set: readonly string[] }
}

/** One running call of one install: on whose behalf a guest's host calls are made. */
export interface Invocation<T extends Installed = Installed> {
  /** Id of the decision that allowed it. */
  readonly executionId: string
  readonly target: T
  /** Tells other hosts of this call as their parent; absent where nobody traces it. */
  readonly traceparent?: string
  /** Events that led to it, one by another; 0 where somebody asked for it. */
  readonly hops: number
  /** Milliseconds since the epoch; no effect goes on beyond it. */
  readonly deadline: number
  /** Aborted when the execution is ended from outside. */
  readonly signal: AbortSignal
  /** Values of the secrets that the guest has read, by name; they are struck from its log lines. */
  readonly disclosed: Map<string, string>
  readonly log: LogSheet
  readonly metrics: MetricSheet
  /** Events published so far. */
  published: number
  /** Requests sent to other hosts so far. */
  requests: number
  /** Bytes sent to and received from other hosts so far. */
  egressBytes: number
}

/** What an invocation has done before its first host call. */
export const nothingDone = () => ({
  disclosed: new Map<string, string>(),
  log: new LogSheet(),
  metrics: new MetricSheet(),
  published: 0,
  requests: 0,
  egressBytes: 0,
})

/** The arguments of a host call as policy sees them. */
export type ArgumentFacts = Partial<
  Pick<DecisionFacts<'capability'>, 'kv' | 'http' | 'secret' | 'log' | 'config' | 'metric' | 'event'>
>

/** A host call made ready: what the gate is shown, and what happens once it allows. */
export interface Plan {
  readonly facts: ArgumentFacts
  run(): unknown
}

/** One host call that a guest can make. */
export interface Capability<A = never, T extends Installed = Installed> {
  /** `<interface>.<function>` of the WIT. */
  readonly name: string
  readonly permission: Permission
  readonly schema: z.ZodType<A>
  /** Its effect goes beyond this platform, so that every decision so far is durable before it runs. */
  readonly leaves?: true
  /** It is never answered, so a guest does not wait for it. */
  readonly posted?: true
  /** Gathers the facts. Changes nothing and reaches nothing that is not declared. Raises HostRefusal. */
  plan(args: A, invocation: Invocation<T>): Plan | Promise<Plan>
}
