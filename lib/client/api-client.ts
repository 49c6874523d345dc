import type { DeviceDto, SpotifyConnection, VoteTally } from '@/lib/shared/playback';
import type { Role, RoomDto } from '@/lib/shared/snapshot';
import { ApiError, toApiError } from './api-error';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

async function send(method: Method, path: string, body?: object): Promise<Response> {
  const init: RequestInit = { method, headers: {} };
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

/** The answer's JSON, taken at our own server's word: the browser does not check it again. */
async function ask<T>(method: Method, path: string, body?: object): Promise<T> {
  const response = await send(method, path, body);
  return response.json();
}

async function tell(method: Method, path: string, body?: object): Promise<void> {
  await send(method, path, body);
}

const room = (code: string, rest = ''): string => `/api/rooms/${encodeURIComponent(code)}${rest}`;

export interface RoomSettings {
  readonly name?: string;
  readonly guestsCanPause?: boolean;
  readonly votesToSkip?: number;
}

/**
 * The room's HTTP interface, one function a request. Every one rejects with {@link ApiError}.
 *
 * @see docs/api.md
 */
export const api = {
  createRoom: async (input: RoomSettings & { readonly hostName?: string }): Promise<RoomDto> =>
    (await ask<{ room: RoomDto }>('POST', '/api/rooms', input)).room,
  updateRoom: async (code: string, settings: RoomSettings): Promise<RoomDto> =>
    (await ask<{ room: RoomDto }>('PATCH', room(code), settings)).room,
  endRoom: (code: string): Promise<void> => tell('DELETE', room(code)),
  join: async (code: string, name: string): Promise<{ id: string; name: string; role: Role }> =>
    (await ask<{ member: { id: string; name: string; role: Role } }>('POST', room(code, '/members'), { name })).member,
  leave: (code: string): Promise<void> => tell('DELETE', room(code, '/members/me')),
  removeMember: (code: string, memberId: string): Promise<void> => tell('DELETE', room(code, `/members/${memberId}`)),
  play: (code: string): Promise<void> => tell('POST', room(code, '/playback/play')),
  pause: (code: string): Promise<void> => tell('POST', room(code, '/playback/pause')),
  next: (code: string, playId: string | null): Promise<void> =>
    tell('POST', room(code, '/playback/next'), playId === null ? {} : { playId }),
  previous: (code: string): Promise<void> => tell('POST', room(code, '/playback/previous')),
  seek: (code: string, positionMs: number): Promise<void> => tell('POST', room(code, '/playback/seek'), { positionMs }),
  setVolume: (code: string, percent: number): Promise<void> =>
    tell('POST', room(code, '/playback/volume'), { percent }),
  vote: (code: string, playId: string): Promise<VoteTally> => ask('POST', room(code, '/skip-votes'), { playId }),
  withdrawVote: (code: string, playId: string): Promise<VoteTally> =>
    ask('DELETE', room(code, `/skip-votes?playId=${encodeURIComponent(playId)}`)),
  devices: async (code: string): Promise<readonly DeviceDto[]> =>
    (await ask<{ devices: readonly DeviceDto[] }>('GET', room(code, '/devices'))).devices,
  transfer: (code: string, deviceId: string): Promise<void> => tell('PUT', room(code, '/device'), { deviceId }),
  spotifyStatus: (): Promise<SpotifyConnection> => ask('GET', '/api/spotify/status'),
  disconnectSpotify: (): Promise<void> => tell('DELETE', '/api/spotify/connection'),
} as const;
