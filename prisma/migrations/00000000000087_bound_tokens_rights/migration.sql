-- Which proofs were taken is a record.
ALTER TABLE dpop_proof ENABLE ROW LEVEL SECURITY;
CREATE POLICY recorder ON dpop_proof TO gatehouse_records USING (true) WITH CHECK (true);
GRANT INSERT, DELETE, SELECT ON dpop_proof TO gatehouse_records;
