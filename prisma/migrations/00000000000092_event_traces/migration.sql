-- AlterTable
ALTER TABLE "extension_event" ADD COLUMN     "traceparent" TEXT;
