-- CreateTable
CREATE TABLE "tenant_policy_draft" (
    "tenant_id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "tests" TEXT NOT NULL,
    "checks" JSONB,
    "checked" TEXT,
    "module" TEXT,
    "what_if" JSONB,
    "updated_by" TEXT NOT NULL,
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tenant_policy_draft_pkey" PRIMARY KEY ("tenant_id")
);

-- CreateTable
CREATE TABLE "tenant_policy_activation" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "module" TEXT,
    "source" TEXT,
    "tests" TEXT,
    "replaces" TEXT,
    "kind" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "approval_id" UUID,
    "by" TEXT NOT NULL,
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tenant_policy_activation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "tenant_policy_activation_approval_id_key" ON "tenant_policy_activation"("approval_id");

-- CreateIndex
CREATE INDEX "tenant_policy_activation_created_at_idx" ON "tenant_policy_activation"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "tenant_policy_activation_tenant_id_seq_key" ON "tenant_policy_activation"("tenant_id", "seq");
