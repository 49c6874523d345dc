import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import type { Viewer } from '@/lib/server/session/room-access';

/** Whether somebody has the host's remote and tools for the queue: the host and co-hosts (HT3). */
export function canModerate(viewer: Pick<Viewer, 'role' | 'coHost'>): boolean {
  return viewer.role === 'host' || viewer.coHost;
}

/** Whether somebody may pause and resume: the host, co-hosts, and guests where the host lets them. */
export function canPause(viewer: Viewer): boolean {
  return canModerate(viewer) || viewer.guestsCanPause;
}

/** @throws {AppError} `host_only` */
export function requireCanPause(viewer: Viewer): void {
  if (!canPause(viewer)) throw new AppError('host_only', { detail: 'Only the host can pause here.' });
}
