import type { Domain } from '#contract/api/sign-in.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { IdPage } from '../platform/http/page.js'
import { recordOf } from './domains.rules.js'

const DOMAIN = `id, tenant_id, domain, provider_id, challenge, ${isoTimestamp('verified_at')}, ${isoTimestamp('checked_at')},
  version, ${isoTimestamp('created_at')}`

type DomainRow = Omit<Domain, 'record'> & { readonly challenge: string }
const viewOf = ({ challenge, ...row }: DomainRow): Domain => ({ ...row, record: recordOf(row.domain, challenge) })

/** Domains that the scope can see, newest first; of one organisation where `tenantId` names it. */
export const listDomains = async (
  tx: Queryable,
  { rows, before }: IdPage,
  tenantId: string | null,
): Promise<Domain[]> =>
  (
    await tx.query<DomainRow>(
      `SELECT ${DOMAIN} FROM verified_domain
       WHERE ($1::uuid IS NULL OR id < $1) AND ($2::uuid IS NULL OR tenant_id = $2) ORDER BY id DESC LIMIT $3`,
      [before, tenantId, rows],
    )
  ).rows.map(viewOf)

/** One domain, where the scope can see it. */
export const findDomain = async (tx: Queryable, id: string): Promise<Domain | undefined> =>
  (await tx.query<DomainRow>(`SELECT ${DOMAIN} FROM verified_domain WHERE id = $1`, [id])).rows.map(viewOf)[0]

/** Whether an organisation proved that a domain is its own. */
export const isProven = async (tx: Queryable, tenantId: string, domain: string): Promise<boolean> =>
  (
    await tx.query('SELECT FROM verified_domain WHERE tenant_id = $1 AND domain = $2 AND verified_at IS NOT NULL', [
      tenantId,
      domain,
    ])
  ).rowCount === 1

/** Proven domains that were last written down before `hours`; some of them, whichever. */
export const dueDomains = async (tx: Queryable, hours: number, most: number): Promise<Domain[]> =>
  (
    await tx.query<DomainRow>(
      `SELECT ${DOMAIN} FROM verified_domain
       WHERE verified_at IS NOT NULL AND checked_at < now() - make_interval(hours => $1) ORDER BY random() LIMIT $2`,
      [hours, most],
    )
  ).rows.map(viewOf)

/** Claims a domain. */
export const insertDomain = async (
  tx: GovernedTransaction,
  row: { id: string; domain: string; provider_id: string | null; challenge: string },
): Promise<Domain> =>
  viewOf(
    (
      await tx.query<DomainRow>(
        `INSERT INTO verified_domain (id, tenant_id, domain, provider_id, challenge, decision_id)
         VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${DOMAIN}`,
        [row.id, tx.tenantId, row.domain, row.provider_id, row.challenge, tx.decisionId],
      )
    ).rows[0]!,
  )

/** Writes down what a look-up of its record came to; undefined where the row changed meanwhile. */
export const markDomain = async (
  tx: GovernedTransaction,
  { id, version }: Pick<Domain, 'id' | 'version'>,
  proven: boolean,
): Promise<Domain | undefined> =>
  (
    await tx.query<DomainRow>(
      `UPDATE verified_domain SET verified_at = CASE WHEN $3 THEN coalesce(verified_at, now()) END, checked_at = now(),
         version = version + 1, decision_id = $4
       WHERE id = $1 AND version = $2 RETURNING ${DOMAIN}`,
      [id, version, proven, tx.decisionId],
    )
  ).rows.map(viewOf)[0]

/** Lets a domain go; false where it went already. */
export const deleteDomain = async (tx: GovernedTransaction, id: string): Promise<boolean> =>
  (await tx.query('DELETE FROM verified_domain WHERE id = $1', [id])).rowCount === 1
