-- AlterTable
ALTER TABLE "scim_user" ADD COLUMN     "mapped" JSONB NOT NULL DEFAULT '{}';
