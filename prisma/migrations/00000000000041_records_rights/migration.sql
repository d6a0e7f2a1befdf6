-- The role that records works for all organisations at once. It reads of its tables only that by which it finds a row again and
-- counts on, and nothing that people or extensions said: that is read in the scope of its organisation, by the role that reads.
REVOKE SELECT ON decision, extension_execution_log, extension_log, extension_quota_usage, outbox, opa_agent, agent_decision,
  extension_metric, kept_call, execution_recording, runtime_token_use, extension_event, extension_event_delivery,
  extension_event_subscription, policy_what_if, ledger_entry FROM gatehouse_records;
DROP POLICY recorder ON extension_event_subscription;

GRANT SELECT (id) ON extension_execution_log TO gatehouse_records;
GRANT SELECT (install_id, period, metric, value) ON extension_quota_usage TO gatehouse_records;
GRANT SELECT (id, topic, payload, attempts, available_at, delivered_at) ON outbox TO gatehouse_records;
GRANT SELECT (tenant_id, agent, refused_events, seen_at) ON opa_agent TO gatehouse_records;
GRANT SELECT (tenant_id, agent, decision_id) ON agent_decision TO gatehouse_records;
GRANT SELECT (id, tenant_id, key, state, expires_at) ON kept_call TO gatehouse_records;
GRANT SELECT (execution_id, expires_at) ON execution_recording TO gatehouse_records;
GRANT SELECT (token_id) ON runtime_token_use TO gatehouse_records;
GRANT SELECT (id, at) ON extension_event TO gatehouse_records;
GRANT SELECT (id, event_id, tenant_id, install_id, state, attempts, execution_id, created_at) ON extension_event_delivery TO gatehouse_records;
GRANT SELECT (id, at, kind, leaf_hash, leaf_index) ON ledger_entry TO gatehouse_records;
-- A run belongs to the platform's policy, and whoever carries it on has to know it; its report goes to those who may read it.
GRANT SELECT (id, tenant_id, draft_id, tree, revision, state, since, until, "limit", only_tenant, budget, follow, decisions, flips, resume,
  report_digest, verdict, fault, attempts, claim, claimed_until, started_by, decision_id, created_at, ended_at)
  ON policy_what_if TO gatehouse_records;

-- The list of what is stopped, and what is in force, without who wanted it and why it was agreed to.
REVOKE SELECT ON kill_order, policy_activation, policy_revision, policy_waiver, policy_canary FROM gatehouse_records;
GRANT SELECT (id, scope, target, reason, epoch, released_at) ON kill_order TO gatehouse_records;
GRANT SELECT (seq, revision, replaces, expires_at) ON policy_activation TO gatehouse_records;
GRANT SELECT (revision, bundle_revision, files, created_at) ON policy_revision TO gatehouse_records;
GRANT SELECT (id, reason, subject_kind, subject_id, until, revoked_at) ON policy_waiver TO gatehouse_records;
GRANT SELECT (id, revision, base_revision, percent, unit, plan, state, after) ON policy_canary TO gatehouse_records;

-- Series are added to without being read: their names and labels are the extension's words. `most` series an install may have in
-- a period; what comes on top of that is left out.
CREATE FUNCTION extension_metric_add(new_rows json, most int) RETURNS void
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public AS $$
  INSERT INTO extension_metric AS kept
  SELECT added.* FROM json_populate_recordset(NULL::extension_metric, new_rows) AS added
  WHERE EXISTS (SELECT FROM extension_metric m
      WHERE (m.install_id, m.period, m.kind, m.name, m.labels) = (added.install_id, added.period, added.kind, added.name, added.labels))
    OR (SELECT count(*) FROM extension_metric m WHERE m.install_id = added.install_id AND m.period = added.period) < most
  ON CONFLICT (install_id, period, kind, name, labels) DO UPDATE SET count = kept.count + excluded.count,
    sum = kept.sum + excluded.sum, min = least(kept.min, excluded.min), max = greatest(kept.max, excluded.max), last = excluded.last
$$;
-- Old ones go in batches; how many went.
CREATE FUNCTION extension_metric_sweep(before text, at_once int) RETURNS bigint
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public AS $$
  WITH gone AS (DELETE FROM extension_metric WHERE ctid IN (
    SELECT ctid FROM extension_metric WHERE period < before LIMIT at_once) RETURNING 1)
  SELECT count(*) FROM gone
$$;
-- The oldest answers of each organisation beyond so many bytes are let go of; that there was one stays known. How many went.
CREATE FUNCTION kept_call_trim(most bigint) RETURNS bigint
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public AS $$
  WITH gone AS (UPDATE kept_call SET body = NULL WHERE id IN (
    SELECT id FROM (
      SELECT id, sum(octet_length(body)) OVER (PARTITION BY tenant_id ORDER BY started_at DESC, id DESC) AS upto
      FROM kept_call WHERE body IS NOT NULL
    ) newest WHERE upto > most) RETURNING 1)
  SELECT count(*) FROM gone
$$;
REVOKE EXECUTE ON FUNCTION extension_metric_add(json, int), extension_metric_sweep(text, int), kept_call_trim(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION extension_metric_add(json, int), extension_metric_sweep(text, int), kept_call_trim(bigint) TO gatehouse_records;
REVOKE INSERT, UPDATE, DELETE ON extension_metric FROM gatehouse_records;
DROP POLICY recorder ON extension_metric;

-- Counts of a canary are seen by whoever sees the canary.
ALTER TABLE policy_canary_report ENABLE ROW LEVEL SECURITY;
CREATE POLICY recorder ON policy_canary_report TO gatehouse_records USING (true) WITH CHECK (true);
CREATE POLICY with_its_canary ON policy_canary_report FOR SELECT TO gatehouse_reader
  USING (EXISTS (SELECT FROM policy_canary canary WHERE canary.id = canary_id));
