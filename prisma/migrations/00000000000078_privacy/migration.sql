-- AlterTable
ALTER TABLE "principal" ADD COLUMN     "erased_at" TIMESTAMPTZ(3),
ADD COLUMN     "pseudonym_key" BYTEA;

-- AlterTable
ALTER TABLE "session" ADD COLUMN     "decision_id" UUID;

-- CreateTable
CREATE TABLE "principal_role" (
    "principal_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "custom" BOOLEAN NOT NULL,
    "since" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
    "action" TEXT,
    "given_by" TEXT,
    "given_under" UUID,

    CONSTRAINT "principal_role_pkey" PRIMARY KEY ("principal_id","custom","role")
);

-- CreateTable
CREATE TABLE "api_key_use" (
    "key_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "used_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "api_key_use_pkey" PRIMARY KEY ("key_id")
);

-- CreateIndex
CREATE INDEX "principal_role_tenant_id_idx" ON "principal_role"("tenant_id");

-- CreateIndex
CREATE INDEX "session_decision_id_idx" ON "session"("decision_id");
