import type { TenantActivation, TenantActivationShown, TenantDraft, TenantWhatIf } from '#contract/api/tenant-policy.js'
import type { Action } from '#contract/actions.js'
import type { PolicyChecks } from '#contract/api/policy-drafts.js'
import type { Gate } from '#contract/vocabulary.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { Queryable } from '../platform/database/queryable.js'

/** The draft as kept. `checked` is the digest of what the last checks ran on. */
export interface TenantDraftRow extends Omit<TenantDraft, 'checked'> {
  readonly checked: string | null
}

const DRAFT = `source, tests, checks, checked, module, what_if, updated_by, decision_id, version, ${isoTimestamp('updated_at')}`

/** The draft of an organisation; undefined where it has none. */
export const findTenantDraft = async (tx: Queryable, tenant: string): Promise<TenantDraftRow | undefined> =>
  (await tx.query<TenantDraftRow>(`SELECT ${DRAFT} FROM tenant_policy_draft WHERE tenant_id = $1`, [tenant])).rows[0]

/** What somebody wrote. `version` is the draft as it was read, null where there was none. */
export interface TenantDraftText extends Pick<TenantDraft, 'source' | 'tests' | 'updated_by'> {
  readonly version: number | null
}

/** Writes the text of the draft; undefined where it is not as it was read. What the checks said of it before stays until they run again. */
export const writeTenantDraft = async (
  tx: GovernedTransaction,
  { source, tests, updated_by, version }: TenantDraftText,
): Promise<TenantDraftRow | undefined> => {
  const values = [tx.tenantId, source, tests, updated_by, tx.decisionId]
  const { rows } =
    version === null
      ? await tx.query<TenantDraftRow>(
          `INSERT INTO tenant_policy_draft (tenant_id, source, tests, updated_by, decision_id) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT DO NOTHING RETURNING ${DRAFT}`,
          values,
        )
      : await tx.query<TenantDraftRow>(
          `UPDATE tenant_policy_draft SET source = $2, tests = $3, updated_by = $4, decision_id = $5, version = version + 1,
             updated_at = now() WHERE tenant_id = $1 AND version = $6 RETURNING ${DRAFT}`,
          [...values, version],
        )
  return rows[0]
}

/** What the checks found, and on what. */
export interface TenantDraftChecked {
  readonly version: number
  readonly checks: PolicyChecks
  readonly checked: string
  readonly module: string | null
  readonly what_if: TenantWhatIf | null
}

/** Keeps what the checks found; undefined where the draft is not as it was read. */
export const keepTenantChecks = async (
  tx: GovernedTransaction,
  { version, checks, checked, module, what_if }: TenantDraftChecked,
): Promise<TenantDraftRow | undefined> => {
  const { rows } = await tx.query<TenantDraftRow>(
    `UPDATE tenant_policy_draft SET checks = $3, checked = $4, module = $5, what_if = $6, decision_id = $7,
       version = version + 1, updated_at = now() WHERE tenant_id = $1 AND version = $2 RETURNING ${DRAFT}`,
    [
      ...[tx.tenantId, version, JSON.stringify(checks), checked, module],
      ...[what_if && JSON.stringify(what_if), tx.decisionId],
    ],
  )
  return rows[0]
}

const ACTIVATION = `seq::float8 AS seq, module, replaces, kind, reason, by, approval_id, decision_id, ${isoTimestamp('created_at', 'at')}`

/** The changes of what an organisation has in force, newest first. */
export const listTenantActivations = async (
  tx: Queryable,
  { tenant, limit }: { tenant: string; limit: number },
): Promise<TenantActivation[]> =>
  (
    await tx.query<TenantActivation>(
      `SELECT ${ACTIVATION} FROM tenant_policy_activation WHERE tenant_id = $1 ORDER BY seq DESC LIMIT $2`,
      [tenant, limit],
    )
  ).rows

/** One change with its Rego, or without a number the newest; undefined where there is none. */
export const findTenantActivation = async (
  tx: Queryable,
  { tenant, seq = null }: { tenant: string; seq?: number | null },
): Promise<TenantActivationShown | undefined> =>
  (
    await tx.query<TenantActivationShown>(
      `SELECT ${ACTIVATION}, source, tests FROM tenant_policy_activation
       WHERE tenant_id = $1 AND ($2::bigint IS NULL OR seq = $2) ORDER BY seq DESC LIMIT 1`,
      [tenant, seq],
    )
  ).rows[0]

/** A change to write: it follows the one of number `after`. */
export interface NewTenantActivation extends Pick<
  TenantActivationShown,
  'module' | 'source' | 'tests' | 'replaces' | 'kind' | 'reason' | 'by' | 'approval_id'
> {
  readonly id: string
  readonly after: number
}

/** Changes what is in force. One that follows the same as another, or that an approval has had done, violates a unique key. */
export const insertTenantActivation = async (
  tx: GovernedTransaction,
  made: NewTenantActivation,
): Promise<TenantActivation> => {
  const { rows } = await tx.query<TenantActivation>(
    `INSERT INTO tenant_policy_activation (id, tenant_id, seq, module, source, tests, replaces, kind, reason, by, approval_id, decision_id)
     VALUES ($1, $2, $3::bigint + 1, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING ${ACTIVATION}`,
    [
      ...[made.id, tx.tenantId, made.after, made.module, made.source, made.tests, made.replaces],
      ...[made.kind, made.reason, made.by, made.approval_id, tx.decisionId],
    ],
  )
  return rows[0]!
}

/** A decision that policy made, with what a module would be asked. */
export interface AnsweredDecision {
  readonly id: string
  readonly gate: Gate
  readonly action: Action
  readonly input: Buffer
  readonly answer: Buffer
  readonly tenant_module: string | null
}

/** The newest decisions of an organisation that policy answered. */
export const answeredDecisions = async (
  tx: Queryable,
  { tenant, limit }: { tenant: string; limit: number },
): Promise<AnsweredDecision[]> =>
  (
    await tx.query<AnsweredDecision>(
      `SELECT id, gate, action, input, answer, tenant_module FROM decision
       WHERE tenant_id = $1 AND decided_by = 'policy' AND answer IS NOT NULL ORDER BY id DESC LIMIT $2`,
      [tenant, limit],
    )
  ).rows
