-- AddForeignKey
ALTER TABLE "totp_use" ADD CONSTRAINT "totp_use_principal_id_fkey" FOREIGN KEY ("principal_id") REFERENCES "principal"("id") ON DELETE CASCADE ON UPDATE CASCADE;
