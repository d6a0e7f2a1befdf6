-- Canaries are governed: what was agreed to stays as it was, and how far one has come and how it ended are written under
-- the decisions that let it go on or took it back.
CREATE TRIGGER governed BEFORE INSERT OR UPDATE OR DELETE ON policy_canary FOR EACH ROW EXECUTE FUNCTION governed_write();
ALTER TABLE policy_canary ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON policy_canary TO gatehouse_reader;
GRANT SELECT, INSERT ON policy_canary TO gatehouse_governed;
GRANT UPDATE (percent, state, breach, ended_by, ended_because, step_at, ended_at, decision_id, version) ON policy_canary TO gatehouse_governed;
CREATE POLICY own_tenant ON policy_canary TO gatehouse_reader, gatehouse_governed
  USING ((SELECT scope_is_platform()) OR tenant_id = (SELECT scope_tenant()));
ALTER TABLE policy_canary ADD CONSTRAINT policy_canary_step CHECK (percent IN (1, 10, 100) AND unit IN ('tenant', 'install'));
ALTER TABLE policy_canary ADD CONSTRAINT policy_canary_end CHECK (
  state IN ('running', 'finished', 'reverted') AND (state = 'running') = (ended_at IS NULL));
-- One at a time on what is in force.
CREATE UNIQUE INDEX policy_canary_running ON policy_canary (after) WHERE state = 'running';

-- Every instance follows it as it follows activations.
GRANT SELECT ON policy_canary TO gatehouse_records;
CREATE POLICY follow ON policy_canary FOR SELECT TO gatehouse_records USING (true);
CREATE FUNCTION policy_canary_tells() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('gatehouse_policy', NEW.id::text);
  RETURN NULL;
END $$;
CREATE TRIGGER tells AFTER INSERT OR UPDATE ON policy_canary FOR EACH ROW EXECUTE FUNCTION policy_canary_tells();

-- Counts are records: each instance writes its own.
GRANT SELECT, INSERT, UPDATE ON policy_canary_report TO gatehouse_records;
GRANT SELECT ON policy_canary_report TO gatehouse_reader;
