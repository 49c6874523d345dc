/** What pages know of the deployment, and of the room that they are about. */
export interface AppFacts {
  /** Songs are made up: there is no sound. Of the whole site, or of this room alone. */
  readonly simulated: boolean;
  /** This room is a demo. */
  readonly demo: boolean;
  /** Whoever wants to may begin a demo. */
  readonly offersDemo: boolean;
  /** Whether hosts may bring a Spotify app of their own: not at all, beside the site's, or because it has none. */
  readonly ownApps: 'off' | 'offered' | 'needed';
  readonly appUrl: string;
  /** False on a LAN address, where no room is made and Spotify is not connected. */
  readonly onAppUrl: boolean;
  /** What the operator may have to mend where this is not `appUrl` and should be; null elsewhere. */
  readonly proxyAdvice: string | null;
  /** Where others reach the app, the likeliest first; none where it listens on its own computer alone, or that is in no network. */
  readonly invite: readonly InviteAddress[];
  /** The app was started for its own computer alone. */
  readonly hereAlone: boolean;
  /** The app inside of which the page was opened; null for a browser of its own. */
  readonly inAppBrowser: InAppBrowser | null;
}

/** An origin under which phones may reach the app. */
export interface InviteAddress {
  readonly origin: string;
  /** The interface of a laptop that has it; null for the address of a site, which everybody reaches. */
  readonly network: string | null;
  /** Whether somebody has come by it from another device, as far as this process remembers. */
  readonly used: boolean;
}

/** The answer of the page's own `GET /room/CODE/phones`. */
export interface InviteResponse {
  readonly invite: readonly InviteAddress[];
}

/** A browser that is a part of another app. */
export interface InAppBrowser {
  /** Null where it says only that it is one. */
  readonly name: string | null;
  readonly onAndroid: boolean;
}

/** What the housekeeping did: `busy` when another instance was at it, `early` when it was done a moment ago. */
export interface CleanupResponse {
  readonly outcome: 'done' | 'busy' | 'failed' | 'early';
}
