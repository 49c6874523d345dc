/**
 * Every way a request can fail, as the stable `code` of its problem document.
 * The union is closed: a code that is not listed here cannot be thrown or sent.
 *
 * @see docs/api.md
 */
export type ErrorCode =
  | 'method_not_allowed'
  | 'unauthorized'
  | 'cross_origin'
  | 'payload_too_large'
  | 'unsupported_media_type'
  | 'invalid_request'
  | 'not_found'
  | 'rate_limited'
  | 'internal_error'
  | 'unavailable'
  | 'use_app_url'
  | 'room_not_found'
  | 'room_ended'
  | 'not_a_member'
  | 'waiting_for_host'
  | 'turned_away'
  | 'removed_by_host'
  | 'host_only'
  | 'already_hosting'
  | 'member_not_found'
  | 'cannot_remove_host'
  | 'track_changed'
  | 'spotify_not_connected'
  | 'spotify_reconnect'
  | 'spotify_not_allowed'
  | 'premium_required'
  | 'no_active_device'
  | 'device_not_found'
  | 'volume_not_supported'
  | 'playback_restricted'
  | 'spotify_rate_limited'
  | 'spotify_unavailable'
  | 'spotify_scope_needed'
  | 'own_app_off'
  | 'room_locked'
  | 'invalid_uri'
  | 'track_not_found'
  | 'item_not_found'
  | 'already_queued'
  | 'queue_full'
  | 'too_many_from_you'
  | 'explicit_not_allowed'
  | 'song_too_long'
  | 'played_recently'
  | 'queue_closed'
  | 'blocked'
  | 'not_in_playlists'
  | 'playlist_not_found'
  | 'block_not_found'
  | 'nothing_played'
  | 'transfer_not_found'
  | 'screen_not_found'
  | 'too_many_screens'
  | 'already_member'
  | 'demo_not_here';

/** What a problem document says besides its code: the status, the unvarying title, and a default sentence for people. */
export interface ErrorDescription {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
}

/**
 * The one place that knows HTTP status numbers and the words for a failure.
 * `title` never varies; `detail` is the sentence shown when the thrower gave none.
 */
