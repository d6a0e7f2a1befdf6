-- A decision is looked for in the ledger's partitions by its id. Planned for each id, as PostgreSQL prefers where partitions
-- fall away, that took five times as long as the look itself; by a plan for any id they fall away when it runs.
ALTER FUNCTION governed_write() SET plan_cache_mode = force_generic_plan;
ALTER FUNCTION principal_roles_kept() SET plan_cache_mode = force_generic_plan;

-- The mapping of an organisation, kept from being written until the transaction ends; others read it meanwhile. It is looked
-- up once that is so, as whoever wrote last may have been waited for.
CREATE FUNCTION scim_mapping_kept(tenant uuid) RETURNS jsonb LANGUAGE plpgsql SET search_path = public AS $$
DECLARE found jsonb;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('documents ' || tenant || ' scim_mapping', 0));
  SELECT document INTO found FROM tenant_document
    WHERE tenant_id = tenant AND kind = 'scim_mapping' AND name = 'default' ORDER BY revision DESC LIMIT 1;
  RETURN found;
END $$;
REVOKE EXECUTE ON FUNCTION scim_mapping_kept(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION scim_mapping_kept(uuid) TO gatehouse_governed;
