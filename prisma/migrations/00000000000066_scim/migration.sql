-- CreateTable
CREATE TABLE "scim_connection" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "principal_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "quirks" TEXT NOT NULL,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "made_by" TEXT,
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "scim_connection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scim_token" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "preview" BOOLEAN NOT NULL DEFAULT false,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "issued_by" TEXT,
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "scim_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scim_token_use" (
    "token_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "used_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "scim_token_use_pkey" PRIMARY KEY ("token_id")
);

-- CreateTable
CREATE TABLE "scim_user" (
    "principal_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "user_name" TEXT NOT NULL,
    "user_name_key" TEXT NOT NULL,
    "external_id" TEXT,
    "attributes" JSONB NOT NULL,
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_modified_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "scim_user_pkey" PRIMARY KEY ("principal_id")
);

-- CreateTable
CREATE TABLE "scim_group" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "display_name" TEXT NOT NULL,
    "display_name_key" TEXT NOT NULL,
    "external_id" TEXT,
    "attributes" JSONB NOT NULL,
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_modified_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "scim_group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scim_group_member" (
    "group_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "scim_group_member_pkey" PRIMARY KEY ("group_id","member_id")
);

-- CreateTable
CREATE TABLE "scim_log" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "token_id" UUID NOT NULL,
    "method" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "resource_type" TEXT,
    "resource_id" TEXT,
    "status" INTEGER NOT NULL,
    "scim_type" TEXT,
    "detail" TEXT,
    "effects" JSONB NOT NULL,
    "effect_count" INTEGER NOT NULL,
    "would" BOOLEAN NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "decision_id" UUID,
    "correlation_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "scim_log_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "scim_connection_principal_id_key" ON "scim_connection"("principal_id");

-- CreateIndex
CREATE UNIQUE INDEX "scim_connection_tenant_id_name_key" ON "scim_connection"("tenant_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "scim_token_prefix_key" ON "scim_token"("prefix");

-- CreateIndex
CREATE INDEX "scim_token_connection_id_idx" ON "scim_token"("connection_id");

-- CreateIndex
CREATE INDEX "scim_user_tenant_id_principal_id_idx" ON "scim_user"("tenant_id", "principal_id");

-- CreateIndex
CREATE UNIQUE INDEX "scim_user_tenant_id_user_name_key_key" ON "scim_user"("tenant_id", "user_name_key");

-- CreateIndex
CREATE UNIQUE INDEX "scim_user_tenant_id_external_id_key" ON "scim_user"("tenant_id", "external_id");

-- CreateIndex
CREATE INDEX "scim_group_tenant_id_id_idx" ON "scim_group"("tenant_id", "id");

-- CreateIndex
CREATE INDEX "scim_group_tenant_id_display_name_key_idx" ON "scim_group"("tenant_id", "display_name_key");

-- CreateIndex
CREATE UNIQUE INDEX "scim_group_tenant_id_external_id_key" ON "scim_group"("tenant_id", "external_id");

-- CreateIndex
CREATE INDEX "scim_group_member_member_id_idx" ON "scim_group_member"("member_id");

-- CreateIndex
CREATE INDEX "scim_log_tenant_id_id_idx" ON "scim_log"("tenant_id", "id");

-- CreateIndex
CREATE INDEX "scim_log_resource_id_id_idx" ON "scim_log"("resource_id", "id");

-- AddForeignKey
ALTER TABLE "scim_token" ADD CONSTRAINT "scim_token_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "scim_connection"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scim_token_use" ADD CONSTRAINT "scim_token_use_token_id_fkey" FOREIGN KEY ("token_id") REFERENCES "scim_token"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scim_user" ADD CONSTRAINT "scim_user_principal_id_fkey" FOREIGN KEY ("principal_id") REFERENCES "principal"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scim_group_member" ADD CONSTRAINT "scim_group_member_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "scim_group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scim_group_member" ADD CONSTRAINT "scim_group_member_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "scim_user"("principal_id") ON DELETE RESTRICT ON UPDATE CASCADE;
