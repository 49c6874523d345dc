import 'server-only';
import type { z } from 'zod';
import { AppError } from '@/lib/server/runtime/app-error';
import type { Right } from '@/lib/shared/rules/rights';
import type { ErrorCode } from '@/lib/shared/contract/errors';
import type { PathParams } from '@/lib/shared/contract/path-params';
import { consume, type LimitName } from '@/lib/server/session/rate-limits';
import { type Door, type HolderOf, requireAccess, type Requester, requireRoom } from '@/lib/server/session/room-access';
import { resealSession } from '@/lib/server/session/session';
import { readJson } from './body';
import { type Handler, observed } from './observed';
import { problemResponse } from './problem-response';
import { clientAddress, requireSameOrigin } from './request-origin';
import { type Path, unknownRoute } from './route-family';

export type { Handler } from './observed';

/** Who may call: anybody, or whoever has that right in the live room of the address. */
export type Access = 'public' | Right;

type ViewerBy<A extends Access> = A extends 'public'
  ? null
  : A extends 'join'
    ? Door
    : A extends Right
      ? HolderOf<A>
      : never;

export interface RouteContext<A extends Access, Params, Body, Query> {
  readonly request: Request;
  readonly params: Params;
  readonly body: Body;
  readonly query: Query;
  readonly viewer: ViewerBy<A>;
  readonly requester: Requester;
}

export interface RouteOptions<A extends Access, Params, Body, Query> {
  readonly access: A;
  /** The variable parts of the address besides the room's code. Malformed ones answer as unknown ones, after all other checks. */
  readonly params?: PathParams<Params>;
  /** The JSON body's schema; without it a body is not expected, and only its form is checked. */
  readonly body?: z.ZodType<Body>;
  readonly query?: z.ZodType<Query>;
  /** A limit counted per member, or per address where there is none. */
  readonly limit?: LimitName;
  /** What answers; nothing at all answers 204. */
  readonly handle: (context: RouteContext<A, Params, Body, Query>) => Promise<Response | void>;
}

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD']);

function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const errors = result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  throw new AppError('invalid_request', { errors });
}

function parseParams<T>({ schema, notFound }: PathParams<T>, path: Path): T {
  const result = schema.safeParse(path);
  if (!result.success) throw new AppError(notFound);
  return result.data;
}

/** Gives the browser its cookie under the newest secret, where the answer brings none of its own. */
async function withResealedSession(response: Response, cookieHeader: string | null): Promise<Response> {
  if (response.headers.has('set-cookie')) return response;
  const setCookie = await resealSession(cookieHeader);
  if (setCookie !== null) response.headers.append('set-cookie', setCookie);
  return response;
}

/** Every answer is no-store, and is exactly the type it says it is (WB-04). */
function finish(response: Response): Response {
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store');
  response.headers.set('x-content-type-options', 'nosniff');
  // Nothing an API answers is a document; should a browser show one all the same, it may load and run nothing.
  response.headers.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
  return response;
}

async function findViewer<A extends Access>(access: A, requester: Requester, path: Path): Promise<ViewerBy<A>>;
async function findViewer(access: Access, requester: Requester, path: Path): Promise<ViewerBy<Access>> {
  if (access === 'public') return null;
  const code = typeof path['code'] === 'string' ? path['code'] : '';
  if (access === 'join') return requireRoom(requester, code);
  return requireAccess(requester, code, access);
}

/**
 * One method of one address, declared: what it accepts, who may call it, which service answers. Checks come in the order
 * of docs/api.md, *Conventions*; whatever is thrown becomes a problem document.
 */
export function route<A extends Access, Params = unknown, Body = unknown, Query = unknown>(
  options: RouteOptions<A, Params, Body, Query>,
): Handler {
  const { access, handle } = options;
  return observed(async (request, context) => {
    try {
      const changesState = !safeMethods.has(request.method);
      if (changesState) requireSameOrigin(request);
      const input = changesState ? await readJson(request) : {};
      // Without a schema the type parameter is `unknown`, and so is what is passed on.
      const body = options.body === undefined ? (input as Body) : parse(options.body, input);
      const search = Object.fromEntries(new URL(request.url).searchParams);
      const query = options.query === undefined ? (search as Query) : parse(options.query, search);
      // Next gives none to addresses without a variable part.
      const path = (await context.params) ?? {};
      const requester: Requester = {
        cookieHeader: request.headers.get('cookie'),
        address: clientAddress(request.headers),
      };
      const viewer = await findViewer(access, requester, path);
      if (options.limit !== undefined) {
        const member = viewer !== null && 'memberId' in viewer ? viewer.memberId : null;
        await consume(options.limit, member ?? requester.address);
      }
      const params = options.params === undefined ? (path as Params) : parseParams(options.params, path);
      const response =
        (await handle({ request, params, body, query, viewer, requester })) ?? new Response(null, { status: 204 });
      return finish(await withResealedSession(response, requester.cookieHeader));
    } catch (error) {
      return finish(problemResponse(error));
    }
  });
}

/** Answers everything with one failure, whatever was sent: neither the origin nor the body is looked at. */
export function refusal(code: ErrorCode, headers: Readonly<Record<string, string>> = {}): Handler {
  return observed(
    () => {
      const response = finish(problemResponse(new AppError(code)));
      for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
      return Promise.resolve(response);
    },
    code === 'not_found' ? unknownRoute : null,
  );
}

const methodNames = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
type Method = (typeof methodNames)[number];

/**
 * All methods of one address for a route file to export. Those not given answer 405, HEAD and OPTIONS among them: Next would answer
 * HEAD by running GET, and a stream opened by it would never be closed.
 */
export function methods(handlers: Partial<Record<Method, Handler>>): Readonly<Record<Method, Handler>> {
  const allow = methodNames.filter((name) => handlers[name] !== undefined).join(', ');
  const refuse = refusal('method_not_allowed', { allow });
  const pick = (name: Method): Handler => handlers[name] ?? refuse;
  return {
    GET: pick('GET'),
    HEAD: pick('HEAD'),
    POST: pick('POST'),
    PUT: pick('PUT'),
    PATCH: pick('PATCH'),
    DELETE: pick('DELETE'),
    OPTIONS: pick('OPTIONS'),
  };
}

/** The same as `get`, answered without a body; for addresses that monitors ask with HEAD. */
export function headOf(get: Handler): Handler {
  return async (request, context) => {
    const { status, headers } = await get(request, context);
    return new Response(null, { status, headers });
  };
}
