-- AlterTable
ALTER TABLE "principal" ADD COLUMN     "owner_id" UUID;

-- CreateTable
CREATE TABLE "client_credential" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "principal_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT,
    "hash" BYTEA,
    "jwk" JSONB,
    "kid" TEXT,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "issued_by" TEXT NOT NULL,
    "issued_with" UUID,
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "client_credential_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "client_credential_use" (
    "credential_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "used_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "client_credential_use_pkey" PRIMARY KEY ("credential_id")
);

-- CreateTable
CREATE TABLE "service_token" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "principal_id" UUID NOT NULL,
    "credential_id" UUID NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "scopes" TEXT[],
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "service_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "client_assertion" (
    "principal_id" UUID NOT NULL,
    "jti_hash" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "client_assertion_pkey" PRIMARY KEY ("principal_id","jti_hash")
);

-- CreateIndex
CREATE UNIQUE INDEX "client_credential_prefix_key" ON "client_credential"("prefix");

-- CreateIndex
CREATE INDEX "client_credential_principal_id_idx" ON "client_credential"("principal_id");

-- CreateIndex
CREATE UNIQUE INDEX "service_token_prefix_key" ON "service_token"("prefix");

-- CreateIndex
CREATE INDEX "service_token_expires_at_idx" ON "service_token"("expires_at");

-- CreateIndex
CREATE INDEX "client_assertion_expires_at_idx" ON "client_assertion"("expires_at");
