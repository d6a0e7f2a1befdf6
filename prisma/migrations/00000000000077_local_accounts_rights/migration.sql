-- What people sign in by is governed.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['local_password', 'totp_secret', 'recovery_code', 'passkey', 'password_token'] LOOP
    EXECUTE format('CREATE TRIGGER governed BEFORE INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION governed_write()', name);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('GRANT SELECT ON %I TO gatehouse_reader', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO gatehouse_governed', name);
    EXECUTE format('CREATE POLICY own_tenant ON %I TO gatehouse_reader, gatehouse_governed
      USING ((SELECT scope_is_platform()) OR tenant_id = (SELECT scope_tenant()))', name);
  END LOOP;
END $$;

-- Sign-ins under way, what was taken once, and what failed are records.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['local_sign_in', 'totp_use', 'recovery_code_use', 'passkey_use', 'failed_attempt'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY recorder ON %I TO gatehouse_records USING (true) WITH CHECK (true)', name);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE, DELETE ON local_sign_in, failed_attempt TO gatehouse_records;
GRANT SELECT, INSERT, UPDATE ON totp_use TO gatehouse_records;
GRANT INSERT, SELECT (code_id) ON recovery_code_use TO gatehouse_records;
GRANT INSERT, UPDATE, SELECT (passkey_id, counter) ON passkey_use TO gatehouse_records;
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['recovery_code_use', 'passkey_use'] LOOP
    EXECUTE format('GRANT SELECT ON %I TO gatehouse_reader, gatehouse_governed', name);
    EXECUTE format('CREATE POLICY own_tenant ON %I FOR SELECT TO gatehouse_reader, gatehouse_governed
      USING ((SELECT scope_is_platform()) OR tenant_id = (SELECT scope_tenant()))', name);
  END LOOP;
END $$;

-- Whose sessions without a provider count; nothing else is told of an organisation.
CREATE VIEW local_accounts_allowed WITH (security_barrier) AS
  SELECT id FROM tenant WHERE settings->>'sign_in' = 'local_allowed';
GRANT SELECT ON local_accounts_allowed TO gatehouse_records;
