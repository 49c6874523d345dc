import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import { isModerator } from '@/lib/shared/rules/moderator';
import type { Viewer } from '@/lib/server/session/room-access';

/** Whether somebody may pause and resume: the host, co-hosts, and guests where the host lets them. */
export function canPause(viewer: Pick<Viewer, 'role' | 'coHost' | 'guestsCanPause'>): boolean {
  return isModerator(viewer) || viewer.guestsCanPause;
}

/** @throws {AppError} `host_only` */
export function requireCanPause(viewer: Pick<Viewer, 'role' | 'coHost' | 'guestsCanPause'>): void {
  if (!canPause(viewer)) throw new AppError('host_only', { detail: 'Only the host can pause here.' });
}
