-- AlterTable
ALTER TABLE "Member" ADD COLUMN     "coHost" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "trusted" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Play" ADD COLUMN     "track" JSONB,
ADD COLUMN     "unwanted" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Room" ADD COLUMN     "asksApproval" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "explicitAllowed" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "fallbackName" TEXT,
ADD COLUMN     "fallbackPlayed" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "fallbackUri" TEXT,
ADD COLUMN     "locked" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "maxSongMs" INTEGER,
ADD COLUMN     "queueBegun" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "queueLimit" INTEGER NOT NULL DEFAULT 200,
ADD COLUMN     "queueOpen" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "queueOrder" TEXT NOT NULL DEFAULT 'votes',
ADD COLUMN     "queueRound" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "replayAfterMs" INTEGER,
ADD COLUMN     "songsPerGuest" INTEGER NOT NULL DEFAULT 10;

-- CreateTable
CREATE TABLE "QueueItem" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "roomId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "uri" TEXT NOT NULL,
    "songKey" TEXT NOT NULL,
    "track" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "addedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "slot" INTEGER,
    "turn" INTEGER,
    "begunAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "reason" TEXT,
    "wasPending" BOOLEAN NOT NULL DEFAULT false,
    "removedBy" UUID,
    "blockId" UUID,
    "playId" UUID,

    CONSTRAINT "QueueItem_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "QueueVote" (
    "itemId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "value" INTEGER NOT NULL,

    CONSTRAINT "QueueVote_pkey" PRIMARY KEY ("itemId","memberId")
);

-- CreateTable
CREATE TABLE "HandOver" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "roomId" UUID NOT NULL,
    "itemId" UUID,
    "uri" TEXT NOT NULL,
    "track" JSONB NOT NULL,
    "kind" TEXT NOT NULL,
    "confirmed" BOOLEAN NOT NULL DEFAULT false,
    "misses" INTEGER NOT NULL DEFAULT 0,
    "playId" UUID,
    "deviceId" TEXT,
    "contextUri" TEXT,
    "checkedPlayId" UUID,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "HandOver_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RoomSource" (
    "roomId" UUID NOT NULL,
    "playlistId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "uris" TEXT[],
    "songKeys" TEXT[],
    "readAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RoomSource_pkey" PRIMARY KEY ("roomId","playlistId")
);

-- CreateTable
CREATE TABLE "RoomBlock" (
    "id" UUID NOT NULL,
    "roomId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RoomBlock_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OldRoomCode" (
    "code" TEXT NOT NULL,
    "roomId" UUID NOT NULL,
    "retiredAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "OldRoomCode_pkey" PRIMARY KEY ("code")
);

-- CreateIndex
CREATE UNIQUE INDEX "QueueItem_playId_key" ON "QueueItem"("playId");

-- CreateIndex
CREATE INDEX "QueueItem_roomId_state_idx" ON "QueueItem"("roomId", "state");

-- CreateIndex
CREATE INDEX "QueueItem_roomId_endedAt_idx" ON "QueueItem"("roomId", "endedAt");

-- CreateIndex
CREATE INDEX "QueueItem_memberId_idx" ON "QueueItem"("memberId");

-- CreateIndex
CREATE INDEX "QueueVote_memberId_idx" ON "QueueVote"("memberId");

-- CreateIndex
CREATE UNIQUE INDEX "HandOver_itemId_key" ON "HandOver"("itemId");

-- CreateIndex
CREATE INDEX "HandOver_roomId_number_idx" ON "HandOver"("roomId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "RoomBlock_roomId_kind_key_key" ON "RoomBlock"("roomId", "kind", "key");

-- CreateIndex
CREATE INDEX "OldRoomCode_roomId_idx" ON "OldRoomCode"("roomId");

-- AddForeignKey
ALTER TABLE "QueueItem" ADD CONSTRAINT "QueueItem_roomId_fkey" FOREIGN KEY ("roomId") REFERENCES "Room"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "QueueItem" ADD CONSTRAINT "QueueItem_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "QueueItem" ADD CONSTRAINT "QueueItem_playId_fkey" FOREIGN KEY ("playId") REFERENCES "Play"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "QueueVote" ADD CONSTRAINT "QueueVote_itemId_fkey" FOREIGN KEY ("itemId") REFERENCES "QueueItem"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "QueueVote" ADD CONSTRAINT "QueueVote_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "HandOver" ADD CONSTRAINT "HandOver_roomId_fkey" FOREIGN KEY ("roomId") REFERENCES "Room"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoomSource" ADD CONSTRAINT "RoomSource_roomId_fkey" FOREIGN KEY ("roomId") REFERENCES "Room"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoomBlock" ADD CONSTRAINT "RoomBlock_roomId_fkey" FOREIGN KEY ("roomId") REFERENCES "Room"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OldRoomCode" ADD CONSTRAINT "OldRoomCode_roomId_fkey" FOREIGN KEY ("roomId") REFERENCES "Room"("id") ON DELETE CASCADE ON UPDATE CASCADE;
