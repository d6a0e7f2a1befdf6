-- Replays of the past are records: decided once, then carried on by whichever instance takes them up.
ALTER TABLE policy_what_if ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON policy_what_if TO gatehouse_records;
-- What was asked, by whom and under which decision stays as it was.
GRANT UPDATE (revision, state, decisions, flips, resume, report, report_digest, verdict, fault, attempts, claim, claimed_until, ended_at)
  ON policy_what_if TO gatehouse_records;
CREATE POLICY recorder ON policy_what_if TO gatehouse_records USING (true) WITH CHECK (true);
GRANT SELECT ON policy_what_if TO gatehouse_reader;
CREATE POLICY own_tenant ON policy_what_if FOR SELECT TO gatehouse_reader
  USING ((SELECT scope_is_platform()) OR tenant_id = (SELECT scope_tenant()));
