import type { InviteAddress, InviteResponse } from '@/lib/shared/contract/app';
import type { BlockDto, BlockInput, BlockResponse, BlocksResponse } from '@/lib/shared/contract/blocks';
import type { DemoResponse } from '@/lib/shared/contract/demo';
import type { HistoryResponse, PlayedSong, SavedPlaylist, SavedPlaylistResponse } from '@/lib/shared/contract/history';
import type {
  JoinResponse,
  MemberRights,
  MemberRightsInput,
  MemberRightsResponse,
} from '@/lib/shared/contract/members';
import type { DeviceDto, DevicesResponse, SkipVoteResponse } from '@/lib/shared/contract/playback';
import type { ListedPlaylist, PlaylistsResponse } from '@/lib/shared/contract/playlists';
import type { QueueResponse, SongResponse, SongVote } from '@/lib/shared/contract/queue';
import type { CreateRoomInput, MeResponse, RoomResponse, RoomSettingsInput } from '@/lib/shared/contract/rooms';
import type { OwnAppResponse, SpotifyConnection } from '@/lib/shared/contract/spotify';
import type {
  PairResponse,
  RoomScreenDto,
  RoomScreensResponse,
  ScreenDto,
  ScreenResponse,
} from '@/lib/shared/contract/screens';
import type { SearchResponse } from '@/lib/shared/contract/search';
import type { QueueItemDto, RoomDto, RoomView } from '@/lib/shared/contract/snapshot';
import type { KnockResponse, WaitingDto, WaitingResponse } from '@/lib/shared/contract/waiting';
import type { TakeOverInput, TakeOverResponse, TransferDto, TransferResponse } from '@/lib/shared/contract/transfers';
import { ApiError, toApiError } from './api-error';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

async function send(method: Method, path: string, body?: object, signal?: AbortSignal): Promise<Response> {
  const init: RequestInit = { method, headers: {}, ...(signal !== undefined && { signal }) };
  if (body !== undefined) {
    init.headers = { 'content-type': 'application/json' };
    init.body = JSON.stringify(body);
  }
  const response = await fetch(path, init).catch(() => {
    throw new ApiError(null);
  });
  if (!response.ok) throw await toApiError(response);
  if (!isOurs(response)) throw new ApiError(null);
  return response;
}

/** Whether an answer is of our own server: a captive portal, or a proxy, answers 200 with a page of its own (SC8). */
function isOurs({ status, headers }: Response): boolean {
  return status === 204 || headers.get('content-type')?.startsWith('application/json') === true;
}

/** The answer's JSON, taken at our own server's word: the browser does not check it again. One that breaks off never arrived. */
async function ask<T>(method: Method, path: string, body?: object, signal?: AbortSignal): Promise<T> {
  const response = await send(method, path, body, signal);
  return response.json().catch(() => {
    throw new ApiError(null);
  });
}

async function tell(method: Method, path: string, body?: object): Promise<void> {
  await send(method, path, body);
}

/**
 * The app's HTTP interface, as far as it belongs to no room. Every request rejects with {@link ApiError}.
 *
 * @see docs/api.md
 */
