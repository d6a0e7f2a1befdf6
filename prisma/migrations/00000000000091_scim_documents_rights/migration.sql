-- What people have beyond RFC 7643 is known of a connection's callers, so every instance forgets them as that changes.
DROP TRIGGER roles_changed ON tenant_document;
CREATE TRIGGER roles_changed AFTER INSERT ON tenant_document FOR EACH ROW
  WHEN (NEW.kind IN ('role', 'group_rules', 'scim_schema')) EXECUTE FUNCTION callers_changed();

-- Whoever is in a group that is called something else may lose what its name gave.
ALTER TABLE scim_let_go DROP CONSTRAINT scim_let_go_what;
ALTER TABLE scim_let_go ADD CONSTRAINT scim_let_go_what CHECK (what IN ('deactivated', 'deleted', 'left_group', 'lost_roles'));
ALTER TABLE scim_brake_change DROP CONSTRAINT scim_brake_change_what;
ALTER TABLE scim_brake_change ADD CONSTRAINT scim_brake_change_what CHECK (what IN ('deactivated', 'deleted', 'left_group', 'lost_roles'));

-- Requests of identity providers go once they are old, whoever's they are.
GRANT SELECT (id, at), DELETE ON scim_log TO gatehouse_records;
CREATE POLICY retention ON scim_log FOR DELETE TO gatehouse_records USING (true);
CREATE POLICY retention_read ON scim_log FOR SELECT TO gatehouse_records USING (true);
