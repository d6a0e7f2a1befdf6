GRANT SELECT ON group_role TO gatehouse_reader, gatehouse_governed;

-- Every instance forgets at once what somebody could do before a membership, a group's name, a rule or a role changed. Groups that no
-- rule is about give nothing, so that a large synchronisation of them tells nobody.
CREATE FUNCTION callers_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('gatehouse_callers', '');
  RETURN NULL;
END $$;
CREATE FUNCTION members_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM (SELECT DISTINCT group_id, tenant_id FROM changed) c
    JOIN scim_group g ON g.id = c.group_id
    CROSS JOIN LATERAL group_rules_of(c.tenant_id) r
    WHERE group_rule_fits(r.rule, g.id, g.display_name, g.external_id)
  ) THEN
    PERFORM pg_notify('gatehouse_callers', '');
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER joined AFTER INSERT ON scim_group_member REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION members_changed();
CREATE TRIGGER left_group AFTER DELETE ON scim_group_member REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION members_changed();
CREATE TRIGGER renamed AFTER UPDATE OF display_name, external_id ON scim_group FOR EACH ROW
  WHEN (OLD.display_name <> NEW.display_name OR OLD.external_id IS DISTINCT FROM NEW.external_id) EXECUTE FUNCTION callers_changed();
CREATE TRIGGER roles_changed AFTER INSERT ON tenant_document FOR EACH ROW
  WHEN (NEW.kind IN ('role', 'group_rules')) EXECUTE FUNCTION callers_changed();
