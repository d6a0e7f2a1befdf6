-- What was sealed until now is named by its module and data. Rewritten and not updated, since each row stands under its decision.
ALTER TABLE policy_revision ALTER COLUMN bundle_revision TYPE text USING revision;
ALTER TABLE policy_revision ADD CONSTRAINT policy_revision_names_its_bundle CHECK (bundle_revision IS NOT NULL);
