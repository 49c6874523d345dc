import { randomInt } from 'node:crypto';
import * as fallback from '@/app/api/[[...path]]/route';
import * as health from '@/app/api/health/route';
import * as me from '@/app/api/me/route';
import * as rooms from '@/app/api/rooms/route';
import * as room from '@/app/api/rooms/[code]/route';
import * as blocks from '@/app/api/rooms/[code]/blocks/route';
import * as block from '@/app/api/rooms/[code]/blocks/[id]/route';
import * as code from '@/app/api/rooms/[code]/code/route';
import * as device from '@/app/api/rooms/[code]/device/route';
import * as devices from '@/app/api/rooms/[code]/devices/route';
import * as events from '@/app/api/rooms/[code]/events/route';
import * as fallbackPlaylist from '@/app/api/rooms/[code]/fallback/route';
import * as history from '@/app/api/rooms/[code]/history/route';
import * as savedPlaylist from '@/app/api/rooms/[code]/history/playlist/route';
import * as members from '@/app/api/rooms/[code]/members/route';
import * as member from '@/app/api/rooms/[code]/members/[id]/route';
import * as readmit from '@/app/api/rooms/[code]/members/[id]/readmit/route';
import * as memberMe from '@/app/api/rooms/[code]/members/me/route';
import * as next from '@/app/api/rooms/[code]/playback/next/route';
import * as pause from '@/app/api/rooms/[code]/playback/pause/route';
import * as play from '@/app/api/rooms/[code]/playback/play/route';
import * as previous from '@/app/api/rooms/[code]/playback/previous/route';
import * as seek from '@/app/api/rooms/[code]/playback/seek/route';
import * as volume from '@/app/api/rooms/[code]/playback/volume/route';
import * as playlists from '@/app/api/rooms/[code]/playlists/route';
import * as queue from '@/app/api/rooms/[code]/queue/route';
import * as queueItem from '@/app/api/rooms/[code]/queue/[id]/route';
import * as approve from '@/app/api/rooms/[code]/queue/[id]/approve/route';
import * as move from '@/app/api/rooms/[code]/queue/[id]/move/route';
import * as playNow from '@/app/api/rooms/[code]/queue/[id]/play/route';
import * as restore from '@/app/api/rooms/[code]/queue/[id]/restore/route';
import * as vote from '@/app/api/rooms/[code]/queue/[id]/vote/route';
import * as search from '@/app/api/rooms/[code]/search/route';
import * as skipVotes from '@/app/api/rooms/[code]/skip-votes/route';
import * as sources from '@/app/api/rooms/[code]/sources/route';
import * as authorize from '@/app/api/spotify/authorize/route';
import * as callback from '@/app/api/spotify/callback/route';
import * as connection from '@/app/api/spotify/connection/route';
import * as refresh from '@/app/api/spotify/refresh/route';
import * as status from '@/app/api/spotify/status/route';
import type { Handler } from '@/lib/server/http/route';

type RouteModule = Readonly<Record<'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS', Handler>>;

/** Every address of the API, in the order in which Next looks: fixed parts before variable ones. */
export const routes: readonly (readonly [string, RouteModule])[] = [
  ['/api/health', health],
  ['/api/me', me],
  ['/api/spotify/authorize', authorize],
  ['/api/spotify/callback', callback],
  ['/api/spotify/connection', connection],
  ['/api/spotify/refresh', refresh],
  ['/api/spotify/status', status],
  ['/api/rooms', rooms],
  ['/api/rooms/:code', room],
  ['/api/rooms/:code/blocks', blocks],
  ['/api/rooms/:code/blocks/:id', block],
  ['/api/rooms/:code/code', code],
  ['/api/rooms/:code/device', device],
  ['/api/rooms/:code/devices', devices],
  ['/api/rooms/:code/events', events],
  ['/api/rooms/:code/fallback', fallbackPlaylist],
  ['/api/rooms/:code/history', history],
  ['/api/rooms/:code/history/playlist', savedPlaylist],
  ['/api/rooms/:code/members', members],
  ['/api/rooms/:code/members/me', memberMe],
  ['/api/rooms/:code/members/:id', member],
  ['/api/rooms/:code/members/:id/readmit', readmit],
  ['/api/rooms/:code/playback/next', next],
  ['/api/rooms/:code/playback/pause', pause],
  ['/api/rooms/:code/playback/play', play],
  ['/api/rooms/:code/playback/previous', previous],
  ['/api/rooms/:code/playback/seek', seek],
  ['/api/rooms/:code/playback/volume', volume],
  ['/api/rooms/:code/playlists', playlists],
  ['/api/rooms/:code/queue', queue],
  ['/api/rooms/:code/queue/:id', queueItem],
  ['/api/rooms/:code/queue/:id/approve', approve],
  ['/api/rooms/:code/queue/:id/move', move],
  ['/api/rooms/:code/queue/:id/play', playNow],
  ['/api/rooms/:code/queue/:id/restore', restore],
  ['/api/rooms/:code/queue/:id/vote', vote],
  ['/api/rooms/:code/search', search],
  ['/api/rooms/:code/skip-votes', skipVotes],
  ['/api/rooms/:code/sources', sources],
];

