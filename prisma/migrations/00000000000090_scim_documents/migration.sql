-- AlterTable
ALTER TABLE "scim_user" ADD COLUMN     "mapped" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "scim_group" ADD COLUMN     "said_by" TEXT;

-- AlterTable
ALTER TABLE "scim_group_member" ADD COLUMN     "said_by" TEXT;

-- AlterTable
ALTER TABLE "scim_brake_change" ADD COLUMN     "list_digest" TEXT;

-- CreateIndex
CREATE INDEX "scim_log_at_idx" ON "scim_log" USING BRIN ("at");
