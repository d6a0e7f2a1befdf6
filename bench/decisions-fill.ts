import type { Client } from 'pg'

/** Rows of one statement. */
const BATCH = 200_000

/**
 * Decisions as a busy platform has them, made by PostgreSQL itself: `$1` rows from row `$2` on, the newest of `$3` at the
 * moment `$4` and the others before it at even distances over `$5` milliseconds. Some values are everywhere, some are
 * rare, and an actor, resource or correlation id may be there a few times or once.
 */
const FILL = `
  INSERT INTO decision (id, tenant_id, publisher_id, instance, gate, action, outcome, decided_by, cause, actor, resource_kind,
    resource_id, extension, install_id, execution_id, reasons, rules, revision, engine, input, answer, input_digest, fuel,
    count, correlation_id, at, expires_at)
  SELECT (lpad(to_hex(ms), 12, '0') || '7' || lpad(to_hex(n % 4096), 3, '0') || 'a' || substr(h, 1, 15))::uuid,
    md5('tenant' || (u * u * 200)::int)::uuid, md5('publisher' || (v * v * 100)::int)::uuid, 'node-' || n % 3,
    split_part(kind, ' ', 1), split_part(kind, ' ', 2), outcome,
    CASE WHEN outcome = 'unavailable' THEN 'unavailable' WHEN n % 20011 = 0 THEN 'kill' ELSE 'policy' END,
    CASE WHEN outcome = 'unavailable' THEN 'budget_exhausted' END,
    'p_' || md5('actor' || (u * 20000)::int), 'endpoint', 'path/' || (v * v * 5000)::int,
    'com.example.ext' || (v * v * 500)::int, md5('install' || (u * 5000)::int)::uuid, md5('x' || n)::uuid,
    CASE WHEN outcome = 'allow' THEN '{}' WHEN n % 30011 = 0 THEN '{call.rare}' ELSE ARRAY['call.reason_' || n % 17] END::text[],
    CASE WHEN outcome = 'allow' THEN ARRAY[split_part(kind, ' ', 1) || '.allowed'] ELSE ARRAY['call.reason_' || n % 17] END,
    'sha256:' || repeat(md5((n * 6 / $3)::text), 2), 'engine/1', convert_to(repeat(h, 10), 'UTF8'), convert_to(h, 'UTF8'),
    'sha256:' || h || h, 1000, 1, 'c-' || md5('c' || n), to_timestamp(ms / 1000.0), to_timestamp(ms / 1000.0 + 60)
  FROM (
    SELECT n, random() AS u, random() AS v, md5(n::text) AS h,
      ($4::bigint - (($3 - n)::float8 * $5 / $3))::bigint AS ms,
      CASE WHEN n % 500009 = 0 THEN 'killswitch kill.engage' WHEN n % 1009 = 0 THEN 'admin policy.activate'
        WHEN n % 7 = 0 THEN 'capability capability.use' ELSE 'call extension.invoke' END AS kind,
      CASE WHEN n % 10007 = 0 THEN 'unavailable' WHEN n % 1013 = 0 THEN 'hold' WHEN n % 23 = 0 THEN 'deny' ELSE 'allow' END AS outcome
    FROM generate_series($2::bigint, $2::bigint + $1::bigint - 1) AS n
  ) AS row`

/** Fills the table of decisions. `spanMs` is how long it took the platform to make them; the newest is as of `until`. */
export async function fillDecisions(
  owner: Client,
  { rows, until, spanMs }: { rows: number; until: number; spanMs: number },
  progress: (done: number) => void = () => {},
): Promise<void> {
  for (let done = 0; done < rows; done += BATCH) {
    await owner.query(FILL, [Math.min(BATCH, rows - done), done + 1, rows, until, spanMs])
    progress(done + BATCH)
  }
}