function match(pattern: string, path: string): Record<string, string> | null {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = value;
    else if (part !== value) return null;
  }
  return params;
}

/** Answers a request as the running app would, without Next around it. */
export function dispatch(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  for (const [pattern, handlers] of routes) {
    const params = match(pattern, pathname);
    if (params === null) continue;
    const handler = Object.entries(handlers).find(([name]) => name === request.method)?.[1];
    if (handler !== undefined) return handler(request, { params: Promise.resolve(params) });
  }
  return fallback.GET(request, { params: Promise.resolve({}) });
}

export interface SendOptions {
  readonly json?: unknown;
  readonly body?: string | ReadableStream<Uint8Array>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** An answer, read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // Tests look into answers freely; what they expect of them is what they check.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

export const origin = 'http://127.0.0.1:3000';

/** An address of the network that is set aside for measurements. */
function someAddress(): string {
  return `198.${randomInt(18, 20)}.${randomInt(256)}.${randomInt(256)}`;
}

/** A browser as far as the API sees one: it keeps its cookie and comes from an address. */
export class AppClient {
  readonly cookies = new Map<string, string>();
  readonly address: string;

  /** @param address by default one of nobody else's: limits are counted by it */
  constructor(address = someAddress()) {
    this.address = address;
  }

  /** The raw answer; for streams and redirects. */
  async fetch(method: string, path: string, { json, body, headers = {}, signal }: SendOptions = {}): Promise<Response> {
    const all = new Headers({ host: '127.0.0.1:3000', 'x-forwarded-for': this.address, ...headers });
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    if (cookie !== '' && !all.has('cookie')) all.set('cookie', cookie);
    if (json !== undefined && !all.has('content-type')) all.set('content-type', 'application/json');
    const content = json === undefined ? body : JSON.stringify(json);
    const init: RequestInit & { duplex?: 'half' } = { method, headers: all };
    if (content !== undefined) Object.assign(init, { body: content, duplex: 'half' });
    if (signal !== undefined) init.signal = signal;
    const response = await dispatch(new Request(`${origin}${path}`, init));
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const separator = pair.indexOf('=');
      this.cookies.set(pair.slice(0, separator), pair.slice(separator + 1));
    }
    return response;
  }

  async send(method: string, path: string, options: SendOptions = {}): Promise<Answer> {
    const response = await this.fetch(method, path, options);
    const text = await response.text();
    const isJson = text !== '' && response.headers.get('content-type')?.includes('json') === true;
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  }

  get(path: string, options?: SendOptions): Promise<Answer> {
    return this.send('GET', path, options);
  }

  post(path: string, json?: unknown, options: SendOptions = {}): Promise<Answer> {
    return this.send('POST', path, json === undefined ? options : { ...options, json });
  }
}

/** A room, its host, and where it is. */
export interface TestRoom {
  readonly host: AppClient;
  readonly code: string;
  readonly path: string;
}

/** Makes a room through the API. */
export async function makeRoom(input: object = {}): Promise<TestRoom> {
  const host = new AppClient();
  const { body } = await host.post('/api/rooms', input);
  const code: string = body.room.code;
  return { host, code, path: `/api/rooms/${code}` };
}

/** Somebody new in a room. */
export async function join(room: TestRoom, name = 'Bob'): Promise<AppClient & { memberId: string }> {
  const guest = new AppClient();
  const { body } = await guest.post(`${room.path}/members`, { name });
  return Object.assign(guest, { memberId: String(body.member.id) });
}
