-- DropIndex
DROP INDEX "principal_role_tenant_id_idx";

-- CreateIndex
CREATE INDEX "principal_role_tenant_id_role_idx" ON "principal_role"("tenant_id", "role");
