-- Whoever is added without roles, as directories add everybody, has none of which it is kept where it came from.
DROP TRIGGER roles_kept ON principal;
CREATE TRIGGER roles_kept AFTER DELETE OR UPDATE OF roles, custom_roles ON principal
  FOR EACH ROW EXECUTE FUNCTION principal_roles_kept();
CREATE TRIGGER roles_given AFTER INSERT ON principal
  FOR EACH ROW WHEN (NEW.roles <> '{}' OR NEW.custom_roles <> '{}') EXECUTE FUNCTION principal_roles_kept();