export const api = {
  createRoom: async (input: CreateRoomInput): Promise<RoomDto> =>
    (await ask<RoomResponse>('POST', '/api/rooms', input)).room,
  /** Begins a demo, or goes on with this browser's. @returns its room's code */
  startDemo: async (): Promise<string> => (await ask<DemoResponse>('POST', '/api/demo')).room.code,
  /** Makes this browser the host of the room that a code leads to. @returns the room */
  takeOver: async (input: TakeOverInput): Promise<RoomDto> =>
    (await ask<TakeOverResponse>('POST', '/api/transfers', input)).room,
  /** Makes this browser a screen, or finds that it is one (SN2). */
  becomeScreen: async (signal?: AbortSignal): Promise<ScreenDto> =>
    (await ask<ScreenResponse>('POST', '/api/screens', undefined, signal)).screen,
  /** What this screen shows. */
  ownScreen: async (signal?: AbortSignal): Promise<ScreenDto> =>
    (await ask<ScreenResponse>('GET', '/api/screens/me', undefined, signal)).screen,
  /** What this browser is: its room, if it is in one, and whether it has Spotify. */
  me: (): Promise<MeResponse> => ask('GET', '/api/me'),
  /** Logs this browser out (LG10). */
  logOut: (): Promise<void> => tell('DELETE', '/api/session'),
  /** Logs every other browser with this Spotify account out (LG11). */
  logOutOthers: (): Promise<void> => tell('DELETE', '/api/session?others=1'),
  spotifyStatus: (): Promise<SpotifyConnection> => ask('GET', '/api/spotify/status'),
  /** Whose Spotify app this browser's logins go through. */
  spotifyApp: (): Promise<OwnAppResponse> => ask('GET', '/api/spotify/app'),
  /** Lets this browser's logins go through an app of its host's own. */
  chooseOwnApp: (clientId: string): Promise<OwnAppResponse> => ask('PUT', '/api/spotify/app', { clientId }),
  forgetOwnApp: (): Promise<void> => tell('DELETE', '/api/spotify/app'),
  disconnectSpotify: (): Promise<void> => tell('DELETE', '/api/spotify/connection'),
} as const;

/**
 * The HTTP interface of one room, one function a request. Every one rejects with {@link ApiError}.
 *
 * @param code of the room; read anew for every request, because a room may get another one (HT2)
 */
