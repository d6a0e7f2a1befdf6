-- Recordings are records: written once beside their execution, and let go once they expire.
ALTER TABLE execution_recording ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, DELETE ON execution_recording TO gatehouse_records;
CREATE POLICY recorder ON execution_recording TO gatehouse_records USING (true) WITH CHECK (true);
GRANT SELECT ON execution_recording TO gatehouse_reader;
CREATE POLICY own_tenant ON execution_recording FOR SELECT TO gatehouse_reader
  USING ((SELECT scope_is_platform()) OR tenant_id = (SELECT scope_tenant()));
