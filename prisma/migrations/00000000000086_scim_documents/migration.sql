-- What people have beyond RFC 7643 is known of a connection's callers, so every instance forgets them as that changes.
DROP TRIGGER roles_changed ON tenant_document;
CREATE TRIGGER roles_changed AFTER INSERT ON tenant_document FOR EACH ROW
  WHEN (NEW.kind IN ('role', 'group_rules', 'scim_schema')) EXECUTE FUNCTION callers_changed();
