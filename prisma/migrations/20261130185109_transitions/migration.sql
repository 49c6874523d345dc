-- AlterTable
ALTER TABLE "Room" ADD COLUMN     "earlyEnds" INTEGER[] DEFAULT ARRAY[]::INTEGER[];
