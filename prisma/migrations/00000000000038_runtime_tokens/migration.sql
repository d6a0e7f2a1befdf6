-- CreateTable
CREATE TABLE "runtime_token" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "install_id" UUID NOT NULL,
    "principal_id" UUID NOT NULL,
    "issued_with" UUID,
    "name" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "permissions" TEXT[],
    "prefix" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "runtime_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "runtime_token_use" (
    "token_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "used_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "runtime_token_use_pkey" PRIMARY KEY ("token_id")
);

-- CreateTable
CREATE TABLE "extension_event_delivery" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "install_id" UUID NOT NULL,
    "extension" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "fault" TEXT,
    "execution_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "extension_event_delivery_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "runtime_token_prefix_key" ON "runtime_token"("prefix");

-- CreateIndex
CREATE INDEX "runtime_token_install_id_idx" ON "runtime_token"("install_id");

-- CreateIndex
CREATE INDEX "extension_event_delivery_tenant_id_id_idx" ON "extension_event_delivery"("tenant_id", "id" DESC);

-- CreateIndex
CREATE INDEX "extension_event_delivery_install_id_idx" ON "extension_event_delivery"("install_id");

-- CreateIndex
CREATE UNIQUE INDEX "extension_event_delivery_event_id_install_id_key" ON "extension_event_delivery"("event_id", "install_id");

-- AddForeignKey
ALTER TABLE "runtime_token_use" ADD CONSTRAINT "runtime_token_use_token_id_fkey" FOREIGN KEY ("token_id") REFERENCES "runtime_token"("id") ON DELETE CASCADE ON UPDATE CASCADE;
