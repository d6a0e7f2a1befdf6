-- AlterTable
ALTER TABLE "client_credential" ADD COLUMN     "audience" TEXT,
ADD COLUMN     "claims" JSONB,
ADD COLUMN     "issuer" TEXT,
ADD COLUMN     "single_use" BOOLEAN,
ADD COLUMN     "subject" TEXT;
