import type { Client } from 'pg'

const DAY_MS = 86_400_000

/**
 * Leaves the first partition as it is once its month has passed: cut two days ago, without a row behind that.
 * @returns where it ends now, in milliseconds since the epoch
 */
export const letTimePass = async (owner: Client): Promise<number> => {
  const until = Math.floor(Date.now() / DAY_MS) * DAY_MS - 2 * DAY_MS
  await owner.query(`
    ALTER TABLE decision DETACH PARTITION decision_first;
    CREATE TABLE decision_later (LIKE decision INCLUDING DEFAULTS);
    WITH later AS (DELETE FROM decision_first WHERE id >= decision_id_from(to_timestamp(${until / 1000})) RETURNING *)
    INSERT INTO decision_later SELECT * FROM later`)
  const { rows } = await owner.query<{ first: string; later: string }>(
    `SELECT decision_id_from(to_timestamp(${until / 1000}))::text AS first,
            decision_id_from(min(since))::text AS later FROM decision_partitions() WHERE since IS NOT NULL`,
  )
  const { first, later } = rows[0]!
  await owner.query(`ALTER TABLE decision ATTACH PARTITION decision_first FOR VALUES FROM (MINVALUE) TO ('${first}');
    ALTER TABLE decision ATTACH PARTITION decision_later FOR VALUES FROM ('${first}') TO ('${later}')`)
  return until
}
