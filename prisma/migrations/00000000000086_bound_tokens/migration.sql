-- AlterTable
ALTER TABLE "identity_provider" ADD COLUMN     "dpop" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "sign_in_attempt" ADD COLUMN     "dpop_key" JSONB;

-- AlterTable
ALTER TABLE "session" ADD COLUMN     "jkt" TEXT;

-- AlterTable
ALTER TABLE "service_token" ADD COLUMN     "jkt" TEXT;

-- AlterTable
ALTER TABLE "sign_in_grant" ADD COLUMN     "jkt" TEXT;

-- CreateTable
CREATE TABLE "dpop_proof" (
    "jkt" TEXT NOT NULL,
    "jti_hash" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "dpop_proof_pkey" PRIMARY KEY ("jkt","jti_hash")
);

-- CreateIndex
CREATE INDEX "dpop_proof_expires_at_idx" ON "dpop_proof"("expires_at");
