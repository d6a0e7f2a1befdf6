-- AlterTable
ALTER TABLE "tenant" ADD COLUMN     "suspended_because" TEXT;
