-- Requests of identity providers go once they are old, whoever's they are.
GRANT SELECT (id, at), DELETE ON scim_log TO gatehouse_records;
CREATE POLICY retention ON scim_log FOR DELETE TO gatehouse_records USING (true);
CREATE POLICY retention_read ON scim_log FOR SELECT TO gatehouse_records USING (true);
