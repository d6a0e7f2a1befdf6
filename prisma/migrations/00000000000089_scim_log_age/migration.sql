-- CreateIndex
CREATE INDEX "scim_log_at_idx" ON "scim_log" USING BRIN ("at");
