-- A federated identity is trust in an outside issuer: whose tokens, for whom, and nothing that is kept secret.
ALTER TABLE client_credential DROP CONSTRAINT client_credential_kind;
ALTER TABLE client_credential ADD CONSTRAINT client_credential_kind CHECK (
  (kind = 'secret' AND prefix IS NOT NULL AND hash IS NOT NULL AND jwk IS NULL AND kid IS NULL AND issuer IS NULL)
  OR (kind = 'key' AND prefix IS NULL AND hash IS NULL AND jwk IS NOT NULL AND kid IS NOT NULL AND issuer IS NULL)
  OR (kind = 'federated' AND prefix IS NULL AND hash IS NULL AND jwk IS NULL AND kid IS NULL AND issuer IS NOT NULL
    AND audience IS NOT NULL AND claims IS NOT NULL AND single_use IS NOT NULL AND (subject IS NOT NULL OR claims <> '{}')));
