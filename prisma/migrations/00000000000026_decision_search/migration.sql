-- DropIndex
DROP INDEX "decision_tenant_id_at_id_idx";

-- DropIndex
DROP INDEX "decision_extension_at_idx";

-- CreateTable
CREATE TABLE "decision_retention" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "since" TIMESTAMPTZ(3),
    "until" TIMESTAMPTZ(3) NOT NULL,
    "decisions" BIGINT NOT NULL,
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "decision_retention_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "decision_tenant_id_id_idx" ON "decision"("tenant_id", "id");

-- CreateIndex
CREATE INDEX "decision_extension_id_idx" ON "decision"("extension", "id");
