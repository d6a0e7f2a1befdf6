-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "tenant" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'active',
    "settings" JSONB NOT NULL DEFAULT '{}',
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tenant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workspace" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workspace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "principal" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "publisher_id" UUID,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "roles" TEXT[],
    "pseudonym" TEXT NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "principal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "principal_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "scopes" TEXT[],
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "publisher" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "contact" TEXT NOT NULL,
    "verified_at" TIMESTAMPTZ(3),
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "publisher_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "publisher_key" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "publisher_id" UUID NOT NULL,
    "keyid" TEXT NOT NULL,
    "algorithm" TEXT NOT NULL DEFAULT 'ed25519',
    "public_key" TEXT NOT NULL,
    "not_after" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "publisher_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "extension_registry" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "publisher_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "categories" TEXT[],
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "extension_registry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "extension_version" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "publisher_id" UUID NOT NULL,
    "extension_id" UUID NOT NULL,
    "semver" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "manifest" JSONB NOT NULL,
    "channel" TEXT NOT NULL DEFAULT 'draft',
    "review_state" TEXT NOT NULL DEFAULT 'pending',
    "certification" JSONB NOT NULL,
    "yanked_at" TIMESTAMPTZ(3),
    "deprecation" TEXT,
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "extension_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "extension_bundle" (
    "digest" TEXT NOT NULL,
    "tenant_id" UUID NOT NULL,
    "publisher_id" UUID NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "envelope" JSONB NOT NULL,
    "artifact_digest" TEXT,
    "artifact_signature" TEXT,
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "extension_bundle_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "tenant_extension_install" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "publisher_id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "extension_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "permissions" TEXT[],
    "config" JSONB NOT NULL DEFAULT '{}',
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tenant_extension_install_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "install_consent" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "install_id" UUID NOT NULL,
    "digest" TEXT NOT NULL,
    "permissions" TEXT[],
    "given_by" UUID NOT NULL,
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "install_consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "install_secret" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "install_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "key_id" TEXT NOT NULL,
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "install_secret_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "extension_event_subscription" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "install_id" UUID NOT NULL,
    "event_type" TEXT NOT NULL,
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "extension_event_subscription_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "standing" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3),
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "standing_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "kill_order" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "scope" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "engaged_by" TEXT NOT NULL,
    "epoch" BIGINT NOT NULL DEFAULT 0,
    "released_at" TIMESTAMPTZ(3),
    "release_decision_id" UUID,
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "kill_order_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "title" TEXT NOT NULL,
    "subject" JSONB NOT NULL,
    "subject_digest" TEXT NOT NULL,
    "subject_publisher_id" UUID,
    "scope" TEXT NOT NULL,
    "quorum" INTEGER NOT NULL,
    "opened_by" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "approval_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval_vote" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "approval_id" UUID NOT NULL,
    "principal_id" UUID NOT NULL,
    "voter" TEXT NOT NULL,
    "publisher_id" UUID,
    "scopes" TEXT[],
    "verdict" TEXT NOT NULL,
    "comment" TEXT NOT NULL,
    "subject_digest" TEXT NOT NULL,
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "approval_vote_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "decision" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "workspace_id" UUID,
    "publisher_id" UUID,
    "instance" TEXT NOT NULL,
    "gate" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "decided_by" TEXT NOT NULL,
    "cause" TEXT,
    "actor" TEXT NOT NULL,
    "resource_kind" TEXT NOT NULL,
    "resource_id" TEXT NOT NULL,
    "extension" TEXT,
    "install_id" UUID,
    "execution_id" UUID,
    "reasons" TEXT[],
    "rules" TEXT[],
    "revision" TEXT,
    "engine" TEXT NOT NULL,
    "tenant_module" TEXT,
    "input" BYTEA NOT NULL,
    "answer" BYTEA,
    "input_digest" TEXT NOT NULL,
    "fuel" BIGINT NOT NULL DEFAULT 0,
    "count" INTEGER NOT NULL DEFAULT 1,
    "correlation_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "permit_spend" (
    "decision_id" UUID NOT NULL,
    "transaction" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "permit_spend_pkey" PRIMARY KEY ("decision_id")
);

