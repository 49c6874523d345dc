/** What pages know of the deployment. */
export interface AppFacts {
  /** Spotify is the simulator: there is no sound. */
  readonly simulated: boolean;
  readonly appUrl: string;
  /** False on a LAN address, where no room is made and Spotify is not connected. */
  readonly onAppUrl: boolean;
  /** The origin under which phones reach the app. */
  readonly inviteOrigin: string;
}

/** What the housekeeping did: `busy` when another instance was at it, `early` when it was done a moment ago. */
export interface CleanupResponse {
  readonly outcome: 'done' | 'busy' | 'failed' | 'early';
}
