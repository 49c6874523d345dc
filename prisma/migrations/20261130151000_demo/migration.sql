-- AlterTable
ALTER TABLE "Room" ADD COLUMN     "demoEndsAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "Demo" (
    "roomId" UUID NOT NULL,
    "guestIds" UUID[],
    "step" INTEGER NOT NULL DEFAULT 0,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Demo_pkey" PRIMARY KEY ("roomId")
);

-- AddForeignKey
ALTER TABLE "Demo" ADD CONSTRAINT "Demo_roomId_fkey" FOREIGN KEY ("roomId") REFERENCES "Room"("id") ON DELETE CASCADE ON UPDATE CASCADE;
