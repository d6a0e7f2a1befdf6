-- AlterTable
ALTER TABLE "session" ALTER COLUMN "provider_id" DROP NOT NULL;

-- CreateTable
CREATE TABLE "local_password" (
    "principal_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "digest" TEXT NOT NULL,
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "local_password_pkey" PRIMARY KEY ("principal_id")
);

-- CreateTable
CREATE TABLE "totp_secret" (
    "principal_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "sealed" BYTEA NOT NULL,
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "totp_secret_pkey" PRIMARY KEY ("principal_id")
);

-- CreateTable
CREATE TABLE "recovery_code" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "principal_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "recovery_code_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "passkey" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "principal_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "credential_id" TEXT NOT NULL,
    "public_key" BYTEA NOT NULL,
    "transports" TEXT[],
    "backed_up" BOOLEAN NOT NULL,
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "passkey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "password_token" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "principal_id" UUID NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "issued_by" TEXT NOT NULL,
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "password_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "local_sign_in" (
    "browser_hash" BYTEA NOT NULL,
    "tenant_id" UUID,
    "principal_id" UUID,
    "challenge" TEXT,
    "totp_sealed" BYTEA,
    "return_to" TEXT NOT NULL,
    "session_id" UUID,
    "wrong" INTEGER NOT NULL DEFAULT 0,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "local_sign_in_pkey" PRIMARY KEY ("browser_hash")
);

-- CreateTable
CREATE TABLE "totp_use" (
    "principal_id" UUID NOT NULL,
    "step" BIGINT NOT NULL,

    CONSTRAINT "totp_use_pkey" PRIMARY KEY ("principal_id")
);

-- CreateTable
CREATE TABLE "recovery_code_use" (
    "code_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "recovery_code_use_pkey" PRIMARY KEY ("code_id")
);

-- CreateTable
CREATE TABLE "passkey_use" (
    "passkey_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "counter" BIGINT NOT NULL,
    "used_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "passkey_use_pkey" PRIMARY KEY ("passkey_id")
);

-- CreateTable
CREATE TABLE "failed_attempt" (
    "whose_hash" BYTEA NOT NULL,
    "failures" DOUBLE PRECISION NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "wait_until" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "failed_attempt_pkey" PRIMARY KEY ("whose_hash")
);

-- CreateIndex
CREATE UNIQUE INDEX "recovery_code_principal_id_hash_key" ON "recovery_code"("principal_id", "hash");

-- CreateIndex
CREATE UNIQUE INDEX "passkey_credential_id_key" ON "passkey"("credential_id");

-- CreateIndex
CREATE INDEX "passkey_principal_id_idx" ON "passkey"("principal_id");

-- CreateIndex
CREATE UNIQUE INDEX "password_token_prefix_key" ON "password_token"("prefix");

-- CreateIndex
CREATE INDEX "password_token_principal_id_idx" ON "password_token"("principal_id");

-- CreateIndex
CREATE INDEX "local_sign_in_expires_at_idx" ON "local_sign_in"("expires_at");

-- CreateIndex
CREATE INDEX "failed_attempt_expires_at_idx" ON "failed_attempt"("expires_at");
