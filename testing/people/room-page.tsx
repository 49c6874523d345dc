import { type ByRoleMatcher, render, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import type { RoomStore } from '@/lib/client/room/room-store';
import { RoomProvider, useRoomStore } from '@/lib/client/room/use-room';
import type { AppFacts } from '@/lib/shared/contract/app';
import type { RoomSnapshot, RoomView } from '@/lib/shared/contract/snapshot';
import { asUser } from './user';

/** A request of the page. */
interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** What a request is answered with; a problem has its status, and `code` and `detail` in its body. */
interface Answer {
  readonly status?: number;
  readonly body?: unknown;
}

function toResponse({ status = 200, body = {} }: Answer) {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  return {
    ok: status < 400,
    status,
    headers: { get: (name: string) => (name === 'content-type' ? type : null) },
    json: () => Promise.resolve(status < 400 ? body : { type: '', title: '', status, ...Object(body) }),
  };
}

function KeepStore({ onStore }: { readonly onStore: (store: RoomStore) => void }): null {
  onStore(useRoomStore());
  return null;
}

const appFacts = {
  simulated: true,
  demo: false,
  offersDemo: false,
  ownApps: 'off' as const,
  appUrl: 'http://app.example',
  onAppUrl: true,
  proxyAdvice: null,
  invite: [{ origin: 'http://app.example', network: null, used: false }],
  hereAlone: false,
  inAppBrowser: null,
};

/**
 * A part of the room's page in jsdom, with a server that answers as told and a stream that never says anything by itself. What a person
 * does goes through user-event.
 */
export class RoomPage {
  readonly calls: Call[] = [];
  readonly #answers = new Map<string, Answer>();
  #unmount: (() => void) | null = null;
  #store: RoomStore | null = null;

  constructor() {
    Object.assign(globalThis, { fetch: this.#fetch });
  }

  /** Shows it as this person sees the room, in place of what was shown. */
  async show(view: RoomView, part: ReactNode, app: Partial<AppFacts> = {}): Promise<void> {
    const page = (
      <RoomProvider initial={view} app={{ ...appFacts, ...app }}>
        <KeepStore onStore={(store) => (this.#store = store)} />
        {part}
      </RoomProvider>
    );
    this.#unmount?.();
    this.#unmount = render(page).unmount;
    await this.do(() => undefined);
  }

  get store(): RoomStore {
    if (this.#store === null) throw new Error('Nothing is shown.');
    return this.#store;
  }

  /** Says how the next requests like `POST /queue` are answered; the path is the one below the room's. */
  answer(request: string, answer: Answer): void {
    this.#answers.set(request, answer);
  }

  /** Does something, as a person does it through `user`, and waits for what the page makes of it. */
  readonly do = asUser;

  /** A snapshot arrives: the last one with these changes. */
  receive(change: Partial<RoomSnapshot>): Promise<void> {
    const { snapshot } = this.store.getState();
    return this.do(() => this.store.receiveSnapshot({ ...snapshot, version: snapshot.version + 1, ...change }));
  }

  /** The first element with that role and accessible name, in document order. */
  find(role: ByRoleMatcher, name: string | RegExp): HTMLElement | null {
    return screen.queryAllByRole(role, { name })[0] ?? null;
  }

  button(name: string | RegExp): HTMLElement {
    return this.find('button', name) ?? this.find('menuitem', name) ?? screen.getByRole('button', { name });
  }

  press(name: string | RegExp): Promise<void> {
    return this.do((user) => user.click(this.button(name)));
  }

  /** Puts text into a field in place of what stands there. */
  type(field: HTMLInputElement, text: string): Promise<void> {
    return this.do(async (user) => {
      await user.click(field);
      field.select();
      await user.paste(text);
    });
  }

  get text(): string {
    return document.body.textContent;
  }

  async close(): Promise<void> {
    await this.do(() => this.#unmount?.());
    this.#unmount = null;
  }

  readonly #fetch = (url: string, init: { method?: string; body?: string } = {}): Promise<unknown> => {
    if (url.endsWith('/events')) return new Promise(() => undefined);
    const [method, path] = [init.method ?? 'GET', url.replace(/^\/api\/rooms\/[^/]+/, '')];
    this.calls.push({ method, path, body: init.body === undefined ? undefined : JSON.parse(init.body) });
    return Promise.resolve(toResponse(this.#answers.get(`${method} ${path.replace(/\?.*/, '')}`) ?? {}));
  };
}
