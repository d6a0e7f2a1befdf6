-- Calls whose answer is kept are records: the gateway claims a key, keeps the answer, and lets it go when it expires.
ALTER TABLE kept_call ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON kept_call TO gatehouse_records;
CREATE POLICY recorder ON kept_call TO gatehouse_records USING (true) WITH CHECK (true);
GRANT SELECT ON kept_call TO gatehouse_reader;
CREATE POLICY own_tenant ON kept_call FOR SELECT TO gatehouse_reader
  USING ((SELECT scope_is_platform()) OR tenant_id = (SELECT scope_tenant()));
-- Uninstalling takes an install's answers with it, under the decision that allowed the uninstall.
GRANT SELECT, DELETE ON kept_call TO gatehouse_governed;
CREATE POLICY uninstall ON kept_call TO gatehouse_governed USING (tenant_id = (SELECT scope_tenant()));
ALTER TABLE kept_call ADD CONSTRAINT kept_call_state CHECK (state IN ('running', 'done') AND (state = 'done') = (ended_at IS NOT NULL));
ALTER TABLE kept_call ADD CONSTRAINT kept_call_key CHECK ((key IS NULL) = (fingerprint IS NULL));
