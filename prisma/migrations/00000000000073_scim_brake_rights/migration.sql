-- Who was let go, and what a brake holds off, is governed.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['scim_let_go', 'scim_brake', 'scim_brake_change'] LOOP
    EXECUTE format('CREATE TRIGGER governed BEFORE INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION governed_write()', name);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('GRANT SELECT ON %I TO gatehouse_reader', name);
    EXECUTE format('CREATE POLICY own_tenant ON %I TO gatehouse_reader, gatehouse_governed
      USING ((SELECT scope_is_platform()) OR tenant_id = (SELECT scope_tenant()))', name);
  END LOOP;
END $$;
GRANT SELECT, INSERT, DELETE, UPDATE (undone_at, version, decision_id) ON scim_let_go TO gatehouse_governed;
GRANT SELECT, INSERT, UPDATE ON scim_brake TO gatehouse_governed;
-- What a brake lists is added to, and nothing of it is changed or taken away.
GRANT SELECT, INSERT ON scim_brake_change TO gatehouse_governed;
ALTER TABLE scim_let_go ADD CONSTRAINT scim_let_go_what CHECK (what IN ('deactivated', 'deleted', 'left_group'));
ALTER TABLE scim_brake_change ADD CONSTRAINT scim_brake_change_what CHECK (what IN ('deactivated', 'deleted', 'left_group'));
ALTER TABLE scim_brake ADD CONSTRAINT scim_brake_verdict CHECK (verdict IN ('released', 'rejected'));
CREATE UNIQUE INDEX scim_brake_change_once ON scim_brake_change (brake_id, principal_id, what, group_id) NULLS NOT DISTINCT;

-- What previews would have done is counted by their token.
CREATE INDEX scim_log_would ON scim_log (token_id, at) WHERE would;