-- CreateTable
CREATE TABLE "ledger_entry" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "leaf_hash" BYTEA NOT NULL,
    "leaf_index" BIGINT,
    "body" BYTEA,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ledger_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_node" (
    "level" INTEGER NOT NULL,
    "index" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "ledger_node_pkey" PRIMARY KEY ("level","index")
);

-- CreateTable
CREATE TABLE "ledger_head" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "size" BIGINT NOT NULL DEFAULT 0,
    "root" BYTEA NOT NULL,

    CONSTRAINT "ledger_head_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_checkpoint" (
    "size" BIGINT NOT NULL,
    "root" BYTEA NOT NULL,
    "note" TEXT NOT NULL,
    "keyid" TEXT NOT NULL,
    "signed_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_checkpoint_pkey" PRIMARY KEY ("size")
);

-- CreateTable
CREATE TABLE "extension_execution_log" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "publisher_id" UUID NOT NULL,
    "install_id" UUID NOT NULL,
    "extension" TEXT NOT NULL,
    "semver" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "endpoint" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "fuel" BIGINT NOT NULL,
    "memory_bytes" BIGINT NOT NULL,
    "wall_ms" DOUBLE PRECISION NOT NULL,
    "host_calls" INTEGER NOT NULL,
    "denied_calls" INTEGER NOT NULL,
    "output_bytes" INTEGER NOT NULL,
    "input_digest" TEXT NOT NULL,
    "output_digest" TEXT,
    "slot" TEXT NOT NULL,
    "correlation_id" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "extension_execution_log_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "extension_log" (
    "id" BIGSERIAL NOT NULL,
    "execution_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "publisher_id" UUID NOT NULL,
    "extension" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "shared" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "extension_log_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "extension_quota_usage" (
    "tenant_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "install_id" UUID NOT NULL,
    "publisher_id" UUID NOT NULL,
    "period" TEXT NOT NULL,
    "metric" TEXT NOT NULL,
    "value" BIGINT NOT NULL,

    CONSTRAINT "extension_quota_usage_pkey" PRIMARY KEY ("install_id","period","metric")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "topic" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "available_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "delivered_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "node_lease" (
    "node" TEXT NOT NULL,
    "epoch" BIGINT NOT NULL,
    "renewed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "node_lease_pkey" PRIMARY KEY ("node")
);

