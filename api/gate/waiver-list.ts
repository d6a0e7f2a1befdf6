import { MAX_WAIVERS } from '#contract/decisions/common.js'
import type { DecisionInput } from '#contract/decisions/inputs.js'
import type { Gate, WAIVER_SUBJECTS } from '#contract/vocabulary.js'
import type { ReasonCatalogue } from '#engine/reasons.js'
import { factFragment } from './canonical-input.js'
import type { Subject } from './subject.rules.js'

/** Waivers as policy sees them. */
export type WaiverFacts = DecisionInput<Gate>['waivers']

/** One waiver in force, as every node holds it in memory. */
export interface WaiverInForce {
  readonly id: string
  readonly reason: string
  readonly subject: { readonly kind: (typeof WAIVER_SUBJECTS)[number]; readonly id: string }
  /** Milliseconds since the epoch. */
  readonly until: number
}

/** What is decided: by which gate, about whom, when, and by whose rules. */
export interface WaiverQuestion {
  readonly gate: Gate
  readonly subject: Pick<Subject, 'tenantId' | 'extension'>
  /** Milliseconds since the epoch. */
  readonly now: number
  /** The rules that decide: what their metadata does not let be waived is not. */
  readonly reasons: ReasonCatalogue | undefined
}

const NONE: WaiverFacts = factFragment([])

const key = ({ kind, id }: WaiverInForce['subject']): string => `${kind} ${id}`
const byId = (one: WaiverInForce, other: WaiverInForce): number => (one.id < other.id ? -1 : 1)

/** The waivers that this node knows of, by whom they are for: asked before each decision, without I/O. */
export class WaiverList {
  private index: ReadonlyMap<string, readonly WaiverInForce[]> = new Map()

  /** Takes over the waivers as the database has them. */
  apply(waivers: readonly WaiverInForce[]): void {
    this.index = Map.groupBy(waivers.toSorted(byId), ({ subject }) => key(subject))
  }

  /** Those that bear on a decision, in the order of their ids. */
  bearingOn({ gate, subject, now, reasons }: WaiverQuestion): WaiverFacts {
    if (this.index.size === 0) return NONE
    const { tenantId, extension } = subject
    const forTenant = this.index.get(key({ kind: 'tenant', id: tenantId })) ?? []
    const forExtension = extension === null ? [] : (this.index.get(key({ kind: 'extension', id: extension })) ?? [])
    const bearing = [...forTenant, ...forExtension].filter(
      ({ reason, until }) => reason.startsWith(`${gate}.`) && until > now && reasons?.[reason]?.waivable,
    )
    if (bearing.length === 0) return NONE
    // More than a policy has reasons to waive: the others are asked for again once these have ended.
    return bearing
      .toSorted(byId)
      .slice(0, MAX_WAIVERS)
      .map(({ id, reason, until }) => ({ id, reason, until }))
  }
}
