-- An entry that has expired is absent for every read; whoever writes next in its install takes it away.
CREATE INDEX extension_kv_expiring ON extension_kv (install_id, expires_at) WHERE expires_at IS NOT NULL;

-- As before, with version and expiry; what the release before reads of it is still there.
DROP FUNCTION extension_kv_read(uuid, uuid[], text[]);
CREATE FUNCTION extension_kv_read(tenant uuid, installs uuid[], names text[])
  RETURNS TABLE (install_id uuid, key text, value bytea, checksum bytea, version bigint, expires_at timestamptz)
  LANGUAGE plpgsql VOLATILE SECURITY INVOKER AS $$
BEGIN
  PERFORM set_config('gatehouse.tenant', tenant::text, true);
  RETURN QUERY
    SELECT kv.install_id, kv.key, kv.value, kv.checksum, kv.version, kv.expires_at
    FROM unnest(installs, names) AS wanted (install, name)
    JOIN extension_kv kv ON kv.install_id = wanted.install AND kv.key = wanted.name
    WHERE kv.expires_at IS NULL OR kv.expires_at > clock_timestamp();
END $$;
REVOKE EXECUTE ON FUNCTION extension_kv_read(uuid, uuid[], text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION extension_kv_read(uuid, uuid[], text[]) TO gatehouse_extension_data;

-- Metrics are records: executions leave them behind as they leave usage.
ALTER TABLE extension_metric ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON extension_metric TO gatehouse_records;
CREATE POLICY recorder ON extension_metric TO gatehouse_records USING (true) WITH CHECK (true);
GRANT SELECT ON extension_metric TO gatehouse_reader;
CREATE POLICY own_tenant ON extension_metric FOR SELECT TO gatehouse_reader
  USING ((SELECT scope_is_platform()) OR tenant_id = (SELECT scope_tenant()));

-- An event is what an extension says under an allowed invocation of its own install. It is never changed.
CREATE FUNCTION extension_event_write() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  PERFORM FROM decision
    WHERE id = NEW.execution_id AND outcome = 'allow' AND action = 'extension.invoke'
      AND tenant_id = NEW.tenant_id AND install_id = NEW.install_id AND extension = NEW.extension;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no allowed invocation of this install stands behind the event' USING ERRCODE = 'GH008';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER invoked BEFORE INSERT ON extension_event FOR EACH ROW EXECUTE FUNCTION extension_event_write();
ALTER TABLE extension_event ENABLE ROW LEVEL SECURITY;
GRANT INSERT ON extension_event TO gatehouse_extension_data;
GRANT SELECT ON extension_event TO gatehouse_reader;
CREATE POLICY own_tenant ON extension_event FOR INSERT TO gatehouse_extension_data WITH CHECK (tenant_id = (SELECT scope_tenant()));
CREATE POLICY own_tenant_read ON extension_event FOR SELECT TO gatehouse_reader
  USING ((SELECT scope_is_platform()) OR tenant_id = (SELECT scope_tenant()));

-- The outbox has it in the same transaction, whoever writes it: no event without its delivery.
CREATE FUNCTION extension_event_leaves() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  INSERT INTO outbox (id, tenant_id, topic, payload, available_at)
    VALUES (NEW.id, NEW.tenant_id, 'extension.event', jsonb_build_object('event_id', NEW.id, 'tenant_id', NEW.tenant_id, 'type', NEW.type),
            clock_timestamp());
  PERFORM pg_notify('gatehouse_outbox', '');
  RETURN NULL;
END $$;
CREATE TRIGGER leaves AFTER INSERT ON extension_event FOR EACH ROW EXECUTE FUNCTION extension_event_leaves();
