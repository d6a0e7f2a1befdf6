-- What is in the default workspace is what names none: it is never archived.
ALTER TABLE workspace
  ADD CONSTRAINT workspace_archived CHECK ((archived_at IS NULL) = (archived_because IS NULL)),
  ADD CONSTRAINT workspace_default CHECK (archived_at IS NULL OR slug <> 'default');
-- Instances keep of each install whether its workspace is archived.
CREATE OR REPLACE FUNCTION catalogue_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  subject jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
BEGIN
  PERFORM pg_notify('gatehouse_catalogue',
    CASE WHEN TG_TABLE_NAME IN ('tenant_extension_install', 'install_secret', 'tenant_document', 'workspace') THEN subject->>'tenant_id'
    ELSE '*' END);
  RETURN NULL;
END $$;
CREATE TRIGGER catalogue_changed AFTER UPDATE OF archived_at ON workspace FOR EACH ROW EXECUTE FUNCTION catalogue_changed();

-- Who has which role in a workspace is governed.
CREATE TRIGGER governed BEFORE INSERT OR UPDATE OR DELETE ON workspace_member FOR EACH ROW EXECUTE FUNCTION governed_write();
ALTER TABLE workspace_member ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON workspace_member TO gatehouse_reader;
GRANT SELECT, INSERT, UPDATE, DELETE ON workspace_member TO gatehouse_governed;
CREATE POLICY own_tenant ON workspace_member TO gatehouse_reader, gatehouse_governed
  USING ((SELECT scope_is_platform()) OR tenant_id = (SELECT scope_tenant()));
ALTER TABLE workspace_member ADD CONSTRAINT workspace_member_roles CHECK (coalesce(cardinality(roles), 0) > 0);

-- A member is of the organisation whose workspace it is, whoever writes.
CREATE FUNCTION workspace_member_belongs() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM workspace w JOIN principal p ON p.tenant_id = w.tenant_id
    WHERE w.id = NEW.workspace_id AND p.id = NEW.principal_id AND w.tenant_id = NEW.tenant_id
  ) THEN
    RAISE EXCEPTION 'workspace % and member % are of different organisations', NEW.workspace_id, NEW.principal_id USING ERRCODE = 'GH093';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER belongs BEFORE INSERT OR UPDATE ON workspace_member FOR EACH ROW EXECUTE FUNCTION workspace_member_belongs();
CREATE TRIGGER open BEFORE INSERT ON workspace FOR EACH ROW EXECUTE FUNCTION organisation_open();

-- Every instance forgets at once what somebody could do in a workspace.
CREATE TRIGGER tells AFTER INSERT OR UPDATE OR DELETE ON workspace_member FOR EACH STATEMENT EXECUTE FUNCTION callers_changed();
