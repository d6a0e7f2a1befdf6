-- AlterTable
ALTER TABLE "extension_execution_log" ADD COLUMN     "denied" JSONB;

-- AlterTable
ALTER TABLE "extension_kv" ADD COLUMN     "expires_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "extension_metric" (
    "tenant_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "install_id" UUID NOT NULL,
    "publisher_id" UUID NOT NULL,
    "extension" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "labels" TEXT NOT NULL,
    "count" BIGINT NOT NULL,
    "sum" DOUBLE PRECISION NOT NULL,
    "min" DOUBLE PRECISION NOT NULL,
    "max" DOUBLE PRECISION NOT NULL,
    "last" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "extension_metric_pkey" PRIMARY KEY ("install_id","period","kind","name","labels")
);

-- CreateTable
CREATE TABLE "extension_event" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "publisher_id" UUID NOT NULL,
    "install_id" UUID NOT NULL,
    "extension" TEXT NOT NULL,
    "semver" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "execution_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "extension_event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "extension_metric_tenant_id_extension_period_idx" ON "extension_metric"("tenant_id", "extension", "period");

-- CreateIndex
CREATE INDEX "extension_event_tenant_id_id_idx" ON "extension_event"("tenant_id", "id" DESC);
