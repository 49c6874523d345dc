-- AlterTable
ALTER TABLE "SpotifyToken" ADD COLUMN     "keptRefresh" TEXT;
