import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';
import { may, type Person, type Right } from '@/lib/shared/rules/rights';

/** Lets through who has that right in a room they are in. @throws {AppError} `host_only` */
export function requireRight(person: Person, right: Right): void {
  if (may(person, right)) return;
  throw new AppError('host_only', right === 'pause' ? { detail: 'Only the host can pause here.' } : {});
}
