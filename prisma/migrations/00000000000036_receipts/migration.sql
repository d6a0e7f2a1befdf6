-- AlterTable
ALTER TABLE "extension_execution_log" ADD COLUMN     "artifact" TEXT,
ADD COLUMN     "decisions" UUID[],
ADD COLUMN     "engine" TEXT,
ADD COLUMN     "recording_digest" TEXT,
ADD COLUMN     "revision" TEXT;

-- CreateTable
CREATE TABLE "execution_recording" (
    "execution_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "decision_id" UUID NOT NULL,
    "sealed" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "execution_recording_pkey" PRIMARY KEY ("execution_id")
);

-- CreateIndex
CREATE INDEX "execution_recording_expires_at_idx" ON "execution_recording"("expires_at");
