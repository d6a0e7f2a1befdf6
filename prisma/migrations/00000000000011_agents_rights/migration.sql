-- What OPA agents tell is on record and permits nothing: the triggers of governed rows and of what extensions keep look into
-- `decision` alone. Each organisation sees its own agents, the platform all.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['opa_agent', 'agent_decision'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO gatehouse_records', name);
    EXECUTE format('CREATE POLICY recorder ON %I TO gatehouse_records USING (true) WITH CHECK (true)', name);
    EXECUTE format('GRANT SELECT ON %I TO gatehouse_reader', name);
    EXECUTE format('CREATE POLICY own_tenant ON %I FOR SELECT TO gatehouse_reader USING ((SELECT scope_is_platform()) OR tenant_id = (SELECT scope_tenant()))', name);
  END LOOP;
END $$;
-- A decision stays as it was told; an agent's row is its heartbeat, and goes once it was not heard of for long.
GRANT UPDATE, DELETE ON opa_agent TO gatehouse_records;
