-- AlterTable
ALTER TABLE "Member" ADD COLUMN     "network" BYTEA;
