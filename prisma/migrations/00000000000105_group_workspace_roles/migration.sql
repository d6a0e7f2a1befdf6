-- Roles within single workspaces that people have by their groups. Derived where it is read, as roles in the whole organisation are.

-- What a rule gives in which workspaces. It names them by slug or id; no slug has the form of an id, and neither ever changes.
CREATE FUNCTION group_rule_workspace_roles(tenant uuid, rule jsonb) RETURNS TABLE (workspace_id uuid, slug text, role text)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT w.id, w.slug, given.role FROM jsonb_array_elements(rule->'in_workspaces') AS named(place)
  JOIN workspace w ON w.tenant_id = tenant AND lower(named.place->>'workspace') IN (w.slug, w.id::text)
  CROSS JOIN LATERAL jsonb_array_elements_text(named.place->'roles') AS given(role) $$;

-- Who has which role in which workspace, each once: given to themselves, or by a rule about a group that they are in.
CREATE VIEW workspace_role WITH (security_invoker = true) AS
  SELECT m.tenant_id, m.principal_id, m.workspace_id, given.role
  FROM workspace_member m CROSS JOIN LATERAL unnest(m.roles) AS given(role)
  UNION
  SELECT r.tenant_id, r.principal_id, there.workspace_id, there.role
  FROM group_role r CROSS JOIN LATERAL group_rule_workspace_roles(r.tenant_id, r.rule) AS there;
GRANT SELECT ON workspace_role TO gatehouse_reader, gatehouse_governed;
