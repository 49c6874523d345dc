import 'server-only';
import { AppError } from '@/lib/shared/app-error';
import type { Viewer } from '../session/room-access';

/** Whether somebody has the host's remote and tools for the queue: the host and co-hosts (HT3). */
export function hasTools(viewer: Pick<Viewer, 'role' | 'coHost'>): boolean {
  return viewer.role === 'host' || viewer.coHost;
}

/** Whether somebody may pause and resume: the host, co-hosts, and guests where the host lets them. */
export function canPause(viewer: Viewer): boolean {
  return hasTools(viewer) || viewer.guestsCanPause;
}

/** @throws {AppError} `host_only` */
export function requireCanPause(viewer: Viewer): void {
  if (!canPause(viewer)) throw new AppError('host_only', { detail: 'Only the host can pause here.' });
}
