-- AlterTable
ALTER TABLE "identity_provider" ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'oidc',
ADD COLUMN     "saml" JSONB;

-- CreateTable
CREATE TABLE "saml_assertion" (
    "provider_id" UUID NOT NULL,
    "id_hash" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saml_assertion_pkey" PRIMARY KEY ("provider_id","id_hash")
);

-- CreateIndex
CREATE INDEX "saml_assertion_expires_at_idx" ON "saml_assertion"("expires_at");
