-- Who may read and write what. Prisma has no words for roles, row-level security and triggers, so they are written here.
-- Four roles, none of which owns anything; the login role enters one of them per connection and inherits nothing.
--   gatehouse_reader          sees the rows of the scope set for the transaction
--   gatehouse_governed        writes governed rows, each under an allowing, unspent decision
--   gatehouse_records         appends decisions, executions, usage, outbox
--   gatehouse_extension_data  writes what extensions keep, under an allowed invocation

DO $$
DECLARE role_name text;
BEGIN
  -- Roles belong to the cluster: several databases (and tests) share them, and may create them at the same moment.
  FOREACH role_name IN ARRAY ARRAY['gatehouse_reader', 'gatehouse_governed', 'gatehouse_records', 'gatehouse_extension_data'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN NOINHERIT', role_name);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
  END LOOP;
END $$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO gatehouse_reader, gatehouse_governed, gatehouse_records, gatehouse_extension_data;

-- ── scope ───────────────────────────────────────────────────────────────────────────────────────────────────────────
-- Set per transaction: gatehouse.scope = 'platform', or gatehouse.tenant, or gatehouse.publisher. Unset: no row is seen.

CREATE FUNCTION scope_is_platform() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(current_setting('gatehouse.scope', true), '') = 'platform' $$;

CREATE FUNCTION scope_tenant() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('gatehouse.tenant', true), '')::uuid $$;

CREATE FUNCTION scope_publisher() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('gatehouse.publisher', true), '')::uuid $$;

-- ── what each action may write; refilled from the contract at every migration run ─────────────────────────────────────

CREATE TABLE action_write (
  action       text NOT NULL,
  table_name   text NOT NULL,
  cross_tenant boolean NOT NULL,
  PRIMARY KEY (action, table_name)
);

-- ── governed rows ───────────────────────────────────────────────────────────────────────────────────────────────────
-- SQLSTATE class GH: 001 no decision, 002 unknown, 003 not an allow, 004 spent, 005 another tenant's, 006 another action's,
-- 007 expired, 008 no such invocation.

CREATE FUNCTION governed_write() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  current_decision uuid := nullif(current_setting('gatehouse.decision', true), '')::uuid;
  subject jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
  row_tenant uuid := CASE WHEN TG_TABLE_NAME = 'tenant' THEN subject->>'id' ELSE subject->>'tenant_id' END;
  held record;
  crosses boolean := false;
  spender text;
