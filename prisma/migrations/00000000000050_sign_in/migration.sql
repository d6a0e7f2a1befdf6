-- CreateTable
CREATE TABLE "identity_provider" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "client_auth" TEXT NOT NULL,
    "client_secret" BYTEA,
    "scopes" TEXT[],
    "step_up_acr" TEXT[],
    "jit" TEXT NOT NULL,
    "jit_roles" TEXT[],
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "identity_provider_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "external_account" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "provider_id" UUID NOT NULL,
    "principal_id" UUID NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "external_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verified_domain" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "provider_id" UUID,
    "domain" TEXT NOT NULL,
    "challenge" TEXT NOT NULL,
    "verified_at" TIMESTAMPTZ(3),
    "checked_at" TIMESTAMPTZ(3),
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "verified_domain_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_attempt" (
    "state_hash" BYTEA NOT NULL,
    "tenant_id" UUID NOT NULL,
    "provider_id" UUID NOT NULL,
    "browser_hash" BYTEA NOT NULL,
    "nonce" TEXT NOT NULL,
    "code_verifier" TEXT NOT NULL,
    "return_to" TEXT NOT NULL,
    "step_up" BOOLEAN NOT NULL,
    "session_id" UUID,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sign_in_attempt_pkey" PRIMARY KEY ("state_hash")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "principal_id" UUID NOT NULL,
    "provider_id" UUID NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "sid" TEXT,
    "client" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "acr" TEXT,
    "second_factor" BOOLEAN NOT NULL,
    "auth_time" TIMESTAMPTZ(3) NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "previous_hash" BYTEA,
    "rotated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "access_until" TIMESTAMPTZ(3),
    "refresh_hash" BYTEA,
    "spent" BYTEA[],
    "wrong_codes" INTEGER NOT NULL DEFAULT 0,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "idle_until" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_because" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_grant" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "user_code_hash" BYTEA,
    "label" TEXT NOT NULL,
    "code_challenge" TEXT,
    "redirect_uri" TEXT,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "session_id" UUID,
    "polled_at" TIMESTAMPTZ(3),
    "interval_s" INTEGER NOT NULL DEFAULT 5,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sign_in_grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "logout_token" (
    "provider_id" UUID NOT NULL,
    "jti_hash" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "logout_token_pkey" PRIMARY KEY ("provider_id","jti_hash")
);

-- CreateIndex
CREATE UNIQUE INDEX "identity_provider_tenant_id_slug_key" ON "identity_provider"("tenant_id", "slug");

-- CreateIndex
CREATE INDEX "external_account_principal_id_idx" ON "external_account"("principal_id");

-- CreateIndex
CREATE UNIQUE INDEX "external_account_tenant_id_issuer_subject_key" ON "external_account"("tenant_id", "issuer", "subject");

-- CreateIndex
CREATE UNIQUE INDEX "verified_domain_tenant_id_domain_key" ON "verified_domain"("tenant_id", "domain");

-- CreateIndex
CREATE INDEX "sign_in_attempt_expires_at_idx" ON "sign_in_attempt"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "session_prefix_key" ON "session"("prefix");

-- CreateIndex
CREATE INDEX "session_principal_id_idx" ON "session"("principal_id");

-- CreateIndex
CREATE INDEX "session_provider_id_subject_idx" ON "session"("provider_id", "subject");

-- CreateIndex
CREATE INDEX "session_expires_at_idx" ON "session"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "sign_in_grant_secret_hash_key" ON "sign_in_grant"("secret_hash");

-- CreateIndex
CREATE UNIQUE INDEX "sign_in_grant_user_code_hash_key" ON "sign_in_grant"("user_code_hash");

-- CreateIndex
CREATE INDEX "sign_in_grant_expires_at_idx" ON "sign_in_grant"("expires_at");

-- CreateIndex
CREATE INDEX "logout_token_expires_at_idx" ON "logout_token"("expires_at");
