-- AlterTable
ALTER TABLE "Member" ADD COLUMN     "streamFrom" TIMESTAMPTZ(3),
ADD COLUMN     "streamUntil" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "SkipVote" ADD COLUMN     "decides" BOOLEAN NOT NULL DEFAULT true;
