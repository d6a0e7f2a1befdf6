import type { PolicyStatus } from '#contract/api/policy.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { Queryable } from '../platform/database/queryable.js'

/** Instances that were not heard of for this long are gone. */
const GONE_S = 10

type InstanceRow = Omit<PolicyStatus['instances'][number], 'follows'>

/** What the running instances tell of themselves. */
export const listInstances = async (tx: Queryable): Promise<InstanceRow[]> => {
  const { rows } = await tx.query<InstanceRow>(
    `SELECT node, revision, fault, ${isoTimestamp('since')}, ${isoTimestamp('seen_at')} FROM policy_instance
     WHERE seen_at > clock_timestamp() - make_interval(secs => $1) ORDER BY node`,
    [GONE_S],
  )
  return rows
}
