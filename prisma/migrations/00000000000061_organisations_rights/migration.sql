ALTER TABLE tenant ADD CONSTRAINT tenant_suspension CHECK ((status = 'suspended') = (suspended_because IS NOT NULL));

-- An organisation keeps an active owner, whoever writes, and however many at once. Whoever takes one away waits for whoever
-- else does, and then counts what is left. Looked at on commit: ownership passes in one transaction, and an organisation
-- that goes altogether takes its owners with it.
CREATE FUNCTION owner_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('owners of ' || OLD.tenant_id, 0));
  IF EXISTS (SELECT FROM tenant WHERE id = OLD.tenant_id) AND NOT EXISTS (
    SELECT FROM principal
    WHERE tenant_id = OLD.tenant_id AND kind = 'user' AND 'owner' = ANY (roles) AND disabled_at IS NULL
  ) THEN
    RAISE EXCEPTION 'organisation % would be left without an owner', OLD.tenant_id USING ERRCODE = 'GH060';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER owner_stays AFTER UPDATE ON principal DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.kind = 'user' AND 'owner' = ANY (OLD.roles) AND OLD.disabled_at IS NULL
    AND NOT (NEW.kind = 'user' AND 'owner' = ANY (NEW.roles) AND NEW.disabled_at IS NULL))
  EXECUTE FUNCTION owner_stays();
CREATE CONSTRAINT TRIGGER owner_not_deleted AFTER DELETE ON principal DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.kind = 'user' AND 'owner' = ANY (OLD.roles) AND OLD.disabled_at IS NULL)
  EXECUTE FUNCTION owner_stays();
CREATE INDEX principal_owners ON principal (tenant_id) WHERE kind = 'user' AND 'owner' = ANY (roles) AND disabled_at IS NULL;

-- Who is invited is governed; an address has one invitation that waits.
CREATE TRIGGER governed BEFORE INSERT OR UPDATE OR DELETE ON invitation FOR EACH ROW EXECUTE FUNCTION governed_write();
ALTER TABLE invitation ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON invitation TO gatehouse_reader;
GRANT SELECT, INSERT, UPDATE, DELETE ON invitation TO gatehouse_governed;
CREATE POLICY own_tenant ON invitation TO gatehouse_reader, gatehouse_governed
  USING ((SELECT scope_is_platform()) OR tenant_id = (SELECT scope_tenant()));
CREATE UNIQUE INDEX invitation_waits ON invitation (tenant_id, lower(email)) WHERE accepted_at IS NULL AND revoked_at IS NULL;
ALTER TABLE invitation ADD CONSTRAINT invitation_ends_once CHECK (
  (accepted_at IS NULL OR revoked_at IS NULL) AND (accepted_at IS NULL) = (principal_id IS NULL));