export function roomApi(code: () => string) {
  const room = (rest = ''): string => `/api/rooms/${encodeURIComponent(code())}${rest}`;
  const song = (id: string, rest = ''): string => room(`/queue/${encodeURIComponent(id)}${rest}`);
  return {
    view: (): Promise<RoomView> => ask('GET', room()),
    updateRoom: async (settings: RoomSettingsInput): Promise<RoomDto> =>
      (await ask<RoomResponse>('PATCH', room(), settings)).room,
    /** The page's own: where others reach the app, and whether somebody has. */
    invite: async (): Promise<readonly InviteAddress[]> =>
      (await ask<InviteResponse>('GET', `/room/${encodeURIComponent(code())}/phones`)).invite,
    endRoom: (): Promise<void> => tell('DELETE', room()),
    /** Joins, or knocks where the host lets people in. @returns which it was */
    join: async (name: string): Promise<'member' | 'waiting'> =>
      'waiting' in (await ask<JoinResponse | KnockResponse>('POST', room('/members'), { name })) ? 'waiting' : 'member',
    /** Makes the way to another device, in place of the one before. */
    createTransfer: async (): Promise<TransferDto> => (await ask<TransferResponse>('POST', room('/transfer'))).transfer,
    waiting: async (): Promise<readonly WaitingDto[]> => (await ask<WaitingResponse>('GET', room('/waiting'))).waiting,
    admit: (id: string): Promise<void> => tell('POST', room(`/waiting/${encodeURIComponent(id)}`)),
    turnAway: (id: string): Promise<void> => tell('DELETE', room(`/waiting/${encodeURIComponent(id)}`)),
    screens: async (): Promise<readonly RoomScreenDto[]> =>
      (await ask<RoomScreensResponse>('GET', room('/screens'))).screens,
    pairScreen: (code: string): Promise<PairResponse> => ask('POST', room('/screens'), { code }),
    takeScreenAway: (id: string): Promise<void> => tell('DELETE', room(`/screens/${encodeURIComponent(id)}`)),
    leave: (): Promise<void> => tell('DELETE', room('/members/me')),
    removeMember: (memberId: string, songs: 'keep' | 'remove' = 'keep'): Promise<void> =>
      tell('DELETE', room(`/members/${memberId}?songs=${songs}`)),
    readmitMember: (memberId: string): Promise<void> => tell('POST', room(`/members/${memberId}/readmit`)),
    changeRights: async (memberId: string, rights: MemberRightsInput): Promise<MemberRights> =>
      (await ask<MemberRightsResponse>('PATCH', room(`/members/${memberId}`), rights)).member,
    renewCode: async (): Promise<RoomDto> => (await ask<RoomResponse>('POST', room('/code'))).room,
    play: (): Promise<void> => tell('POST', room('/playback/play')),
    pause: (): Promise<void> => tell('POST', room('/playback/pause')),
    next: (playId: string | null): Promise<void> =>
      tell('POST', room('/playback/next'), playId === null ? {} : { playId }),
    previous: (): Promise<void> => tell('POST', room('/playback/previous')),
    seek: (positionMs: number): Promise<void> => tell('POST', room('/playback/seek'), { positionMs }),
    setVolume: (percent: number): Promise<void> => tell('POST', room('/playback/volume'), { percent }),
    castSkipVote: (playId: string): Promise<SkipVoteResponse> => ask('POST', room('/skip-votes'), { playId }),
    withdrawSkipVote: (playId: string): Promise<SkipVoteResponse> =>
      ask('DELETE', room(`/skip-votes?playId=${encodeURIComponent(playId)}`)),
    devices: async (): Promise<readonly DeviceDto[]> => (await ask<DevicesResponse>('GET', room('/devices'))).devices,
    transfer: (deviceId: string): Promise<void> => tell('PUT', room('/device'), { deviceId }),
    search: (words: string, offset: number, signal: AbortSignal): Promise<SearchResponse> =>
      ask('GET', room(`/search?${new URLSearchParams({ q: words, offset: String(offset) })}`), undefined, signal),
    wholeQueue: (): Promise<QueueResponse> => ask('GET', room('/queue')),
    addSong: async (uri: string): Promise<QueueItemDto> =>
      (await ask<SongResponse>('POST', room('/queue'), { uri })).item,
    removeSong: (id: string): Promise<void> => tell('DELETE', song(id)),
    restoreSong: (id: string): Promise<void> => tell('POST', song(id, '/restore')),
    voteForSong: (id: string, value: SongVote): Promise<void> => tell('PUT', song(id, '/vote'), { value }),
    moveSong: (id: string, beforeId: string | null): Promise<void> => tell('POST', song(id, '/move'), { beforeId }),
    unpinSong: (id: string): Promise<void> => tell('DELETE', song(id, '/move')),
    approveSong: (id: string): Promise<void> => tell('POST', song(id, '/approve')),
    playSong: (id: string): Promise<void> => tell('POST', song(id, '/play')),
    history: async (): Promise<readonly PlayedSong[]> => (await ask<HistoryResponse>('GET', room('/history'))).played,
    saveHistory: async (name: string): Promise<SavedPlaylist> =>
      (await ask<SavedPlaylistResponse>('POST', room('/history/playlist'), name.trim() === '' ? {} : { name }))
        .playlist,
    playlists: async (): Promise<readonly ListedPlaylist[]> =>
      (await ask<PlaylistsResponse>('GET', room('/playlists'))).playlists,
    setFallback: (playlistId: string | null): Promise<void> => tell('PUT', room('/fallback'), { playlistId }),
    setSources: (playlistIds: readonly string[]): Promise<void> => tell('PUT', room('/sources'), { playlistIds }),
    blocks: async (): Promise<readonly BlockDto[]> => (await ask<BlocksResponse>('GET', room('/blocks'))).blocks,
    block: (input: BlockInput): Promise<BlockResponse> => ask('POST', room('/blocks'), input),
    unblock: (id: string): Promise<void> => tell('DELETE', room(`/blocks/${encodeURIComponent(id)}`)),
  } as const;
}

export type RoomApi = ReturnType<typeof roomApi>;
