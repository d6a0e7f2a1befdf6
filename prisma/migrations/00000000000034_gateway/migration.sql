-- AlterTable
ALTER TABLE "extension_execution_log" ADD COLUMN     "trace_id" TEXT;

-- CreateTable
CREATE TABLE "kept_call" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "install_id" UUID NOT NULL,
    "publisher_id" UUID NOT NULL,
    "extension" TEXT NOT NULL,
    "semver" TEXT NOT NULL,
    "endpoint" TEXT NOT NULL,
    "caller" TEXT NOT NULL,
    "key" TEXT,
    "fingerprint" TEXT,
    "node" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'running',
    "status" INTEGER,
    "headers" JSONB,
    "body" BYTEA,
    "problem" TEXT,
    "detail" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "kept_call_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "kept_call_expires_at_idx" ON "kept_call"("expires_at");

-- CreateIndex
CREATE INDEX "kept_call_install_id_idx" ON "kept_call"("install_id");

-- CreateIndex
CREATE UNIQUE INDEX "kept_call_tenant_id_key_key" ON "kept_call"("tenant_id", "key");