-- CreateTable
CREATE TABLE "kill_epoch" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "epoch" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "kill_epoch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "extension_kv" (
    "tenant_id" UUID NOT NULL,
    "install_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "value" BYTEA NOT NULL,
    "checksum" BYTEA NOT NULL,
    "version" BIGINT NOT NULL DEFAULT 1,
    "execution_id" UUID NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "extension_kv_pkey" PRIMARY KEY ("install_id","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "tenant_slug_key" ON "tenant"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "workspace_tenant_id_slug_key" ON "workspace"("tenant_id", "slug");

-- CreateIndex
CREATE UNIQUE INDEX "principal_pseudonym_key" ON "principal"("pseudonym");

-- CreateIndex
CREATE UNIQUE INDEX "principal_tenant_id_email_key" ON "principal"("tenant_id", "email");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_prefix_key" ON "api_key"("prefix");

-- CreateIndex
CREATE INDEX "api_key_principal_id_idx" ON "api_key"("principal_id");

-- CreateIndex
CREATE UNIQUE INDEX "publisher_slug_key" ON "publisher"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "publisher_key_keyid_key" ON "publisher_key"("keyid");

-- CreateIndex
CREATE INDEX "publisher_key_publisher_id_idx" ON "publisher_key"("publisher_id");

-- CreateIndex
CREATE UNIQUE INDEX "extension_registry_name_key" ON "extension_registry"("name");

-- CreateIndex
CREATE INDEX "extension_registry_publisher_id_idx" ON "extension_registry"("publisher_id");

-- CreateIndex
CREATE INDEX "extension_version_digest_idx" ON "extension_version"("digest");

-- CreateIndex
CREATE UNIQUE INDEX "extension_version_extension_id_semver_key" ON "extension_version"("extension_id", "semver");

-- CreateIndex
CREATE INDEX "tenant_extension_install_tenant_id_idx" ON "tenant_extension_install"("tenant_id");

-- CreateIndex
CREATE UNIQUE INDEX "tenant_extension_install_workspace_id_extension_id_key" ON "tenant_extension_install"("workspace_id", "extension_id");

-- CreateIndex
CREATE INDEX "install_consent_install_id_idx" ON "install_consent"("install_id");

-- CreateIndex
CREATE UNIQUE INDEX "install_secret_install_id_name_key" ON "install_secret"("install_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "extension_event_subscription_install_id_event_type_key" ON "extension_event_subscription"("install_id", "event_type");

-- CreateIndex
CREATE UNIQUE INDEX "standing_subject_kind_subject_id_kind_key" ON "standing"("subject_kind", "subject_id", "kind");

-- CreateIndex
CREATE INDEX "kill_order_released_at_idx" ON "kill_order"("released_at");

-- CreateIndex
CREATE INDEX "approval_state_tenant_id_idx" ON "approval"("state", "tenant_id");

-- CreateIndex
CREATE UNIQUE INDEX "approval_vote_approval_id_principal_id_key" ON "approval_vote"("approval_id", "principal_id");

-- CreateIndex
CREATE INDEX "decision_tenant_id_at_id_idx" ON "decision"("tenant_id", "at" DESC, "id");

-- CreateIndex
CREATE INDEX "decision_extension_at_idx" ON "decision"("extension", "at" DESC);

-- CreateIndex
CREATE INDEX "decision_execution_id_idx" ON "decision"("execution_id");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_entry_leaf_index_key" ON "ledger_entry"("leaf_index");

-- CreateIndex
CREATE INDEX "extension_execution_log_tenant_id_started_at_idx" ON "extension_execution_log"("tenant_id", "started_at" DESC);

-- CreateIndex
CREATE INDEX "extension_execution_log_extension_started_at_idx" ON "extension_execution_log"("extension", "started_at" DESC);

-- CreateIndex
CREATE INDEX "extension_log_extension_id_idx" ON "extension_log"("extension", "id");

-- CreateIndex
CREATE INDEX "extension_log_execution_id_idx" ON "extension_log"("execution_id");

-- CreateIndex
CREATE INDEX "outbox_delivered_at_available_at_idx" ON "outbox"("delivered_at", "available_at");

-- AddForeignKey
ALTER TABLE "workspace" ADD CONSTRAINT "workspace_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "principal" ADD CONSTRAINT "principal_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_principal_id_fkey" FOREIGN KEY ("principal_id") REFERENCES "principal"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "publisher" ADD CONSTRAINT "publisher_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "publisher_key" ADD CONSTRAINT "publisher_key_publisher_id_fkey" FOREIGN KEY ("publisher_id") REFERENCES "publisher"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "extension_registry" ADD CONSTRAINT "extension_registry_publisher_id_fkey" FOREIGN KEY ("publisher_id") REFERENCES "publisher"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "extension_version" ADD CONSTRAINT "extension_version_extension_id_fkey" FOREIGN KEY ("extension_id") REFERENCES "extension_registry"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "extension_version" ADD CONSTRAINT "extension_version_digest_fkey" FOREIGN KEY ("digest") REFERENCES "extension_bundle"("digest") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tenant_extension_install" ADD CONSTRAINT "tenant_extension_install_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "extension_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "install_consent" ADD CONSTRAINT "install_consent_install_id_fkey" FOREIGN KEY ("install_id") REFERENCES "tenant_extension_install"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "install_secret" ADD CONSTRAINT "install_secret_install_id_fkey" FOREIGN KEY ("install_id") REFERENCES "tenant_extension_install"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_vote" ADD CONSTRAINT "approval_vote_approval_id_fkey" FOREIGN KEY ("approval_id") REFERENCES "approval"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
