import 'server-only';
import { AppError } from '@/lib/shared/app-error';
import type { Viewer } from '../session/room-access';

/** Whether somebody may pause and resume: the host, and guests where the host lets them. */
export function canPause(viewer: Viewer): boolean {
  return viewer.role === 'host' || viewer.guestsCanPause;
}

/** @throws {AppError} `host_only` */
export function requireCanPause(viewer: Viewer): void {
  if (!canPause(viewer)) throw new AppError('host_only', { detail: 'Only the host can pause here.' });
}
