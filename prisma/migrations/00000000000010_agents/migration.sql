-- CreateTable
CREATE TABLE "opa_agent" (
    "tenant_id" UUID NOT NULL,
    "agent" TEXT NOT NULL,
    "principal" TEXT NOT NULL,
    "version" TEXT,
    "labels" JSONB NOT NULL,
    "active_revision" TEXT,
    "errors" JSONB NOT NULL,
    "refused_events" INTEGER NOT NULL DEFAULT 0,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "reported_at" TIMESTAMPTZ(3),

    CONSTRAINT "opa_agent_pkey" PRIMARY KEY ("tenant_id","agent")
);

-- CreateTable
CREATE TABLE "agent_decision" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "agent" TEXT NOT NULL,
    "principal" TEXT NOT NULL,
    "decision_id" TEXT NOT NULL,
    "path" TEXT,
    "gate" TEXT,
    "action" TEXT,
    "outcome" TEXT,
    "revision" TEXT,
    "input" BYTEA,
    "answer" BYTEA,
    "input_digest" TEXT,
    "error" TEXT,
    "masked" BOOLEAN NOT NULL,
    "masked_paths" TEXT[],
    "requested_by" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agent_decision_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "agent_decision_tenant_id_id_idx" ON "agent_decision"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "agent_decision_tenant_id_agent_decision_id_key" ON "agent_decision"("tenant_id", "agent", "decision_id");
