-- AlterTable
ALTER TABLE "policy_revision" ADD COLUMN     "bundle_revision" TEXT;
-- What was sealed until now is named by its module and data. Rewritten and not updated: each row stands under its decision.
ALTER TABLE "policy_revision" ALTER COLUMN "bundle_revision" TYPE TEXT USING "revision";
ALTER TABLE "policy_revision" ALTER COLUMN "bundle_revision" SET NOT NULL;

-- CreateIndex
CREATE INDEX "policy_revision_bundle_revision_idx" ON "policy_revision"("bundle_revision");
