import type { BlockDto, BlockInput, BlockResponse, BlocksResponse } from '@/lib/shared/contract/blocks';
import type { HistoryResponse, PlayedSong, SavedPlaylist, SavedPlaylistResponse } from '@/lib/shared/contract/history';
import type {
  JoinedMember,
  JoinResponse,
  MemberRights,
  MemberRightsInput,
  MemberRightsResponse,
} from '@/lib/shared/contract/members';
import type { DeviceDto, DevicesResponse, SkipVoteResponse } from '@/lib/shared/contract/playback';
import type { ListedPlaylist, PlaylistsResponse } from '@/lib/shared/contract/playlists';
import type { QueueResponse, SongResponse, SongVote } from '@/lib/shared/contract/queue';
import type { CreateRoomInput, MeResponse, RoomResponse, RoomSettingsInput } from '@/lib/shared/contract/rooms';
import type { SearchResponse } from '@/lib/shared/contract/search';
import type { QueueItemDto, RoomDto, RoomView } from '@/lib/shared/contract/snapshot';
import type { SpotifyConnection } from '@/lib/shared/contract/spotify';
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
  return response;
}

/** The JSON of a response. It is our own server's, so it is not validated again (decision 017). */
async function ask<T>(method: Method, path: string, body?: object, signal?: AbortSignal): Promise<T> {
  const response = await send(method, path, body, signal);
  return response.json();
}

async function tell(method: Method, path: string, body?: object): Promise<void> {
  await send(method, path, body);
}

const room = (code: string, rest = ''): string => `/api/rooms/${encodeURIComponent(code)}${rest}`;
const song = (code: string, id: string, rest = ''): string => room(code, `/queue/${encodeURIComponent(id)}${rest}`);

/**
 * The room's HTTP interface, one function a request. Every one rejects with {@link ApiError}.
 *
 * @see docs/api.md
 */
export const api = {
  createRoom: async (input: CreateRoomInput): Promise<RoomDto> =>
    (await ask<RoomResponse>('POST', '/api/rooms', input)).room,
  roomView: (code: string): Promise<RoomView> => ask('GET', room(code)),
  updateRoom: async (code: string, settings: RoomSettingsInput): Promise<RoomDto> =>
    (await ask<RoomResponse>('PATCH', room(code), settings)).room,
  endRoom: (code: string): Promise<void> => tell('DELETE', room(code)),
  join: async (code: string, name: string): Promise<JoinedMember> =>
    (await ask<JoinResponse>('POST', room(code, '/members'), { name })).member,
  leave: (code: string): Promise<void> => tell('DELETE', room(code, '/members/me')),
  removeMember: (code: string, memberId: string, songs: 'keep' | 'remove' = 'keep'): Promise<void> =>
    tell('DELETE', room(code, `/members/${memberId}?songs=${songs}`)),
  readmitMember: (code: string, memberId: string): Promise<void> =>
    tell('POST', room(code, `/members/${memberId}/readmit`)),
  changeRights: async (code: string, memberId: string, rights: MemberRightsInput): Promise<MemberRights> =>
    (await ask<MemberRightsResponse>('PATCH', room(code, `/members/${memberId}`), rights)).member,
  renewCode: async (code: string): Promise<RoomDto> => (await ask<RoomResponse>('POST', room(code, '/code'))).room,
  play: (code: string): Promise<void> => tell('POST', room(code, '/playback/play')),
  pause: (code: string): Promise<void> => tell('POST', room(code, '/playback/pause')),
  next: (code: string, playId: string | null): Promise<void> =>
    tell('POST', room(code, '/playback/next'), playId === null ? {} : { playId }),
  previous: (code: string): Promise<void> => tell('POST', room(code, '/playback/previous')),
  seek: (code: string, positionMs: number): Promise<void> => tell('POST', room(code, '/playback/seek'), { positionMs }),
  setVolume: (code: string, percent: number): Promise<void> =>
    tell('POST', room(code, '/playback/volume'), { percent }),
  castSkipVote: (code: string, playId: string): Promise<SkipVoteResponse> =>
    ask('POST', room(code, '/skip-votes'), { playId }),
  withdrawSkipVote: (code: string, playId: string): Promise<SkipVoteResponse> =>
    ask('DELETE', room(code, `/skip-votes?playId=${encodeURIComponent(playId)}`)),
  devices: async (code: string): Promise<readonly DeviceDto[]> =>
    (await ask<DevicesResponse>('GET', room(code, '/devices'))).devices,
  transfer: (code: string, deviceId: string): Promise<void> => tell('PUT', room(code, '/device'), { deviceId }),
  search: (code: string, words: string, offset: number, signal: AbortSignal): Promise<SearchResponse> =>
    ask('GET', room(code, `/search?${new URLSearchParams({ q: words, offset: String(offset) })}`), undefined, signal),
  wholeQueue: (code: string): Promise<QueueResponse> => ask('GET', room(code, '/queue')),
  addSong: async (code: string, uri: string): Promise<QueueItemDto> =>
    (await ask<SongResponse>('POST', room(code, '/queue'), { uri })).item,
  removeSong: (code: string, id: string): Promise<void> => tell('DELETE', song(code, id)),
  restoreSong: (code: string, id: string): Promise<void> => tell('POST', song(code, id, '/restore')),
  voteForSong: (code: string, id: string, value: SongVote): Promise<void> =>
    tell('PUT', song(code, id, '/vote'), { value }),
  moveSong: (code: string, id: string, beforeId: string | null): Promise<void> =>
    tell('POST', song(code, id, '/move'), { beforeId }),
  unpinSong: (code: string, id: string): Promise<void> => tell('DELETE', song(code, id, '/move')),
  approveSong: (code: string, id: string): Promise<void> => tell('POST', song(code, id, '/approve')),
  playSong: (code: string, id: string): Promise<void> => tell('POST', song(code, id, '/play')),
  history: async (code: string): Promise<readonly PlayedSong[]> =>
    (await ask<HistoryResponse>('GET', room(code, '/history'))).played,
  saveHistory: async (code: string, name: string): Promise<SavedPlaylist> =>
    (await ask<SavedPlaylistResponse>('POST', room(code, '/history/playlist'), name.trim() === '' ? {} : { name }))
      .playlist,
  playlists: async (code: string): Promise<readonly ListedPlaylist[]> =>
    (await ask<PlaylistsResponse>('GET', room(code, '/playlists'))).playlists,
  setFallback: (code: string, playlistId: string | null): Promise<void> =>
    tell('PUT', room(code, '/fallback'), { playlistId }),
  setSources: (code: string, playlistIds: readonly string[]): Promise<void> =>
    tell('PUT', room(code, '/sources'), { playlistIds }),
  blocks: async (code: string): Promise<readonly BlockDto[]> =>
    (await ask<BlocksResponse>('GET', room(code, '/blocks'))).blocks,
  block: (code: string, input: BlockInput): Promise<BlockResponse> => ask('POST', room(code, '/blocks'), input),
  unblock: (code: string, id: string): Promise<void> => tell('DELETE', room(code, `/blocks/${encodeURIComponent(id)}`)),
  /** The room that this browser is in, if it is in one. */
  currentRoom: async (): Promise<MeResponse['room']> => (await ask<MeResponse>('GET', '/api/me')).room,
  spotifyStatus: (): Promise<SpotifyConnection> => ask('GET', '/api/spotify/status'),
  disconnectSpotify: (): Promise<void> => tell('DELETE', '/api/spotify/connection'),
} as const;
