-- An organisation is active, suspended, closing until a date, or closed: then its row is all that is left of it. One that was
-- suspended before it began to close is suspended again where that is called off, so the reason stays.
ALTER TABLE tenant DROP CONSTRAINT tenant_suspension;
ALTER TABLE tenant
  ADD CONSTRAINT tenant_status CHECK (status IN ('active', 'suspended', 'closing', 'closed')),
  ADD CONSTRAINT tenant_suspension CHECK (
    CASE status WHEN 'suspended' THEN suspended_because IS NOT NULL WHEN 'closing' THEN true ELSE suspended_because IS NULL END),
  ADD CONSTRAINT tenant_closing CHECK (
    (status = 'closing') = (closes_at IS NOT NULL) AND (closes_at IS NULL) = (closing_by IS NULL)
    AND (closes_at IS NULL) = (closing_because IS NULL) AND (closes_at IS NOT NULL OR NOT closing_by_platform)),
  ADD CONSTRAINT tenant_closed CHECK ((status = 'closed') = (closed_at IS NOT NULL));
CREATE INDEX tenant_ends ON tenant (coalesce(closes_at, sandbox_until)) WHERE status <> 'closed' AND coalesce(closes_at, sandbox_until) IS NOT NULL;

-- A sandbox stays one, and what is closed stays closed, whoever writes.
CREATE FUNCTION tenant_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.sandbox_until IS DISTINCT FROM NEW.sandbox_until THEN
    RAISE EXCEPTION 'organisation % is a sandbox for good, or is none', OLD.id USING ERRCODE = 'GH080';
  END IF;
  IF OLD.status = 'closed' THEN
    RAISE EXCEPTION 'organisation % is closed', OLD.id USING ERRCODE = 'GH081';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ends BEFORE UPDATE ON tenant FOR EACH ROW EXECUTE FUNCTION tenant_ends();

-- Nothing comes into what is closed, whoever may act across organisations.
CREATE FUNCTION organisation_open() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF EXISTS (SELECT FROM tenant WHERE id = NEW.tenant_id AND status = 'closed') THEN
    RAISE EXCEPTION 'organisation % is closed', NEW.tenant_id USING ERRCODE = 'GH081';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER open BEFORE INSERT ON principal FOR EACH ROW EXECUTE FUNCTION organisation_open();
CREATE TRIGGER open BEFORE INSERT ON invitation FOR EACH ROW EXECUTE FUNCTION organisation_open();
CREATE TRIGGER open BEFORE INSERT ON tenant_document FOR EACH ROW EXECUTE FUNCTION organisation_open();
CREATE TRIGGER open BEFORE INSERT ON tenant_extension_install FOR EACH ROW EXECUTE FUNCTION organisation_open();

-- Every instance forgets at once who calls from an organisation whose state changed.
CREATE TRIGGER tells AFTER UPDATE OF status ON tenant FOR EACH ROW
  WHEN (NEW.status <> OLD.status) EXECUTE FUNCTION principal_disabled();

-- The owners of what is closed go with it.
CREATE OR REPLACE FUNCTION owner_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('owners of ' || OLD.tenant_id, 0));
  IF EXISTS (SELECT FROM tenant WHERE id = OLD.tenant_id AND status <> 'closed') AND NOT EXISTS (
    SELECT FROM principal
    WHERE tenant_id = OLD.tenant_id AND kind = 'user' AND 'owner' = ANY (roles) AND disabled_at IS NULL
  ) THEN
    RAISE EXCEPTION 'organisation % would be left without an owner', OLD.tenant_id USING ERRCODE = 'GH060';
  END IF;
  RETURN NULL;
END $$;

-- What was recorded of an organisation, and the documents of which else no revision goes, go in batches with the rest of it: only in the transaction that spends a decision to
-- remove that organisation, and never what the log and its proofs stand on. How many rows went.
CREATE FUNCTION organisation_records_remove(name text, organisation uuid, most int) RETURNS bigint
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public AS $$
DECLARE gone bigint;
BEGIN
  IF name NOT IN ('kept_call', 'execution_recording', 'extension_log', 'extension_metric', 'extension_quota_usage',
    'extension_event_delivery', 'extension_event', 'runtime_token_use', 'scim_token_use', 'scim_log', 'session', 'sign_in_attempt',
    'service_token', 'client_credential_use', 'opa_agent', 'agent_decision', 'outbox', 'policy_what_if', 'tenant_document',
    'tenant_policy_draft', 'scim_brake', 'scim_brake_change', 'api_key_use', 'local_sign_in', 'recovery_code_use', 'passkey_use',
    'principal_role') THEN
    RAISE EXCEPTION '% is not removed with an organisation', name USING ERRCODE = 'GH006';
  END IF;
  IF NOT EXISTS (
    SELECT FROM decision d JOIN permit_spend s ON s.decision_id = d.id
    WHERE d.id = nullif(current_setting('gatehouse.decision', true), '')::uuid AND d.action = 'tenant.remove'
      AND d.outcome = 'allow' AND d.tenant_id = organisation AND s.transaction = pg_current_xact_id()::text
  ) THEN
    RAISE EXCEPTION 'records of % go under the decision that removes it', organisation USING ERRCODE = 'GH001';
  END IF;
  EXECUTE format('WITH gone AS (DELETE FROM %1$I WHERE ctid IN (SELECT ctid FROM %1$I WHERE tenant_id = $1 LIMIT $2) RETURNING 1)
    SELECT count(*) FROM gone', name) INTO gone USING organisation, most;
  RETURN gone;
END $$;
REVOKE EXECUTE ON FUNCTION organisation_records_remove(text, uuid, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION organisation_records_remove(text, uuid, int) TO gatehouse_governed;
