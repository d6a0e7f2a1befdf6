-- AlterTable
ALTER TABLE "permit_spend" ADD COLUMN     "action" TEXT,
ADD COLUMN     "expires_at" TIMESTAMPTZ(3),
ADD COLUMN     "outcome" TEXT,
ADD COLUMN     "tenant_id" UUID;
