-- Who an identity provider keeps here, and by which connections, is governed.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['scim_connection', 'scim_token', 'scim_user', 'scim_group', 'scim_group_member'] LOOP
    EXECUTE format('CREATE TRIGGER governed BEFORE INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION governed_write()', name);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('GRANT SELECT ON %I TO gatehouse_reader', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO gatehouse_governed', name);
    EXECUTE format('CREATE POLICY own_tenant ON %I TO gatehouse_reader, gatehouse_governed
      USING ((SELECT scope_is_platform()) OR tenant_id = (SELECT scope_tenant()))', name);
  END LOOP;
END $$;
ALTER TABLE scim_connection ADD CONSTRAINT scim_connection_quirks CHECK (quirks IN ('generic', 'okta', 'entra'));

-- That a token was used is a record.
ALTER TABLE scim_token_use ENABLE ROW LEVEL SECURITY;
GRANT SELECT (token_id), INSERT, UPDATE ON scim_token_use TO gatehouse_records;
CREATE POLICY recorder ON scim_token_use TO gatehouse_records USING (true) WITH CHECK (true);
GRANT SELECT ON scim_token_use TO gatehouse_reader, gatehouse_governed;
CREATE POLICY own_tenant ON scim_token_use FOR SELECT TO gatehouse_reader, gatehouse_governed
  USING ((SELECT scope_is_platform()) OR tenant_id = (SELECT scope_tenant()));

-- The provisioning log is a record. What was done is logged with it, what was not done beside it; nothing is changed afterwards.
ALTER TABLE scim_log ENABLE ROW LEVEL SECURITY;
GRANT INSERT ON scim_log TO gatehouse_records, gatehouse_governed;
CREATE POLICY recorder ON scim_log FOR INSERT TO gatehouse_records WITH CHECK (true);
CREATE POLICY governed_row ON scim_log FOR INSERT TO gatehouse_governed WITH CHECK (tenant_id = (SELECT scope_tenant()));
GRANT SELECT ON scim_log TO gatehouse_reader;
CREATE POLICY own_tenant ON scim_log FOR SELECT TO gatehouse_reader
  USING ((SELECT scope_is_platform()) OR tenant_id = (SELECT scope_tenant()));

-- Whoever is let go is signed out in the same transaction, so that no session outlives it or comes back with the person.
GRANT SELECT (id, tenant_id, principal_id, ended_at), UPDATE (ended_at, ended_because) ON session TO gatehouse_governed;
CREATE POLICY ends_with_person ON session FOR UPDATE TO gatehouse_governed USING (tenant_id = (SELECT scope_tenant()));
CREATE POLICY ends_with_person_read ON session FOR SELECT TO gatehouse_governed USING (tenant_id = (SELECT scope_tenant()));
-- Every instance forgets at once who was let go.
CREATE FUNCTION principal_disabled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('gatehouse_callers', '');
  RETURN NULL;
END $$;
CREATE TRIGGER disabled AFTER UPDATE OF disabled_at ON principal FOR EACH ROW
  WHEN (NEW.disabled_at IS NOT NULL AND OLD.disabled_at IS NULL) EXECUTE FUNCTION principal_disabled();

-- People are found by their address, and by who made them.
CREATE INDEX principal_address ON principal (tenant_id, lower(email)) WHERE email IS NOT NULL;
CREATE INDEX principal_made_by ON principal (made_by) WHERE kind = 'service_account';
