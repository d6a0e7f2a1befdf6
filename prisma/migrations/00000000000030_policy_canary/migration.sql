-- CreateTable
CREATE TABLE "policy_canary" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "after" BIGINT NOT NULL,
    "base_revision" TEXT NOT NULL,
    "revision" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "percent" INTEGER NOT NULL DEFAULT 1,
    "state" TEXT NOT NULL DEFAULT 'running',
    "reason" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "approval_id" UUID,
    "what_if" UUID,
    "plan" JSONB NOT NULL,
    "breach" JSONB,
    "ended_by" TEXT,
    "ended_because" TEXT,
    "step_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policy_canary_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policy_canary_report" (
    "canary_id" UUID NOT NULL,
    "percent" INTEGER NOT NULL,
    "node" TEXT NOT NULL,
    "counts" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policy_canary_report_pkey" PRIMARY KEY ("canary_id","percent","node")
);

-- CreateIndex
CREATE UNIQUE INDEX "policy_canary_approval_id_key" ON "policy_canary"("approval_id");
