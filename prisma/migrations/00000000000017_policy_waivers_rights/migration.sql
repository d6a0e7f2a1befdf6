-- Waivers are governed: each stands under the decision that granted it, and its end under the one that revoked it.
CREATE TRIGGER governed BEFORE INSERT OR UPDATE OR DELETE ON policy_waiver FOR EACH ROW EXECUTE FUNCTION governed_write();
ALTER TABLE policy_waiver ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON policy_waiver TO gatehouse_reader;
GRANT SELECT, INSERT ON policy_waiver TO gatehouse_governed;
-- What was agreed to stays as it was; only its end is written.
GRANT UPDATE (revoked_at, revoked_by, revoked_because, decision_id, version) ON policy_waiver TO gatehouse_governed;
CREATE POLICY own_tenant ON policy_waiver TO gatehouse_reader, gatehouse_governed
  USING ((SELECT scope_is_platform()) OR tenant_id = (SELECT scope_tenant()));
ALTER TABLE policy_waiver ADD CONSTRAINT policy_waiver_subject CHECK (subject_kind IN ('tenant', 'extension'));

-- Every instance holds those in force in memory, and hears of each change as it hears of activations.
GRANT SELECT ON policy_waiver TO gatehouse_records;
CREATE POLICY follow ON policy_waiver FOR SELECT TO gatehouse_records USING (true);
CREATE FUNCTION policy_waiver_tells() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('gatehouse_policy', NEW.id::text);
  RETURN NULL;
END $$;
CREATE TRIGGER tells AFTER INSERT OR UPDATE ON policy_waiver FOR EACH ROW EXECUTE FUNCTION policy_waiver_tells();

-- Only what is put in force by break-glass goes out of force by itself, and then something else must decide.
ALTER TABLE policy_activation ADD CONSTRAINT policy_activation_ends CHECK (
  (kind = 'break_glass') = (expires_at IS NOT NULL) AND (expires_at IS NULL OR replaces IS NOT NULL));
ALTER TABLE approval ADD CONSTRAINT approval_voided_because CHECK (voided_because IS NULL OR state = 'voided');
