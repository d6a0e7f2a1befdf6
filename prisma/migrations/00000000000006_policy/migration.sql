-- CreateTable
CREATE TABLE "policy_draft" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "base_revision" TEXT NOT NULL,
    "tree" JSONB NOT NULL,
    "source_commit" TEXT,
    "checks" JSONB,
    "checked_tree" TEXT,
    "sealed_revision" TEXT,
    "created_by" TEXT NOT NULL,
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policy_draft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policy_revision" (
    "revision" TEXT NOT NULL,
    "tenant_id" UUID NOT NULL,
    "draft_id" UUID,
    "base_revision" TEXT NOT NULL,
    "tree" JSONB NOT NULL,
    "files" JSONB NOT NULL,
    "source_commit" TEXT,
    "sealed_by" TEXT NOT NULL,
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policy_revision_pkey" PRIMARY KEY ("revision")
);

-- CreateTable
CREATE TABLE "policy_activation" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "revision" TEXT NOT NULL,
    "replaces" TEXT,
    "kind" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "approval_id" UUID,
    "by" TEXT NOT NULL,
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policy_activation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policy_instance" (
    "node" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "revision" TEXT,
    "fault" TEXT,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "policy_instance_pkey" PRIMARY KEY ("node")
);

-- CreateIndex
CREATE INDEX "policy_draft_state_created_at_idx" ON "policy_draft"("state", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "policy_activation_seq_key" ON "policy_activation"("seq");

-- CreateIndex
CREATE UNIQUE INDEX "policy_activation_approval_id_key" ON "policy_activation"("approval_id");

-- CreateIndex
CREATE INDEX "policy_activation_revision_idx" ON "policy_activation"("revision");
