-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Session" (
    "id" UUID NOT NULL,
    "tokenHash" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LoginAttempt" (
    "stateHash" BYTEA NOT NULL,
    "sessionId" UUID NOT NULL,
    "sealedVerifier" TEXT NOT NULL,
    "returnTo" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "LoginAttempt_pkey" PRIMARY KEY ("stateHash")
);

-- CreateTable
CREATE TABLE "SpotifyToken" (
    "sessionId" UUID NOT NULL,
    "sealedAccess" TEXT,
    "sealedRefresh" TEXT,
    "tokenType" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "authorizedAt" TIMESTAMPTZ(3) NOT NULL,
    "accountId" TEXT NOT NULL,
    "displayName" TEXT NOT NULL,
    "grantEndedAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "refreshHolder" TEXT,
    "refreshLeaseUntil" TIMESTAMPTZ(3),
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SpotifyToken_pkey" PRIMARY KEY ("sessionId")
);

-- CreateTable
CREATE TABLE "Room" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "hostSessionId" UUID NOT NULL,
    "guestsCanPause" BOOLEAN NOT NULL DEFAULT false,
    "votesToSkip" INTEGER NOT NULL DEFAULT 2,
    "version" INTEGER NOT NULL DEFAULT 1,
    "peopleVersion" INTEGER NOT NULL DEFAULT 1,
    "playId" UUID,
    "playback" JSONB,
    "readAt" TIMESTAMPTZ(3),
    "expectation" JSONB,
    "deviceId" TEXT,
    "problem" TEXT,
    "problemDetail" TEXT,
    "problemUntil" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastActiveAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Room_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Member" (
    "id" UUID NOT NULL,
    "roomId" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "activeSessionId" UUID,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "presence" TEXT NOT NULL DEFAULT 'present',
    "joinedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Play" (
    "id" UUID NOT NULL,
    "roomId" UUID NOT NULL,
    "trackUri" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMPTZ(3),
    "skipState" TEXT,
    "skipHolder" TEXT,
    "skipAt" TIMESTAMPTZ(3),
    "byVote" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "Play_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SkipVote" (
    "roomId" UUID NOT NULL,
    "playId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SkipVote_pkey" PRIMARY KEY ("roomId","playId","memberId")
);

-- CreateTable
CREATE TABLE "WatchLease" (
    "roomId" UUID NOT NULL,
    "holder" TEXT NOT NULL,
    "fence" INTEGER NOT NULL DEFAULT 1,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "WatchLease_pkey" PRIMARY KEY ("roomId")
);

-- CreateTable
CREATE TABLE "CommandTurn" (
    "roomId" UUID NOT NULL,
    "holder" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CommandTurn_pkey" PRIMARY KEY ("roomId")
);

-- CreateTable
CREATE TABLE "SpotifyGate" (
    "id" INTEGER NOT NULL,
    "blockedUntil" TIMESTAMPTZ(3),
    "reason" TEXT,

    CONSTRAINT "SpotifyGate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SpotifyCallCount" (
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "calls" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "SpotifyCallCount_pkey" PRIMARY KEY ("hour","kind")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "Session_tokenHash_key" ON "Session"("tokenHash");

-- CreateIndex
CREATE INDEX "Session_lastSeenAt_idx" ON "Session"("lastSeenAt");

-- CreateIndex
CREATE INDEX "LoginAttempt_sessionId_idx" ON "LoginAttempt"("sessionId");

-- CreateIndex
CREATE INDEX "LoginAttempt_expiresAt_idx" ON "LoginAttempt"("expiresAt");

-- CreateIndex
CREATE INDEX "SpotifyToken_accountId_idx" ON "SpotifyToken"("accountId");

-- CreateIndex
CREATE INDEX "SpotifyToken_grantEndedAt_idx" ON "SpotifyToken"("grantEndedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Room_code_key" ON "Room"("code");

-- CreateIndex
CREATE INDEX "Room_hostSessionId_idx" ON "Room"("hostSessionId");

-- CreateIndex
CREATE INDEX "Room_endedAt_idx" ON "Room"("endedAt");

-- CreateIndex
CREATE INDEX "Room_lastActiveAt_idx" ON "Room"("lastActiveAt");

-- CreateIndex
CREATE UNIQUE INDEX "Member_activeSessionId_key" ON "Member"("activeSessionId");

-- CreateIndex
CREATE INDEX "Member_sessionId_idx" ON "Member"("sessionId");

-- CreateIndex
CREATE INDEX "Member_presence_lastSeenAt_idx" ON "Member"("presence", "lastSeenAt");

-- CreateIndex
CREATE UNIQUE INDEX "Member_roomId_sessionId_key" ON "Member"("roomId", "sessionId");

-- CreateIndex
CREATE INDEX "Play_roomId_startedAt_idx" ON "Play"("roomId", "startedAt");

-- CreateIndex
CREATE INDEX "SkipVote_memberId_idx" ON "SkipVote"("memberId");

-- CreateIndex
CREATE INDEX "rate_limit_expire_idx" ON "rate_limit"("expire");

-- AddForeignKey
ALTER TABLE "LoginAttempt" ADD CONSTRAINT "LoginAttempt_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "Session"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SpotifyToken" ADD CONSTRAINT "SpotifyToken_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "Session"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Room" ADD CONSTRAINT "Room_hostSessionId_fkey" FOREIGN KEY ("hostSessionId") REFERENCES "Session"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Member" ADD CONSTRAINT "Member_roomId_fkey" FOREIGN KEY ("roomId") REFERENCES "Room"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Member" ADD CONSTRAINT "Member_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "Session"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Play" ADD CONSTRAINT "Play_roomId_fkey" FOREIGN KEY ("roomId") REFERENCES "Room"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SkipVote" ADD CONSTRAINT "SkipVote_playId_fkey" FOREIGN KEY ("playId") REFERENCES "Play"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SkipVote" ADD CONSTRAINT "SkipVote_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WatchLease" ADD CONSTRAINT "WatchLease_roomId_fkey" FOREIGN KEY ("roomId") REFERENCES "Room"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CommandTurn" ADD CONSTRAINT "CommandTurn_roomId_fkey" FOREIGN KEY ("roomId") REFERENCES "Room"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The gate is one row, there from the start.
INSERT INTO "SpotifyGate" ("id") VALUES (1);
