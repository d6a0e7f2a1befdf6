-- Which provider vouches for whom is governed.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['identity_provider', 'external_account', 'verified_domain'] LOOP
    EXECUTE format('CREATE TRIGGER governed BEFORE INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION governed_write()', name);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('GRANT SELECT ON %I TO gatehouse_reader', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO gatehouse_governed', name);
    EXECUTE format('CREATE POLICY own_tenant ON %I TO gatehouse_reader, gatehouse_governed
      USING ((SELECT scope_is_platform()) OR tenant_id = (SELECT scope_tenant()))', name);
  END LOOP;
END $$;
-- A domain can be claimed by many and proven by one.
CREATE UNIQUE INDEX verified_domain_proven ON verified_domain (domain) WHERE verified_at IS NOT NULL;

-- Sessions and what leads to them are records.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['session', 'sign_in_attempt', 'sign_in_grant', 'logout_token'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO gatehouse_records', name);
    EXECUTE format('CREATE POLICY recorder ON %I TO gatehouse_records USING (true) WITH CHECK (true)', name);
  END LOOP;
END $$;
GRANT SELECT ON session TO gatehouse_reader;
CREATE POLICY own_tenant ON session FOR SELECT TO gatehouse_reader
  USING ((SELECT scope_is_platform()) OR tenant_id = (SELECT scope_tenant()));
-- One that ended stays so.
CREATE FUNCTION session_stays_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'session % has ended', OLD.id USING ERRCODE = 'GH009';
END $$;
CREATE TRIGGER stays_ended BEFORE UPDATE ON session FOR EACH ROW
  WHEN (OLD.ended_at IS NOT NULL) EXECUTE FUNCTION session_stays_ended();
ALTER TABLE session ADD CONSTRAINT session_client CHECK (client IN ('browser', 'cli'));
ALTER TABLE sign_in_grant ADD CONSTRAINT sign_in_grant_state CHECK (kind IN ('device', 'code') AND state IN ('pending', 'approved', 'denied'));

-- Whoever refreshes is still there, and the provider still trusted; nothing else is told of them.
CREATE VIEW principal_active WITH (security_barrier) AS SELECT id FROM principal WHERE disabled_at IS NULL;
CREATE VIEW provider_enabled WITH (security_barrier) AS SELECT id FROM identity_provider WHERE enabled;
GRANT SELECT ON principal_active, provider_enabled TO gatehouse_records;
