import { answerSimulatedSpotify } from '@/lib/server/simulated-spotify';

/** The consent page of the stand-in, and the host's own phone, where the app has one in it. */
export const GET = answerSimulatedSpotify;
export const POST = answerSimulatedSpotify;
