import { act, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import type { RoomStore } from '@/lib/client/room/room-store';
import { RoomProvider, useRoomStore } from '@/lib/client/room/use-room';
import type { AppFacts } from '@/lib/shared/contract/app';
import type { RoomSnapshot, RoomView } from '@/lib/shared/contract/snapshot';

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
  appUrl: 'http://app.example',
  onAppUrl: true,
  inviteOrigin: 'http://app.example',
};

/** A part of the room's page in jsdom, with a server that answers as told and a stream that never says anything by itself. */
export class RoomPage {
  readonly box = document.body.appendChild(document.createElement('div'));
  readonly calls: Call[] = [];
  readonly #root = createRoot(this.box);
  readonly #answers = new Map<string, Answer>();
  #store: RoomStore | null = null;

  constructor() {
    Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true, fetch: this.#fetch });
  }

  /** Shows it as this person sees the room. */
  async show(view: RoomView, part: ReactNode, app: Partial<AppFacts> = {}): Promise<void> {
    await this.do(() =>
      this.#root.render(
        <RoomProvider initial={view} app={{ ...appFacts, ...app }}>
          <KeepStore onStore={(store) => (this.#store = store)} />
          {part}
        </RoomProvider>,
      ),
    );
  }

  get store(): RoomStore {
    if (this.#store === null) throw new Error('Nothing is shown.');
    return this.#store;
  }

  /** Says how the next requests like `POST /queue` are answered; the path is the one below the room's. */
  answer(request: string, answer: Answer): void {
    this.#answers.set(request, answer);
  }

  /** Does something, and waits for what the page makes of it. */
  async do(work: () => void): Promise<void> {
    await act(async () => {
      work();
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    });
  }

  /** A snapshot arrives: the last one with these changes. */
  receive(change: Partial<RoomSnapshot>): Promise<void> {
    const { snapshot } = this.store.getState();
    return this.do(() => this.store.receiveSnapshot({ ...snapshot, version: snapshot.version + 1, ...change }));
  }

  /** The element with that role and accessible name, as this page gives names: by label or by text. */
  find(selector: string, name: string | RegExp): HTMLElement | null {
    const isNamed = (element: HTMLElement): boolean => {
      const label = (element.getAttribute('aria-label') ?? element.textContent).trim();
      return typeof name === 'string' ? label === name : name.test(label);
    };
    return [...document.querySelectorAll<HTMLElement>(selector)].find(isNamed) ?? null;
  }

  button(name: string | RegExp): HTMLElement {
    const found = this.find('button, [role="menuitem"]', name);
    if (found === null) throw new Error(`There is no button ${String(name)} in:\n${document.body.textContent}`);
    return found;
  }

  /** As a person presses it: the button has the focus then. */
  press(name: string | RegExp): Promise<void> {
    return this.do(() => {
      const button = this.button(name);
      button.focus();
      button.click();
    });
  }

  /** Puts text into a field as typing does. */
  type(field: HTMLInputElement, text: string): Promise<void> {
    return this.do(() => {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, text);
      field.dispatchEvent(new Event('input', { bubbles: true }));
    });
  }

  get text(): string {
    return document.body.textContent;
  }

  async close(): Promise<void> {
    await this.do(() => this.#root.unmount());
    this.box.remove();
  }

  readonly #fetch = (url: string, init: { method?: string; body?: string } = {}): Promise<unknown> => {
    if (url.endsWith('/events')) return new Promise(() => undefined);
    const [method, path] = [init.method ?? 'GET', url.replace(/^\/api\/rooms\/[^/]+/, '')];
    this.calls.push({ method, path, body: init.body === undefined ? undefined : JSON.parse(init.body) });
    return Promise.resolve(toResponse(this.#answers.get(`${method} ${path.replace(/\?.*/, '')}`) ?? {}));
  };
}
