-- A provider speaks one of two languages, and what a SAML provider signs by is known.
ALTER TABLE identity_provider ADD CONSTRAINT identity_provider_kind
  CHECK (kind IN ('oidc', 'saml') AND (kind = 'saml') = (saml IS NOT NULL));

-- Assertions that were taken are records.
ALTER TABLE saml_assertion ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON saml_assertion TO gatehouse_records;
CREATE POLICY recorder ON saml_assertion TO gatehouse_records USING (true) WITH CHECK (true);
