-- AlterTable
ALTER TABLE "principal" ADD COLUMN     "made_by" TEXT,
ADD COLUMN     "made_with" UUID;

-- AlterTable
ALTER TABLE "api_key" ADD COLUMN     "issued_by" TEXT,
ADD COLUMN     "issued_with" UUID;

-- AlterTable
ALTER TABLE "approval_vote" ADD COLUMN     "key_id" UUID;
