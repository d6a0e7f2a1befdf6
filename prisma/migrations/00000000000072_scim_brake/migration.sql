-- CreateTable
CREATE TABLE "scim_let_go" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "principal_id" UUID NOT NULL,
    "what" TEXT NOT NULL,
    "group_id" UUID,
    "before" JSONB NOT NULL,
    "brake_id" UUID,
    "undone_at" TIMESTAMPTZ(3),
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "scim_let_go_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scim_brake" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "approval_id" UUID NOT NULL,
    "because" TEXT[],
    "people" INTEGER NOT NULL,
    "let_go" INTEGER NOT NULL,
    "percent" INTEGER NOT NULL,
    "window_s" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,
    "verdict" TEXT,
    "verdict_by" TEXT,
    "verdict_approval" UUID,
    "verdict_at" TIMESTAMPTZ(3),
    "until" TIMESTAMPTZ(3),
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "tripped_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "scim_brake_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scim_brake_change" (
    "brake_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "tenant_id" UUID NOT NULL,
    "principal_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "group_id" UUID,
    "group_name" TEXT,
    "method" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "held" UUID NOT NULL,
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "scim_brake_change_pkey" PRIMARY KEY ("brake_id","seq")
);

-- CreateIndex
CREATE INDEX "scim_let_go_connection_id_at_idx" ON "scim_let_go"("connection_id", "at");

-- CreateIndex
CREATE INDEX "scim_brake_connection_id_id_idx" ON "scim_brake"("connection_id", "id");

-- CreateIndex
CREATE INDEX "scim_brake_tenant_id_id_idx" ON "scim_brake"("tenant_id", "id");

-- CreateIndex
CREATE INDEX "scim_brake_change_brake_id_principal_id_idx" ON "scim_brake_change"("brake_id", "principal_id");

-- AddForeignKey
ALTER TABLE "scim_brake_change" ADD CONSTRAINT "scim_brake_change_brake_id_fkey" FOREIGN KEY ("brake_id") REFERENCES "scim_brake"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
