-- AlterTable
ALTER TABLE "tenant" ADD COLUMN     "closed_at" TIMESTAMPTZ(3),
ADD COLUMN     "closes_at" TIMESTAMPTZ(3),
ADD COLUMN     "closing_because" TEXT,
ADD COLUMN     "closing_by" TEXT,
ADD COLUMN     "closing_by_platform" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "sandbox_until" TIMESTAMPTZ(3);
