-- Decisions in partitions of a month each, by id: a UUID of version 7 begins with the moment, so that ids are in the order
-- of time, each look-up by id reaches one partition, and the primary key still makes ids unique (docs/adr/0013).

-- The least id of a moment, and the moment of an id.
CREATE FUNCTION decision_id_from(moment timestamptz) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT (lpad(to_hex(floor(extract(epoch FROM moment) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid $$;
CREATE FUNCTION decision_id_moment(id uuid) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT to_timestamp(('x0000' || substr(replace(id::text, '-', ''), 1, 12))::bit(64)::bigint / 1000.0) $$;

-- What was decided so far becomes the first partition, in place: no row is copied. It reaches to the end of this month, or
-- of the last month that it holds a decision of.
ALTER TABLE decision RENAME TO decision_first;
ALTER TABLE decision_first RENAME CONSTRAINT decision_pkey TO decision_first_pkey;
ALTER INDEX decision_tenant_id_id_idx RENAME TO decision_first_tenant_id_id_idx;
ALTER INDEX decision_extension_id_idx RENAME TO decision_first_extension_id_idx;
ALTER INDEX decision_execution_id_idx RENAME TO decision_first_execution_id_idx;
DROP VIEW publisher_decision;
DROP POLICY recorder ON decision_first;
DROP POLICY own_tenant ON decision_first;
ALTER TABLE decision_first DISABLE ROW LEVEL SECURITY;
REVOKE ALL ON decision_first FROM gatehouse_reader, gatehouse_records;
-- Nothing is ever deleted from it, so vacuum comes for its inserts alone: by their number, not by their share, since it
-- makes the Bloom filters of the newest stretches and lets indexes answer without the rows.
ALTER TABLE decision_first SET (autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 200000);

CREATE TABLE decision (LIKE decision_first INCLUDING DEFAULTS) PARTITION BY RANGE (id);
ALTER TABLE decision ADD CONSTRAINT decision_pkey PRIMARY KEY (id);
CREATE INDEX decision_tenant_id_id_idx ON decision (tenant_id, id);
CREATE INDEX decision_extension_id_idx ON decision (extension, id);
CREATE INDEX decision_execution_id_idx ON decision (execution_id);
-- Refusals are few and searched most: they have an index that answers by itself. An allow is not in it, and pays nothing.
CREATE INDEX decision_refused_idx ON decision (id)
  INCLUDE (tenant_id, gate, action, outcome, decided_by, cause, reasons, rules) WHERE outcome <> 'allow';
-- So have the acts of people and of the platform: calls and host calls, which are nearly all, are not in it.
CREATE INDEX decision_deed_idx ON decision (id)
  INCLUDE (tenant_id, gate, action, outcome, decided_by, cause) WHERE action <> 'extension.invoke' AND action <> 'capability.use';
-- One Bloom filter for each stretch of pages, made behind the writer once a stretch is full: appending pays nothing. The
-- rate of false positives is lowest where nearly every row has a value of its own.
CREATE INDEX decision_actor_bloom ON decision
  USING brin (id, actor text_bloom_ops (n_distinct_per_range = 500)) WITH (pages_per_range = 64, autosummarize = on);
CREATE INDEX decision_resource_bloom ON decision
  USING brin (id, resource_id text_bloom_ops (n_distinct_per_range = 500)) WITH (pages_per_range = 64, autosummarize = on);
CREATE INDEX decision_install_bloom ON decision
  USING brin (id, install_id uuid_bloom_ops (n_distinct_per_range = 500)) WITH (pages_per_range = 64, autosummarize = on);
CREATE INDEX decision_publisher_bloom ON decision
  USING brin (id, publisher_id uuid_bloom_ops (n_distinct_per_range = 200)) WITH (pages_per_range = 64, autosummarize = on);
CREATE INDEX decision_revision_bloom ON decision
  USING brin (id, revision text_bloom_ops (n_distinct_per_range = 32)) WITH (pages_per_range = 64, autosummarize = on);
CREATE INDEX decision_correlation_bloom ON decision
  USING brin (id, correlation_id text_bloom_ops (n_distinct_per_range = 1000, false_positive_rate = 0.001))
  WITH (pages_per_range = 64, autosummarize = on);

-- An id that holds no moment of a partition, or one of a month that none was made for, is still taken, and shown by health.
CREATE TABLE decision_default PARTITION OF decision DEFAULT;
DO $$
DECLARE
  bound timestamptz := date_trunc('month', now(), 'UTC') + interval '1 month';
  latest uuid;
BEGIN
  -- Ids of the far future hold no moment that was: they go where strays are.
  WITH stray AS (DELETE FROM decision_first WHERE id >= decision_id_from(bound + interval '1 month') RETURNING *)
  INSERT INTO decision SELECT * FROM stray;
  SELECT id INTO latest FROM decision_first ORDER BY id DESC LIMIT 1;
  IF latest >= decision_id_from(bound) THEN bound := bound + interval '1 month'; END IF;
  EXECUTE format('ALTER TABLE decision ATTACH PARTITION decision_first FOR VALUES FROM (MINVALUE) TO (%L)', decision_id_from(bound));
END $$;

ALTER TABLE decision ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON decision TO gatehouse_records;
GRANT SELECT ON decision TO gatehouse_reader;
CREATE POLICY recorder ON decision TO gatehouse_records USING (true) WITH CHECK (true);
CREATE POLICY own_tenant ON decision FOR SELECT TO gatehouse_reader
  USING ((SELECT scope_is_platform()) OR tenant_id = (SELECT scope_tenant()));

CREATE VIEW publisher_decision WITH (security_barrier) AS
  SELECT id, tenant_pseudonym(tenant_id, publisher_id) AS tenant, gate, action, outcome, decided_by, extension, reasons, rules, revision, count, at
  FROM decision WHERE publisher_id = scope_publisher() AND gate IN ('publish', 'call', 'capability');
GRANT SELECT ON publisher_decision TO gatehouse_reader;

-- ── partitions ──────────────────────────────────────────────────────────────────────────────────────────────────────

-- Every partition of decisions with the span that it holds, oldest first; the one of strays has none.
CREATE FUNCTION decision_partitions() RETURNS TABLE (name text, since timestamptz, until timestamptz, estimated_rows bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT c.relname::text, decision_id_moment(bounds[1]::uuid), decision_id_moment(bounds[2]::uuid), greatest(c.reltuples, 0)::bigint
  FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
  LEFT JOIN LATERAL regexp_match(pg_get_expr(c.relpartbound, c.oid), 'FROM \((?:MINVALUE|''([^'']+)'')\) TO \(''([^'']+)''\)') AS bounds ON true
  WHERE i.inhparent = 'decision'::regclass ORDER BY bounds[2] NULLS LAST
$$;
REVOKE EXECUTE ON FUNCTION decision_partitions() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION decision_partitions() TO gatehouse_reader, gatehouse_records, gatehouse_governed;

CREATE FUNCTION decision_strays() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
$$ SELECT count(*) FROM (SELECT FROM decision_default LIMIT 1000) AS stray $$;
REVOKE EXECUTE ON FUNCTION decision_strays() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION decision_strays() TO gatehouse_reader;

-- How densely decisions lie in time, over all organisations, so that a search knows how far to look at once: moments and
-- nothing else, in milliseconds since the epoch.
CREATE FUNCTION decision_moment_before(before uuid, rows int) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT floor(extract(epoch FROM decision_id_moment(id)) * 1000)::bigint FROM decision WHERE id < before ORDER BY id DESC OFFSET rows LIMIT 1
$$;
CREATE FUNCTION decision_oldest_moment() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT floor(extract(epoch FROM decision_id_moment(id)) * 1000)::bigint FROM decision ORDER BY id LIMIT 1
$$;
REVOKE EXECUTE ON FUNCTION decision_moment_before(uuid, int), decision_oldest_moment() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION decision_moment_before(uuid, int), decision_oldest_moment() TO gatehouse_reader;

-- Makes the partitions of the months ahead. It attaches tables that were filled before, so appending goes on meanwhile.
-- Decisions of such a month that strayed come with it.
CREATE FUNCTION decision_partitions_ahead(months int) RETURNS int
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  since timestamptz;
  until timestamptz;
  name text;
  made int := 0;
BEGIN
  IF months NOT BETWEEN 1 AND 24 THEN RAISE EXCEPTION 'from 1 to 24 months ahead'; END IF;
  IF NOT pg_try_advisory_xact_lock(1684107378) THEN RETURN 0; END IF;
  SELECT max(p.until) INTO since FROM decision_partitions() AS p;
  -- Nobody ran for longer than was made ahead: the months between are made as well.
  WHILE since < date_trunc('month', clock_timestamp(), 'UTC') + make_interval(months => months + 1) LOOP
    until := date_trunc('month', since, 'UTC') + interval '1 month';
    name := 'decision_' || to_char(since AT TIME ZONE 'UTC', 'YYYYMM');
    EXECUTE format('CREATE TABLE %I (LIKE decision INCLUDING DEFAULTS) WITH (autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 200000)', name);
    EXECUTE format('WITH stray AS (DELETE FROM decision_default WHERE id >= $1 AND id < $2 RETURNING *) INSERT INTO %I SELECT * FROM stray', name)
      USING decision_id_from(since), decision_id_from(until);
    EXECUTE format('ALTER TABLE decision ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name, decision_id_from(since), decision_id_from(until));
    made := made + 1;
    since := until;
  END LOOP;
  RETURN made;
END $$;
REVOKE EXECUTE ON FUNCTION decision_partitions_ahead(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION decision_partitions_ahead(int) TO gatehouse_records;
SELECT decision_partitions_ahead(3);

-- ── retention ───────────────────────────────────────────────────────────────────────────────────────────────────────
-- A partition goes with the governed row that says so, and by nothing else: hence under an allowing, unspent decision. The
-- row has the id of a leaf of the log with the same words; leaves, nodes and checkpoints stay, and every proof with them.

CREATE TRIGGER governed BEFORE INSERT OR UPDATE OR DELETE ON decision_retention FOR EACH ROW EXECUTE FUNCTION governed_write();
ALTER TABLE decision_retention ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON decision_retention TO gatehouse_governed;
GRANT SELECT ON decision_retention TO gatehouse_reader;
CREATE POLICY retained ON decision_retention TO gatehouse_governed USING ((SELECT scope_is_platform()) OR tenant_id = (SELECT scope_tenant()));
-- From when on decisions are kept is no secret of anybody's.
CREATE POLICY everybody ON decision_retention FOR SELECT TO gatehouse_reader USING (true);

-- SQLSTATE GH009: no such partition; its leaf is missing; or decisions in it are not in the log yet or may still be used.
CREATE FUNCTION decision_retention_drops() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  name text;
  least uuid := coalesce(decision_id_from(NEW.since), '00000000-0000-0000-0000-000000000000');
  bound uuid := decision_id_from(NEW.until);
BEGIN
  SELECT p.name INTO name FROM decision_partitions() AS p WHERE p.until = NEW.until AND p.since IS NOT DISTINCT FROM NEW.since;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no partition holds the decisions until %', NEW.until USING ERRCODE = 'GH009';
  END IF;
  IF NOT EXISTS (SELECT FROM ledger_entry WHERE id = NEW.id AND kind = 'retention') THEN
    RAISE EXCEPTION 'the ledger does not say that decisions until % go', NEW.until USING ERRCODE = 'GH009';
  END IF;
  IF NEW.until > clock_timestamp() - interval '1 day' OR EXISTS (
    SELECT FROM ledger_entry WHERE leaf_index IS NULL AND id >= least AND id < bound
  ) THEN
    RAISE EXCEPTION 'decisions until % may still be used, or are not in the log', NEW.until USING ERRCODE = 'GH009';
  END IF;
  DELETE FROM permit_spend WHERE decision_id >= least AND decision_id < bound;
  -- The parent is locked for an instant; where somebody reads for longer, this fails and is tried again, and nobody waits.
  SET LOCAL lock_timeout = '1s';
  EXECUTE format('ALTER TABLE decision DETACH PARTITION %I', name);
  EXECUTE format('DROP TABLE %I', name);
  RETURN NULL;
END $$;
CREATE TRIGGER drops AFTER INSERT ON decision_retention FOR EACH ROW EXECUTE FUNCTION decision_retention_drops();

-- ── the log tells that it grew ──────────────────────────────────────────────────────────────────────────────────────

CREATE FUNCTION ledger_head_tells() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('gatehouse_ledger', NEW.size::text);
  RETURN NULL;
END $$;
CREATE TRIGGER tells AFTER UPDATE OF size ON ledger_head FOR EACH ROW EXECUTE FUNCTION ledger_head_tells();
