-- Roles that people have by their groups. Derived where it is read, so that a membership, a group's name, a rule and the moment at
-- which it begins or ends count in the transaction in which they change.

-- As `*` in patterns of the API: any run of characters; all else stands for itself.
CREATE FUNCTION glob_fits(pattern text, name text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT name LIKE replace(replace(replace(replace(pattern, '\', '\\'), '%', '\%'), '_', '\_'), '*', '%') $$;

-- Whether a rule that holds now is about a group. Names differ by more than their case; ids of the identity provider do not.
CREATE FUNCTION group_rule_fits(rule jsonb, id uuid, display_name text, external_id text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce((rule->>'id')::uuid = id, true)
    AND (rule->>'display_name' IS NULL OR glob_fits(lower(rule->>'display_name'), lower(display_name)))
    AND (rule->>'external_id' IS NULL OR coalesce(glob_fits(rule->>'external_id', external_id), false))
    AND coalesce((rule->>'from')::timestamptz <= now(), true)
    AND coalesce((rule->>'until')::timestamptz > now(), true) $$;

-- The rules of an organisation, each set at its newest revision.
CREATE FUNCTION group_rules_of(tenant uuid) RETURNS TABLE (name text, revision int, rule jsonb) LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT d.name, d.revision, e.rule FROM (
    SELECT DISTINCT ON (name) name, revision, document FROM tenant_document
    WHERE tenant_id = tenant AND kind = 'group_rules' ORDER BY name, revision DESC) d
  CROSS JOIN LATERAL jsonb_array_elements(d.document->'entries') AS e(rule) $$;

-- One row for each rule that gives somebody roles, with the group that it does so by; nothing beyond what the reader's scope sees.
CREATE VIEW group_role WITH (security_invoker = true) AS
  SELECT m.tenant_id, m.member_id AS principal_id, g.id AS group_id, g.display_name AS group_name, r.name AS rules, r.revision, r.rule
  FROM scim_group_member m
  JOIN scim_group g ON g.id = m.group_id AND g.tenant_id = m.tenant_id
  CROSS JOIN LATERAL group_rules_of(m.tenant_id) r
  WHERE group_rule_fits(r.rule, g.id, g.display_name, g.external_id);
