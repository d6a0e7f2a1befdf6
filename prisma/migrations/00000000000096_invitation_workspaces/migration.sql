-- AlterTable
ALTER TABLE "invitation" ADD COLUMN     "in_workspaces" JSONB NOT NULL DEFAULT '[]';
