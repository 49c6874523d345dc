import 'server-only';
import { createHash, timingSafeEqual } from 'node:crypto';
import { AppError } from '@/lib/server/runtime/app-error';
import { getEnv } from '@/lib/server/runtime/env';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

function requireSecret(request: Request, secret: string): void {
  const brought = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
  if (!timingSafeEqual(digest(brought), digest(secret))) throw new AppError('unauthorized');
}

/**
 * Refuses a request that does not bring this secret as its bearer token. What was brought is compared in a time that says nothing.
 *
 * @param secret null where the deployer set none: the address is not there then
 * @throws {AppError} `not_found`, `unauthorized`
 */
export function requireBearer(request: Request, secret: string | null): void {
  if (secret === null) throw new AppError('not_found');
  requireSecret(request, secret);
}

/**
 * Refuses what is not the platform's own call, as soon as the deployer gave it a secret to bring. Without one anybody may ask.
 *
 * @throws {AppError} `unauthorized`
 */
export function requireCronSecret(request: Request): void {
  const { cronSecret } = getEnv();
  if (cronSecret !== null) requireSecret(request, cronSecret);
}
