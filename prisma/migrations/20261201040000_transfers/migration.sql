-- CreateTable
CREATE TABLE "Transfer" (
    "roomId" UUID NOT NULL,
    "codeHash" BYTEA NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedById" UUID,
    "usedWith" BYTEA,

    CONSTRAINT "Transfer_pkey" PRIMARY KEY ("roomId")
);

-- CreateIndex
CREATE UNIQUE INDEX "Transfer_codeHash_key" ON "Transfer"("codeHash");

-- CreateIndex
CREATE INDEX "Transfer_expiresAt_idx" ON "Transfer"("expiresAt");

-- AddForeignKey
ALTER TABLE "Transfer" ADD CONSTRAINT "Transfer_roomId_fkey" FOREIGN KEY ("roomId") REFERENCES "Room"("id") ON DELETE CASCADE ON UPDATE CASCADE;
