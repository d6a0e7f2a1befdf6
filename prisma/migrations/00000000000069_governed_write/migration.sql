-- The same rule as before. What was decided is copied to the spent permit by the first row, so that the others need not look
-- for it in the partitions of the ledger: a row costs a fifth of what it did.
CREATE OR REPLACE FUNCTION governed_write() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  current_decision uuid := nullif(current_setting('gatehouse.decision', true), '')::uuid;
  current_transaction text := pg_current_xact_id()::text;
  held record;
  crosses boolean := false;
  row_tenant uuid;
BEGIN
  IF current_decision IS NULL OR (TG_OP <> 'DELETE' AND NEW.decision_id IS DISTINCT FROM current_decision) THEN
    RAISE EXCEPTION 'a governed row of % needs the decision that allows it', TG_TABLE_NAME USING ERRCODE = 'GH001';
  END IF;
  SELECT transaction, action, outcome, tenant_id, expires_at INTO held FROM permit_spend WHERE decision_id = current_decision;
  IF NOT FOUND THEN
    INSERT INTO permit_spend (decision_id, transaction, action, outcome, tenant_id, expires_at)
      SELECT id, current_transaction, action, outcome, tenant_id, expires_at FROM decision WHERE id = current_decision
      ON CONFLICT (decision_id) DO NOTHING;
    -- Another transaction's, where it was spent meanwhile.
    SELECT transaction, action, outcome, tenant_id, expires_at INTO held FROM permit_spend WHERE decision_id = current_decision;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'decision % is not on record', current_decision USING ERRCODE = 'GH002';
    END IF;
  END IF;
  -- What was spent before copies were kept has none, and was spent by another transaction.
  IF held.outcome IS NULL THEN
    RAISE EXCEPTION 'decision % is spent', current_decision USING ERRCODE = 'GH004';
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
  IF TG_TABLE_NAME = 'tenant' THEN
    IF TG_OP = 'DELETE' THEN row_tenant := OLD.id; ELSE row_tenant := NEW.id; END IF;
  ELSIF TG_OP = 'DELETE' THEN row_tenant := OLD.tenant_id;
  ELSE row_tenant := NEW.tenant_id;
  END IF;
  IF row_tenant IS DISTINCT FROM held.tenant_id AND NOT crosses THEN
    RAISE EXCEPTION 'decision % belongs to another tenant', current_decision USING ERRCODE = 'GH005';
  END IF;
  IF held.transaction <> current_transaction THEN
    RAISE EXCEPTION 'decision % is spent', current_decision USING ERRCODE = 'GH004';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;

-- Who stands under an address, in any case. Row-level security would keep the index of lower addresses from being used, as
-- `lower` is not leakproof; so the scope of the transaction is held to here. Each address is looked up by itself: a plan that
-- was made while the table was small lasts as long as its connection, so it must not be a scan of the whole.
CREATE FUNCTION people_at(addresses text[]) RETURNS TABLE (id uuid, address text, kind text, managed boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public SET enable_seqscan = off
  SET plan_cache_mode = force_generic_plan AS $$
  SELECT p.id, asked.address, p.kind, coalesce((SELECT true FROM scim_user s WHERE s.principal_id = p.id), false)
  FROM unnest(addresses) AS asked (address), LATERAL (
    SELECT p.id, p.kind FROM principal p
    WHERE p.tenant_id = (SELECT scope_tenant()) AND lower(p.email) = asked.address AND p.email IS NOT NULL OFFSET 0
  ) AS p
$$;
REVOKE EXECUTE ON FUNCTION people_at(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people_at(text[]) TO gatehouse_governed;
