-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "loginRefusal" TEXT;