BEGIN
  IF current_decision IS NULL OR (TG_OP <> 'DELETE' AND NEW.decision_id IS DISTINCT FROM current_decision) THEN
    RAISE EXCEPTION 'a governed row of % needs the decision that allows it', TG_TABLE_NAME USING ERRCODE = 'GH001';
  END IF;
  SELECT action, outcome, tenant_id, expires_at INTO held FROM decision WHERE id = current_decision;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'decision % is not on record', current_decision USING ERRCODE = 'GH002';
  END IF;
  -- A hold permits one thing: opening the approval that it asks for.
  IF held.outcome <> 'allow' AND NOT (held.outcome = 'hold' AND TG_TABLE_NAME = 'approval' AND TG_OP = 'INSERT') THEN
    RAISE EXCEPTION 'decision % is a %', current_decision, held.outcome USING ERRCODE = 'GH003';
  END IF;
  IF held.expires_at < clock_timestamp() THEN
    RAISE EXCEPTION 'decision % has expired', current_decision USING ERRCODE = 'GH007';
  END IF;
  IF held.outcome = 'allow' THEN
    SELECT cross_tenant INTO crosses FROM action_write WHERE action = held.action AND table_name = TG_TABLE_NAME;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'action % does not write %', held.action, TG_TABLE_NAME USING ERRCODE = 'GH006';
    END IF;
  END IF;
  IF row_tenant IS DISTINCT FROM held.tenant_id AND NOT crosses THEN
    RAISE EXCEPTION 'decision % belongs to another tenant', current_decision USING ERRCODE = 'GH005';
  END IF;
  INSERT INTO permit_spend (decision_id, transaction) VALUES (current_decision, pg_current_xact_id()::text)
    ON CONFLICT (decision_id) DO NOTHING;
  SELECT transaction INTO spender FROM permit_spend WHERE decision_id = current_decision;
  IF spender IS DISTINCT FROM pg_current_xact_id()::text THEN
    RAISE EXCEPTION 'decision % is spent', current_decision USING ERRCODE = 'GH004';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY[
    'tenant', 'workspace', 'principal', 'api_key', 'publisher', 'publisher_key', 'extension_registry', 'extension_version',
    'extension_bundle', 'tenant_extension_install', 'install_consent', 'install_secret', 'extension_event_subscription',
    'standing', 'kill_order', 'approval', 'approval_vote'
  ] LOOP
    EXECUTE format('CREATE TRIGGER governed BEFORE INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION governed_write()', name);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('GRANT SELECT ON %I TO gatehouse_reader', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO gatehouse_governed', name);
    EXECUTE format(
      'CREATE POLICY own_tenant ON %I TO gatehouse_reader, gatehouse_governed USING ((SELECT scope_is_platform()) OR %I = (SELECT scope_tenant()))',
      name, CASE WHEN name = 'tenant' THEN 'id' ELSE 'tenant_id' END);
  END LOOP;
END $$;

-- The catalogue is public inside the platform: who publishes, with which keys, and what was approved.
CREATE POLICY catalogue ON publisher FOR SELECT TO gatehouse_reader USING (scope_tenant() IS NOT NULL);
CREATE POLICY catalogue ON publisher_key FOR SELECT TO gatehouse_reader USING (scope_tenant() IS NOT NULL);
CREATE POLICY catalogue ON extension_registry FOR SELECT TO gatehouse_reader USING (
  scope_tenant() IS NOT NULL AND EXISTS (SELECT FROM extension_version v WHERE v.extension_id = extension_registry.id));
CREATE POLICY catalogue ON extension_version FOR SELECT TO gatehouse_reader USING (scope_tenant() IS NOT NULL AND review_state = 'approved');
CREATE POLICY catalogue ON extension_bundle FOR SELECT TO gatehouse_reader USING (
  scope_tenant() IS NOT NULL AND EXISTS (SELECT FROM extension_version v WHERE v.digest = extension_bundle.digest));
-- Standing of published things concerns everyone who may install them; that of tenants and installs does not.
CREATE POLICY catalogue ON standing FOR SELECT TO gatehouse_reader USING (
  scope_tenant() IS NOT NULL AND subject_kind IN ('publisher', 'extension', 'version'));

-- ── kill orders move the epoch and tell every node ───────────────────────────────────────────────────────────────────

INSERT INTO kill_epoch (id, epoch) VALUES (1, 0);
CREATE FUNCTION kill_order_moves_epoch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  UPDATE kill_epoch SET epoch = epoch + 1 WHERE id = 1 RETURNING epoch INTO NEW.epoch;
  PERFORM pg_notify('gatehouse_kill', NEW.epoch::text);
  RETURN NEW;
END $$;
CREATE TRIGGER moves_epoch BEFORE INSERT OR UPDATE ON kill_order FOR EACH ROW EXECUTE FUNCTION kill_order_moves_epoch();
GRANT SELECT ON kill_epoch TO gatehouse_reader, gatehouse_records, gatehouse_governed;
-- The kill list is read by every node before any request has a tenant.
GRANT SELECT ON kill_order TO gatehouse_records;
CREATE POLICY kill_list ON kill_order FOR SELECT TO gatehouse_records USING (true);

-- ── records ─────────────────────────────────────────────────────────────────────────────────────────────────────────

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['decision', 'extension_execution_log', 'extension_log', 'extension_quota_usage', 'outbox'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO gatehouse_records', name);
    EXECUTE format('CREATE POLICY recorder ON %I TO gatehouse_records USING (true) WITH CHECK (true)', name);
    EXECUTE format('GRANT SELECT ON %I TO gatehouse_reader', name);
    EXECUTE format('CREATE POLICY own_tenant ON %I FOR SELECT TO gatehouse_reader USING ((SELECT scope_is_platform()) OR tenant_id = (SELECT scope_tenant()))', name);
  END LOOP;
END $$;
GRANT USAGE ON SEQUENCE extension_log_id_seq TO gatehouse_records;
GRANT UPDATE ON extension_quota_usage TO gatehouse_records;
GRANT UPDATE (attempts, available_at, delivered_at, last_error) ON outbox TO gatehouse_records;
GRANT INSERT ON outbox TO gatehouse_governed;
CREATE POLICY governed_event ON outbox FOR INSERT TO gatehouse_governed WITH CHECK (true);

-- The ledger has no tenants: leaves are hashes.
GRANT SELECT, INSERT ON ledger_entry, ledger_node, ledger_checkpoint TO gatehouse_records;
GRANT UPDATE (leaf_index) ON ledger_entry TO gatehouse_records;
-- A checkpoint may be signed again for longer, but never with another root for its size.
GRANT UPDATE (note, keyid, signed_at, expires_at) ON ledger_checkpoint TO gatehouse_records;
GRANT SELECT, UPDATE ON ledger_head TO gatehouse_records;
GRANT SELECT ON ledger_entry, ledger_node, ledger_checkpoint, ledger_head TO gatehouse_reader;
INSERT INTO ledger_head (id, size, root) VALUES (1, 0, decode('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'hex'));
CREATE INDEX ledger_entry_unsequenced ON ledger_entry (at, id) WHERE leaf_index IS NULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON node_lease TO gatehouse_records;
GRANT SELECT ON node_lease TO gatehouse_reader;

-- ── what a publisher sees of others' use: own extensions only, tenants under a pseudonym of this publisher alone ──────

CREATE TABLE pseudonym_salt (id int PRIMARY KEY DEFAULT 1 CHECK (id = 1), salt text NOT NULL);
INSERT INTO pseudonym_salt (salt) VALUES (gen_random_uuid()::text || gen_random_uuid()::text);
CREATE FUNCTION tenant_pseudonym(tenant uuid, publisher uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
$$ SELECT 't_' || substr(encode(sha256(convert_to(tenant::text || publisher::text || salt, 'UTF8')), 'hex'), 1, 16) FROM pseudonym_salt $$;
REVOKE EXECUTE ON FUNCTION tenant_pseudonym(uuid, uuid) FROM PUBLIC;
-- A view asks for its functions with the rights of whoever reads it.
GRANT EXECUTE ON FUNCTION tenant_pseudonym(uuid, uuid) TO gatehouse_reader;

CREATE VIEW publisher_decision WITH (security_barrier) AS
  SELECT id, tenant_pseudonym(tenant_id, publisher_id) AS tenant, gate, action, outcome, decided_by, extension, reasons, rules, revision, count, at
  FROM decision WHERE publisher_id = scope_publisher() AND gate IN ('publish', 'call', 'capability');
CREATE VIEW publisher_execution WITH (security_barrier) AS
  SELECT id, tenant_pseudonym(tenant_id, publisher_id) AS tenant, extension, semver, endpoint, outcome, status, fuel, memory_bytes, wall_ms,
         host_calls, denied_calls, output_bytes, started_at, ended_at
  FROM extension_execution_log WHERE publisher_id = scope_publisher();
CREATE VIEW publisher_log WITH (security_barrier) AS
  SELECT id, execution_id, tenant_pseudonym(tenant_id, publisher_id) AS tenant, extension, level, message, at
  FROM extension_log WHERE publisher_id = scope_publisher() AND shared;
GRANT SELECT ON publisher_decision, publisher_execution, publisher_log TO gatehouse_reader;

-- ── extension data ──────────────────────────────────────────────────────────────────────────────────────────────────
-- An execution's id is the id of the decision that allowed it: nothing else opens this table.

CREATE FUNCTION extension_data_write() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  subject extension_kv := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  execution uuid := CASE WHEN TG_OP = 'DELETE' THEN nullif(current_setting('gatehouse.execution', true), '')::uuid ELSE NEW.execution_id END;
BEGIN
  PERFORM FROM decision
    WHERE id = execution AND outcome = 'allow' AND tenant_id = subject.tenant_id AND install_id = subject.install_id AND action = 'extension.invoke';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no allowed invocation of this install stands behind the write' USING ERRCODE = 'GH008';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER invoked BEFORE INSERT OR UPDATE ON extension_kv FOR EACH ROW EXECUTE FUNCTION extension_data_write();
CREATE TRIGGER invoked_delete BEFORE DELETE ON extension_kv FOR EACH ROW
  WHEN (current_setting('role', true) = 'gatehouse_extension_data') EXECUTE FUNCTION extension_data_write();

ALTER TABLE extension_kv ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON extension_kv TO gatehouse_extension_data;
CREATE POLICY own_tenant ON extension_kv TO gatehouse_extension_data USING (tenant_id = (SELECT scope_tenant()));
-- Uninstalling takes an install's data with it, under the decision that allowed the uninstall.
GRANT SELECT, DELETE ON extension_kv TO gatehouse_governed;
CREATE POLICY uninstall ON extension_kv TO gatehouse_governed USING (tenant_id = (SELECT scope_tenant()));
GRANT SELECT ON extension_kv TO gatehouse_reader;
CREATE POLICY own_tenant_read ON extension_kv FOR SELECT TO gatehouse_reader USING ((SELECT scope_is_platform()) OR tenant_id = (SELECT scope_tenant()));
