-- AlterTable
ALTER TABLE "scim_brake_change" ADD COLUMN     "list_digest" TEXT;
