-- AlterTable
ALTER TABLE "LoginAttempt" ADD COLUMN     "world" TEXT;

-- AlterTable
ALTER TABLE "SpotifyToken" ADD COLUMN     "world" TEXT;

-- CreateTable
CREATE TABLE "SimulatedSpotify" (
    "world" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SimulatedSpotify_pkey" PRIMARY KEY ("world")
);
