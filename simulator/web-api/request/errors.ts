import { type Answer, json, text } from '@/simulator/http/call';
import type { Refusal } from '@/simulator/player/commands';

/** An error in the Web API's regular shape. Only player and quota errors have a `reason`. */
export function apiError(status: number, message: string, reason?: string): Answer {
  return json(status, { error: { status, message, ...(reason === undefined ? {} : { reason }) } });
}

/** `GET` of a route, playlist or song that does not exist. */
export const notFound = (): Answer => apiError(404, 'Resource not found');

/** A route that new apps no longer have, or another account's playlist. */
export const forbidden = (): Answer => apiError(403, 'Forbidden');

/** A host who was not added in the dashboard. Plain text, as the service sends it. */
export const notRegistered = (): Answer => text(403, 'User not registered in the Developer Dashboard');

/** The app's owner has no Premium any more. Plain text, as the service sends it. */
export const ownerWithoutPremium = (): Answer =>
  text(
    403,
    'Active premium subscription required for the owner of the app. When the subscription status changes, it can take a few hours before requests are allowed again.',
  );

/** A player command from a free account. */
export const premiumRequired = (): Answer =>
  apiError(403, 'Player command failed: Premium required', 'PREMIUM_REQUIRED');

/** A command that the player refuses. */
export function refusalAnswer(refusal: Refusal): Answer {
  switch (refusal) {
    case 'no_active_device':
      return apiError(404, 'Player command failed: No active device found', 'NO_ACTIVE_DEVICE');
    case 'device_not_found':
      return apiError(404, 'Device not found');
    case 'volume_disallowed':
      return apiError(403, 'Player command failed: Cannot control device volume', 'VOLUME_CONTROL_DISALLOW');
    case 'restriction_violated':
      return apiError(403, 'Player command failed: Restriction violated', 'UNKNOWN');
  }
}
