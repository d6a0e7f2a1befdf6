-- AlterTable
ALTER TABLE "policy_revision" ADD COLUMN     "bundle_revision" TEXT;

-- CreateIndex
CREATE INDEX "policy_revision_bundle_revision_idx" ON "policy_revision"("bundle_revision");
