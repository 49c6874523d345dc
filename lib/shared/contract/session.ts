import { z } from 'zod';

/** The query of `DELETE /api/session`: with `others=1` every other browser with this Spotify account is logged out, without it this one. */
export const logOutInput = z.object({ others: z.literal('1').exactOptional() });
