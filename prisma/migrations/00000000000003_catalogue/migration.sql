-- What instances keep in memory of the catalogue and of installs, and how they hear that it changed.

-- An organisation goes on seeing the version that it has installed, whatever becomes of its review: a quarantined
-- version has to be refused by name, not to vanish.
CREATE POLICY installed ON extension_version FOR SELECT TO gatehouse_reader USING (
  scope_tenant() IS NOT NULL AND EXISTS (SELECT FROM tenant_extension_install i WHERE i.version_id = extension_version.id));
CREATE INDEX tenant_extension_install_version ON tenant_extension_install (version_id);

-- The payload is the tenant whose call targets are out of date, or * where everybody's may be.
CREATE FUNCTION catalogue_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  subject jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
BEGIN
  PERFORM pg_notify('gatehouse_catalogue',
    CASE WHEN TG_TABLE_NAME IN ('tenant_extension_install', 'install_secret') THEN subject->>'tenant_id' ELSE '*' END);
  RETURN NULL;
END $$;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY[
    'publisher', 'publisher_key', 'extension_version', 'extension_bundle', 'tenant_extension_install', 'install_secret', 'standing'
  ] LOOP
    EXECUTE format('CREATE TRIGGER catalogue_changed AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION catalogue_changed()', name);
  END LOOP;
END $$;
