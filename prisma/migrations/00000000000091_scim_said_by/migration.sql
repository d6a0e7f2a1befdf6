-- AlterTable
ALTER TABLE "scim_group" ADD COLUMN     "said_by" TEXT;

-- AlterTable
ALTER TABLE "scim_group_member" ADD COLUMN     "said_by" TEXT;
