-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "spotifyClientId" TEXT;

-- AlterTable
ALTER TABLE "LoginAttempt" ADD COLUMN     "clientId" TEXT;

-- AlterTable
ALTER TABLE "SpotifyToken" ADD COLUMN     "clientId" TEXT;

-- CreateTable
CREATE TABLE "OwnAppGate" (
    "clientId" TEXT NOT NULL,
    "id" INTEGER NOT NULL,
    "blockedUntil" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "OwnAppGate_pkey" PRIMARY KEY ("clientId","id")
);

-- CreateTable
CREATE TABLE "OwnAppCallCount" (
    "clientId" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "calls" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "OwnAppCallCount_pkey" PRIMARY KEY ("clientId","hour","kind")
);