export const errorDescriptions: Readonly<Record<ErrorCode, ErrorDescription>> = {
  method_not_allowed: { status: 405, title: 'Method not allowed', detail: 'This address does not answer that method.' },
  unauthorized: {
    status: 401,
    title: 'Not authorized',
    detail: 'This address needs a bearer token, and not this one.',
  },
  cross_origin: {
    status: 403,
    title: 'Request from another site',
    detail: 'This request came from another site and was refused. Open the room itself and try there.',
  },
  payload_too_large: { status: 413, title: 'Too large', detail: 'That is more than this address accepts (16 KiB).' },
  unsupported_media_type: {
    status: 415,
    title: 'Unsupported media type',
    detail: 'Send the body as application/json.',
  },
  invalid_request: {
    status: 400,
    title: 'Invalid request',
    detail: 'Something in the request is not as it should be.',
  },
  not_found: { status: 404, title: 'Not found', detail: 'There is nothing at this address.' },
  rate_limited: {
    status: 429,
    title: 'Too many requests',
    detail: 'That was a lot at once. Wait a moment and try again.',
  },
  internal_error: {
    status: 500,
    title: 'Internal error',
    detail: 'Something went wrong on our side. Try again in a moment.',
  },
  unavailable: {
    status: 503,
    title: 'Temporarily unavailable',
    detail: 'The room cannot be reached right now. The music plays on; try again in a moment.',
  },
  use_app_url: {
    status: 409,
    title: 'Use the app’s own address',
    detail: 'Making a room and connecting Spotify work only on the app’s own address.',
  },
  room_not_found: { status: 404, title: 'Room not found', detail: 'There is no room with that code.' },
  room_ended: { status: 410, title: 'Room ended', detail: 'This room has ended.' },
  not_a_member: { status: 403, title: 'Not in this room', detail: 'Join the room first.' },
  waiting_for_host: {
    status: 403,
    title: 'Waiting for the host',
    detail: 'You are at the door. The host or a co-host lets you in.',
  },
  turned_away: {
    status: 403,
    title: 'Turned away',
    detail: 'The host did not let you in. You can ask again in a few minutes.',
  },
  removed_by_host: { status: 403, title: 'Removed by the host', detail: 'The host removed you from this room.' },
  host_only: { status: 403, title: 'Only for the host', detail: 'Only the host can do that here.' },
  already_hosting: {
    status: 409,
    title: 'Already hosting a room',
    detail: 'You host another room. End it or leave it before you join this one.',
  },
  member_not_found: { status: 404, title: 'Member not found', detail: 'That person is not in this room.' },
  cannot_remove_host: {
    status: 409,
    title: 'The host cannot be removed',
    detail: 'The host cannot be removed. End the room instead.',
  },
  track_changed: { status: 409, title: 'Another song is playing', detail: 'That song is no longer playing.' },
  spotify_not_connected: {
    status: 409,
    title: 'Spotify is not connected',
    detail: 'The host has not connected Spotify yet.',
  },
  spotify_reconnect: {
    status: 409,
    title: 'Spotify needs a new login',
    detail:
      'Spotify asks the host to log in again. The music plays on; the remote comes back with one press on Reconnect.',
  },
  spotify_not_allowed: {
    status: 403,
    title: 'Not on the app’s allow list',
    detail: 'Spotify does not let this account use the app. Its owner has to add the account to the allow list.',
  },
  premium_required: {
    status: 403,
    title: 'Spotify Premium needed',
    detail: 'Spotify lets only Premium accounts be controlled. The host needs Premium.',
  },
  no_active_device: {
    status: 409,
    title: 'No active device',
    detail: 'No Spotify device is awake. Open Spotify where the music should play and press play there once.',
  },
  device_not_found: {
    status: 409,
    title: 'Device not found',
    detail: 'That device is gone. Open Spotify on it, or pick another one.',
  },
  volume_not_supported: {
    status: 409,
    title: 'Volume cannot be set',
    detail: 'This device does not let Spotify set its volume. Use its own buttons.',
  },
  playback_restricted: {
    status: 409,
    title: 'Not possible right now',
    detail: 'Spotify does not allow that for this song or device right now.',
  },
  spotify_rate_limited: {
    status: 503,
    title: 'Spotify asks for a pause',
    detail:
      'Spotify takes no more requests from this app for a while. The music plays on; buttons come back by themselves.',
  },
  spotify_unavailable: {
    status: 502,
    title: 'Spotify does not answer',
    detail: 'Spotify stopped answering. The music plays on; try again in a moment.',
  },
  spotify_scope_needed: {
    status: 409,
    title: 'One more right from Spotify',
    detail: 'Spotify asks the host to agree to this once.',
  },
  own_app_off: {
    status: 409,
    title: 'No apps of hosts here',
    detail: 'Whoever runs this site lets hosts use only its own Spotify app.',
  },
  room_locked: { status: 403, title: 'Room locked', detail: 'The host lets nobody new in right now.' },
  invalid_uri: { status: 400, title: 'Not a song', detail: 'That is not a link to a song on Spotify.' },
  track_not_found: { status: 404, title: 'Song not found', detail: 'Spotify has no such song to play here.' },
  item_not_found: { status: 404, title: 'Not in the queue', detail: 'That song is no longer in the queue.' },
  already_queued: { status: 409, title: 'Already in the queue', detail: 'That song is in the queue already.' },
  queue_full: {
    status: 409,
    title: 'The queue is full',
    detail: 'The queue is full. Add it when a few songs have played.',
  },
  too_many_from_you: {
    status: 409,
    title: 'Enough songs from you',
    detail: 'You have as many songs waiting as one guest may have. Add more when one has played.',
  },
  explicit_not_allowed: {
    status: 409,
    title: 'No explicit songs',
    detail: 'This song is marked explicit, and the host wants none of those.',
  },
  song_too_long: { status: 409, title: 'Too long', detail: 'This song is longer than the host allows.' },
  played_recently: { status: 409, title: 'Played a while ago', detail: 'This song was played a while ago.' },
  queue_closed: { status: 409, title: 'The queue is closed', detail: 'The host takes no songs right now.' },
  blocked: { status: 409, title: 'Blocked by the host', detail: 'The host does not want this song or artist here.' },
  not_in_playlists: {
    status: 409,
    title: 'Not from the host’s playlists',
    detail: 'The host takes only songs of chosen playlists, and this one is in none of them.',
  },
  playlist_not_found: {
    status: 404,
    title: 'Playlist not found',
    detail: 'That playlist is gone, or Spotify does not let this account read it.',
  },
  block_not_found: {
    status: 404,
    title: 'Not on the list',
    detail: 'That is not on the list of blocked songs and artists.',
  },
  nothing_played: { status: 409, title: 'Nothing played yet', detail: 'Nothing has been played here yet.' },
  transfer_not_found: {
    status: 404,
    title: 'Transfer not found',
    detail: 'That code was used, is too old, or its room has ended. Make a new one on the device that is the host.',
  },
  screen_not_found: {
    status: 404,
    title: 'Screen not found',
    detail: 'No screen shows that code now. Look at the screen again: it takes a new code every ten minutes.',
  },
  too_many_screens: {
    status: 409,
    title: 'Enough screens',
    detail: 'This room has ten screens, and no room has more. Take one away first.',
  },
  already_member: {
    status: 409,
    title: 'In a room already',
    detail: 'This browser is in a room, as a person. Leave the room first.',
  },
  demo_not_here: {
    status: 409,
    title: 'No demo in this browser',
    detail:
      'This browser hosts a room, or is connected to Spotify, and would lose that. Open the demo in a private window.',
  },
};

/** One complaint about one field of a request; `path` is dotted, empty for the body as a whole. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/**
 * The problem document that every failed request answers with.
 *
 * @see RFC 9457 section 3
 */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  readonly detail: string;
  /** Only with `invalid_request`. */
  readonly errors?: readonly FieldError[];
  /** Only with `not_a_member`: what the join page shows. */
  readonly room?: { readonly code: string; readonly name: string };
  /** What the operator finds the request by in the log. */
  readonly requestId?: string;
}
