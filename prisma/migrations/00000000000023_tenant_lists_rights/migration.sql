-- What an organisation lays down for itself is governed: each revision stands under the decision that allowed it, and stays.
CREATE TRIGGER governed BEFORE INSERT OR UPDATE OR DELETE ON tenant_document FOR EACH ROW EXECUTE FUNCTION governed_write();
ALTER TABLE tenant_document ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON tenant_document TO gatehouse_reader;
GRANT SELECT, INSERT ON tenant_document TO gatehouse_governed;
CREATE POLICY own_tenant ON tenant_document TO gatehouse_reader, gatehouse_governed
  USING ((SELECT scope_is_platform()) OR tenant_id = (SELECT scope_tenant()));

-- Lists and limits are part of what instances keep of installs; only the organisation's own are out of date.
CREATE OR REPLACE FUNCTION catalogue_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  subject jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
BEGIN
  PERFORM pg_notify('gatehouse_catalogue',
    CASE WHEN TG_TABLE_NAME IN ('tenant_extension_install', 'install_secret', 'tenant_document') THEN subject->>'tenant_id' ELSE '*' END);
  RETURN NULL;
END $$;
CREATE TRIGGER catalogue_changed AFTER INSERT ON tenant_document FOR EACH ROW EXECUTE FUNCTION catalogue_changed();
