-- CreateTable
CREATE TABLE "policy_what_if" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "draft_id" UUID,
    "tree" JSONB,
    "revision" TEXT,
    "since" TIMESTAMPTZ(3),
    "until" TIMESTAMPTZ(3) NOT NULL,
    "limit" INTEGER,
    "only_tenant" UUID,
    "budget" JSONB,
    "follow" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "decisions" INTEGER NOT NULL DEFAULT 0,
    "flips" INTEGER NOT NULL DEFAULT 0,
    "resume" JSONB,
    "report" JSONB,
    "report_digest" TEXT,
    "verdict" JSONB,
    "fault" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "claim" UUID,
    "claimed_until" TIMESTAMPTZ(3),
    "started_by" TEXT NOT NULL,
    "decision_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "policy_what_if_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "policy_what_if_state_id_idx" ON "policy_what_if"("state", "id");

-- CreateIndex
CREATE INDEX "policy_what_if_revision_id_idx" ON "policy_what_if"("revision", "id");
