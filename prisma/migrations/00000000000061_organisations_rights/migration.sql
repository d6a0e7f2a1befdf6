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
