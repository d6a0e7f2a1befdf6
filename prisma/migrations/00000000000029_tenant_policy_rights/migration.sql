-- What an organisation adds to policy is governed, and its own: nobody of another one sees it, the platform's people do.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['tenant_policy_draft', 'tenant_policy_activation'] LOOP
    EXECUTE format('CREATE TRIGGER governed BEFORE INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION governed_write()', name);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('GRANT SELECT ON %I TO gatehouse_reader', name);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO gatehouse_governed', name);
    EXECUTE format(
      'CREATE POLICY own_tenant ON %I TO gatehouse_reader, gatehouse_governed USING ((SELECT scope_is_platform()) OR tenant_id = (SELECT scope_tenant()))', name);
  END LOOP;
END $$;
-- What came in force stays on record as it was; only the draft changes.
GRANT UPDATE ON tenant_policy_draft TO gatehouse_governed;

-- Every instance follows who has what in force, before any request has a tenant.
GRANT SELECT (tenant_id, seq, module, created_at) ON tenant_policy_activation TO gatehouse_records;
CREATE POLICY follow ON tenant_policy_activation FOR SELECT TO gatehouse_records USING (true);
CREATE FUNCTION tenant_policy_activation_tells() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('gatehouse_tenant_policy', NEW.tenant_id::text);
  RETURN NULL;
END $$;
CREATE TRIGGER tells AFTER INSERT ON tenant_policy_activation FOR EACH ROW EXECUTE FUNCTION tenant_policy_activation_tells();
