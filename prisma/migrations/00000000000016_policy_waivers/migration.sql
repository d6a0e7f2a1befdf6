-- AlterTable
ALTER TABLE "approval" ADD COLUMN     "voided_because" TEXT;

-- AlterTable
ALTER TABLE "policy_activation" ADD COLUMN     "expires_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "policy_waiver" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "why" TEXT NOT NULL,
    "asked_by" TEXT NOT NULL,
    "approval_id" UUID,
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_by" TEXT,
    "revoked_because" TEXT,
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policy_waiver_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "policy_waiver_approval_id_key" ON "policy_waiver"("approval_id");

-- CreateIndex
CREATE INDEX "policy_waiver_until_idx" ON "policy_waiver"("until");
