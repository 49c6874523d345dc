-- AlterTable
ALTER TABLE "CommandTurn" ADD COLUMN     "firstUntil" TIMESTAMPTZ(3);
