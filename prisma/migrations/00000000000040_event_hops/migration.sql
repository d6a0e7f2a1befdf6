-- AlterTable
ALTER TABLE "extension_event" ADD COLUMN     "hops" INTEGER NOT NULL DEFAULT 1;
