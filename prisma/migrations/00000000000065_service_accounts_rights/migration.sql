-- Whoever answers for a service account is named on it, and on nobody else.
ALTER TABLE principal ADD CONSTRAINT principal_owner CHECK (owner_id IS NULL OR (kind = 'service_account' AND owner_id <> id));
CREATE INDEX principal_owner_idx ON principal (owner_id) WHERE owner_id IS NOT NULL;

-- What a service account proves itself by is governed.
CREATE TRIGGER governed BEFORE INSERT OR UPDATE OR DELETE ON client_credential FOR EACH ROW EXECUTE FUNCTION governed_write();
ALTER TABLE client_credential ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON client_credential TO gatehouse_reader;
GRANT SELECT, INSERT, UPDATE, DELETE ON client_credential TO gatehouse_governed;
CREATE POLICY own_tenant ON client_credential TO gatehouse_reader, gatehouse_governed
  USING ((SELECT scope_is_platform()) OR tenant_id = (SELECT scope_tenant()));
ALTER TABLE client_credential ADD CONSTRAINT client_credential_kind CHECK (
  (kind = 'secret' AND prefix IS NOT NULL AND hash IS NOT NULL AND jwk IS NULL AND kid IS NULL)
  OR (kind = 'key' AND prefix IS NULL AND hash IS NULL AND jwk IS NOT NULL AND kid IS NOT NULL));
CREATE UNIQUE INDEX client_credential_kid ON client_credential (principal_id, kid) WHERE revoked_at IS NULL;

-- Tokens, when something was used, and what was taken once are records.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['client_credential_use', 'service_token', 'client_assertion'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY recorder ON %I TO gatehouse_records USING (true) WITH CHECK (true)', name);
  END LOOP;
END $$;
GRANT INSERT, UPDATE, SELECT (credential_id) ON client_credential_use TO gatehouse_records;
GRANT INSERT, DELETE, SELECT (expires_at) ON service_token TO gatehouse_records;
GRANT INSERT, DELETE, SELECT ON client_assertion TO gatehouse_records;
GRANT SELECT ON client_credential_use, service_token TO gatehouse_reader, gatehouse_governed;
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['client_credential_use', 'service_token'] LOOP
    EXECUTE format('CREATE POLICY own_tenant ON %I FOR SELECT TO gatehouse_reader, gatehouse_governed
      USING ((SELECT scope_is_platform()) OR tenant_id = (SELECT scope_tenant()))', name);
  END LOOP;
END $$;
