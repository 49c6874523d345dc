-- AlterTable
ALTER TABLE "WatchLease" ADD COLUMN     "attended" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "WatchRun" (
    "roomId" UUID NOT NULL,
    "generation" INTEGER NOT NULL DEFAULT 1,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "aliveUntil" TIMESTAMPTZ(3) NOT NULL,
    "failed" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "WatchRun_pkey" PRIMARY KEY ("roomId")
);

-- AddForeignKey
ALTER TABLE "WatchRun" ADD CONSTRAINT "WatchRun_roomId_fkey" FOREIGN KEY ("roomId") REFERENCES "Room"("id") ON DELETE CASCADE ON UPDATE CASCADE;
