-- AlterTable
ALTER TABLE "Room" ADD COLUMN     "admission" TEXT NOT NULL DEFAULT 'open',
ADD COLUMN     "waitingCount" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "Knock" (
    "id" UUID NOT NULL,
    "roomId" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "network" BYTEA NOT NULL,
    "knockedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "turnedAwayAt" TIMESTAMPTZ(3),

    CONSTRAINT "Knock_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Screen" (
    "id" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "code" TEXT,
    "expiresAt" TIMESTAMPTZ(3),
    "roomId" UUID,
    "pairedAt" TIMESTAMPTZ(3),
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Screen_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Knock_sessionId_idx" ON "Knock"("sessionId");

-- CreateIndex
CREATE INDEX "Knock_network_idx" ON "Knock"("network");

-- CreateIndex
CREATE INDEX "Knock_lastSeenAt_idx" ON "Knock"("lastSeenAt");

-- CreateIndex
CREATE UNIQUE INDEX "Knock_roomId_sessionId_key" ON "Knock"("roomId", "sessionId");

-- CreateIndex
CREATE UNIQUE INDEX "Screen_sessionId_key" ON "Screen"("sessionId");

-- CreateIndex
CREATE UNIQUE INDEX "Screen_code_key" ON "Screen"("code");

-- CreateIndex
CREATE INDEX "Screen_roomId_idx" ON "Screen"("roomId");

-- CreateIndex
CREATE INDEX "Screen_lastSeenAt_idx" ON "Screen"("lastSeenAt");

-- AddForeignKey
ALTER TABLE "Knock" ADD CONSTRAINT "Knock_roomId_fkey" FOREIGN KEY ("roomId") REFERENCES "Room"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Knock" ADD CONSTRAINT "Knock_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "Session"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Screen" ADD CONSTRAINT "Screen_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "Session"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Screen" ADD CONSTRAINT "Screen_roomId_fkey" FOREIGN KEY ("roomId") REFERENCES "Room"("id") ON DELETE SET NULL ON UPDATE CASCADE;
