-- AlterTable
ALTER TABLE "approval" ADD COLUMN     "held_decision_id" UUID;
