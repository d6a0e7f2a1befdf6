import canonicalize from 'canonicalize'
import type { TenantDraft, TenantWhatIf } from '#contract/api/tenant-policy.js'
import type { Answer } from '#contract/decisions/answer.js'
import type { Restriction } from '#contract/decisions/restrictions.js'
import type { TenantSample } from '#engine/author/index.js'
import { platformAnswer } from '#engine/tenant/answers.js'
import { restrict } from '#engine/tenant/restrict.js'
import { digestOf } from '#runtime/digest.js'
import { parseAnswer } from '../gate/answer-parser.js'
import type { AnyFacts } from '../gate/gate.types.js'
import { hasSay } from '../gate/tenant-verdict.js'
import type { AnsweredDecision, TenantDraftRow } from './tenant-policy.repository.js'

/** Name of rules and tests together: what checks and votes are bound to. */
export const sourcesDigest = ({ source, tests }: Pick<TenantDraft, 'source' | 'tests'>): string =>
  digestOf(Buffer.from(canonicalize({ source, tests })!))

/** The draft as people see it. */
export const shownTenantDraft = (row: TenantDraftRow): TenantDraft => ({
  ...row,
  checked: row.checked === sourcesDigest(row),
})

/** Whether every check ran to its end and passed, on exactly what the draft holds now. */
export const hasPassed = (row: TenantDraftRow): boolean =>
  row.checks?.ok === true && row.module !== null && row.checked === sourcesDigest(row)

/** A past decision that a module would have had a say in. */
export interface PastSample extends TenantSample {
  /** What the platform's policy answered. */
  readonly platform: Answer
}

/** Those among past decisions of an organisation that its module would have been asked about. */
export const samplesOf = (tenantId: string, decisions: readonly AnsweredDecision[]): PastSample[] =>
  decisions.flatMap(({ id: name, gate, action, input, answer, tenant_module }) => {
    const platform = parseAnswer(platformAnswer(answer, tenant_module))
    const facts = JSON.parse(input.toString('utf8')) as AnyFacts
    const isAsked = platform.outcome !== 'deny' && hasSay({ action, facts, tenantId })
    return isAsked ? [{ name, gate, input, platform }] : []
  })

type Said = ReadonlyMap<string, readonly Restriction[]>

/** What a module would have done to past decisions; `past` newest first. */
export const whatIf = (past: readonly PastSample[], said: Said): TenantWhatIf => {
  const effects = new Map<string, TenantWhatIf['effects'][number]>()
  let [denied, held] = [0, 0]
  for (const { name, platform } of past) {
    const restrictions = said.get(name) ?? []
    const { outcome } = restrict(platform, restrictions)
    if (outcome === 'deny') denied += 1
    else if (outcome !== platform.outcome) held += 1
    for (const { reason, effect } of restrictions) {
      const key = `${effect} ${reason}`
      const known = effects.get(key)
      effects.set(key, { reason, effect, decisions: (known?.decisions ?? 0) + 1, example: known?.example ?? name })
    }
  }
  const sorted = [...effects.values()].toSorted((one, other) => other.decisions - one.decisions)
  return { decisions: past.length, denied, held, effects: sorted.slice(0, MAX_EFFECTS) }
}

const MAX_EFFECTS = 1_000
