-- Reads of extension data, which every host call waits for, in one round trip: the tenant is put into force for the one
-- statement's own transaction, and row-level security holds as it does in any other. Runs with its caller's rights, so a
-- role that may not read the table reads nothing by it.
CREATE FUNCTION extension_kv_read(tenant uuid, installs uuid[], names text[])
  RETURNS TABLE (install_id uuid, key text, value bytea, checksum bytea)
  LANGUAGE plpgsql VOLATILE SECURITY INVOKER AS $$
BEGIN
  PERFORM set_config('gatehouse.tenant', tenant::text, true);
  RETURN QUERY
    SELECT kv.install_id, kv.key, kv.value, kv.checksum
    FROM unnest(installs, names) AS wanted (install, name)
    JOIN extension_kv kv ON kv.install_id = wanted.install AND kv.key = wanted.name;
END $$;
REVOKE EXECUTE ON FUNCTION extension_kv_read(uuid, uuid[], text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION extension_kv_read(uuid, uuid[], text[]) TO gatehouse_extension_data;
