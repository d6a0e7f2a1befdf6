import type { GovernedTransaction } from '../gate/gate.types.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { Founding, FoundingPublisher } from './founding.rules.js'
import { insertKey } from './keys.repository.js'
import { insertTenant } from './organisations.repository.js'
import { insertWorkspace } from './workspaces/workspaces.repository.js'
import { insertPerson } from './people.repository.js'

/** Whether the platform has no organisation yet, as platform scope sees it. */
export const isEmptyPlatform = async (tx: Queryable): Promise<boolean> =>
  (await tx.query<{ empty: boolean }>('SELECT NOT EXISTS (SELECT FROM tenant) AS empty')).rows[0]!.empty

const insertPublisher = async (tx: GovernedTransaction, row: FoundingPublisher): Promise<void> => {
  await tx.query(
    `INSERT INTO publisher (id, tenant_id, slug, name, contact, decision_id) VALUES ($1, $2, $3, $4, $5, $6)`,
    [row.id, row.tenant_id, row.slug, row.name, row.contact, tx.decisionId],
  )
  await tx.query(
    `INSERT INTO publisher_key (id, tenant_id, publisher_id, keyid, public_key, decision_id) VALUES ($1, $2, $3, $4, $5, $6)`,
    [row.key.id, row.tenant_id, row.id, row.key.keyid, row.key.public_key, tx.decisionId],
  )
}

/** Writes everything that a founding names, all of it or nothing. */
export const insertFounding = async (tx: GovernedTransaction, founding: Founding): Promise<void> => {
  for (const row of founding.tenants) await insertTenant(tx, row)
  for (const row of founding.workspaces) await insertWorkspace(tx, row)
  for (const row of founding.publishers) await insertPublisher(tx, row)
  for (const row of founding.people) await insertPerson(tx, row)
  for (const row of founding.keys) await insertKey(tx, row)
}
