import 'server-only';
import type { Admission } from '@/lib/shared/contract/snapshot';
import { knockCounts } from './knocks';
import { roomHasEnded, roomIdleHours } from './rooms';
import { sessionIdleDays, sessionLives } from './sessions';
import { queryPrepared } from './connection/prepared';

/** One row that answers "who asks, about which room": session, membership and room facts in one statement. */
export interface RoomAccessRow {
  readonly roomId: string;
  readonly code: string;
  readonly name: string;
  readonly version: number;
  readonly ended: boolean;
  readonly demo: boolean;
  readonly hostSessionId: string;
  readonly guestsCanPause: boolean;
  readonly votesToSkip: number;
  readonly admission: Admission;
  readonly sessionId: string | null;
  readonly memberId: string | null;
  readonly memberName: string | null;
  readonly role: 'host' | 'guest' | null;
  readonly inRoom: boolean;
  readonly removed: boolean;
  readonly coHost: boolean;
  /** The knock of who waits at the door, or was turned away; null for everybody else. */
  readonly knock: { readonly id: string; readonly name: string; readonly turnedAway: boolean } | null;
  /** The session is a screen of this room. */
  readonly screenId: string | null;
  /** Seconds since the member was last noted as seen. */
  readonly secondsUnseen: number | null;
  /** Where the member was last seen, in hexadecimal. */
  readonly network: string | null;
}

/**
 * The room with that code as the holder of that cookie sees it, or null when there is none.
 *
 * @param tokenHash null for a request without a session
 */
export async function findRoomAccess(code: string, tokenHash: Uint8Array | null): Promise<RoomAccessRow | null> {
  // One column in place of sixteen, whose descriptions the client would read with every answer.
  const rows = await queryPrepared<{ readonly row: RoomAccessRow }>({
    name: 'find-room-access',
    text: `
      SELECT row_to_json(access) AS "row" FROM (
      SELECT r."id" AS "roomId", r."code", r."name", r."version", r."hostSessionId", r."guestsCanPause", r."votesToSkip", r."admission",
             ${roomHasEnded('r', '$4')} AS "ended", (r."demoEndsAt" IS NOT NULL) AS "demo",
             s."id" AS "sessionId", m."id" AS "memberId", m."name" AS "memberName", m."role",
             (m."activeSessionId" IS NOT NULL) AS "inRoom", (m."removedAt" IS NOT NULL) AS "removed",
             coalesce(m."coHost", false) AS "coHost", c."id" AS "screenId",
             CASE WHEN k."id" IS NOT NULL THEN json_build_object('id', k."id", 'name', k."name", 'turnedAway', k."turnedAwayAt" IS NOT NULL) END AS "knock",
             extract(epoch FROM now() - m."lastSeenAt")::float8 AS "secondsUnseen", encode(m."network", 'hex') AS "network"
      FROM "Room" r
      LEFT JOIN "Session" s ON s."tokenHash" = $2 AND ${sessionLives('s', '$3')}
      LEFT JOIN "Member" m ON m."roomId" = r."id" AND m."sessionId" = s."id"
      LEFT JOIN "Knock" k ON k."roomId" = r."id" AND k."sessionId" = s."id" AND ${knockCounts('k')}
      LEFT JOIN "Screen" c ON c."roomId" = r."id" AND c."sessionId" = s."id"
      WHERE r."code" = $1) access`,
    values: [code, tokenHash === null ? null : Buffer.from(tokenHash), sessionIdleDays, roomIdleHours],
  });
  return rows[0]?.row ?? null;
}
