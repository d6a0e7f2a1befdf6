-- Drafts, revisions and activations of policy are governed: each row stands under the decision that allowed it.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['policy_draft', 'policy_revision', 'policy_activation'] LOOP
    EXECUTE format('CREATE TRIGGER governed BEFORE INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION governed_write()', name);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('GRANT SELECT ON %I TO gatehouse_reader', name);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO gatehouse_governed', name);
    EXECUTE format(
      'CREATE POLICY own_tenant ON %I TO gatehouse_reader, gatehouse_governed USING ((SELECT scope_is_platform()) OR tenant_id = (SELECT scope_tenant()))', name);
  END LOOP;
END $$;
-- What was sealed and what was activated stays as it was; only drafts change.
GRANT UPDATE ON policy_draft TO gatehouse_governed;

-- Every instance follows the pointer before any request has a tenant.
GRANT SELECT ON policy_activation, policy_revision TO gatehouse_records;
CREATE POLICY follow ON policy_activation FOR SELECT TO gatehouse_records USING (true);
CREATE POLICY follow ON policy_revision FOR SELECT TO gatehouse_records USING (true);
CREATE FUNCTION policy_activation_tells() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('gatehouse_policy', NEW.seq::text);
  RETURN NULL;
END $$;
CREATE TRIGGER tells AFTER INSERT ON policy_activation FOR EACH ROW EXECUTE FUNCTION policy_activation_tells();

GRANT SELECT, INSERT, UPDATE, DELETE ON policy_instance TO gatehouse_records;
GRANT SELECT ON policy_instance TO gatehouse_reader;
