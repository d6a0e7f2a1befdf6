-- AlterTable
ALTER TABLE "workspace" ADD COLUMN     "archived_at" TIMESTAMPTZ(3),
ADD COLUMN     "archived_because" TEXT;

-- CreateTable
CREATE TABLE "workspace_member" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "principal_id" UUID NOT NULL,
    "roles" TEXT[],
    "given_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workspace_member_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "workspace_member_principal_id_idx" ON "workspace_member"("principal_id");

-- CreateIndex
CREATE UNIQUE INDEX "workspace_member_workspace_id_principal_id_key" ON "workspace_member"("workspace_id", "principal_id");

-- AddForeignKey
ALTER TABLE "workspace_member" ADD CONSTRAINT "workspace_member_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workspace_member" ADD CONSTRAINT "workspace_member_principal_id_fkey" FOREIGN KEY ("principal_id") REFERENCES "principal"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
