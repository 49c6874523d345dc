import { isSpotifyLink, parseTrackUri } from '@/lib/shared/rules/track-uri';
import type { FoundSong, SearchResponse } from '@/lib/shared/contract/search';
import { ApiError } from './api-error';

/** What a search shows. Results stay while the next ones are on their way. */
export interface SearchState {
  readonly results: readonly FoundSong[];
  /** Where more results begin; null when these are all. */
  readonly nextOffset: number | null;
  readonly isLoading: boolean;
  /** What the results are of; empty before the first answer. */
  readonly found: string;
  readonly error: ApiError | null;
}

type Ask = (words: string, offset: number, signal: AbortSignal) => Promise<SearchResponse>;

/** How long after the last key words are searched, in ms. */
const pauseMs = 350;

/** The longest text that a search takes. */
const mostCharacters = 100;

const nothing: SearchState = { results: [], nextOffset: null, isLoading: false, found: '', error: null };

/** A link to something on Spotify, or its URI, wherever it stands in a text: sharing puts words around it. */
const linkWithin =
  /spotify:[a-z]+:\w+|(?<![\w.])(?:https?:\/\/)?(?:(?:open|play)\.spotify\.com|spotify\.(?:app\.)?link)\/\S+/gi;

/** The link that is meant by this text: one to a song, where there are several. Null without any. */
function findLink(text: string): string | null {
  const links = text.match(linkWithin) ?? [];
  return links.find((link) => /[:/]track[:/]/i.test(link)) ?? links[0] ?? null;
}

/** What is asked for when somebody types or pastes this; what sharing adds to a link says nothing about the song. */
function readWords(text: string): string {
  const words = text.trim().replaceAll(/\s+/g, ' ');
  const link = findLink(words);
  return (link === null ? words : (parseTrackUri(link) ?? link.replace(/[?#].*$/, ''))).slice(0, mostCharacters);
}

/**
 * A search as somebody types: asks after a pause, at once for a pasted link, and only for what was typed last. For
 * `useSyncExternalStore`.
 */
export class SongSearch {
  readonly #ask: Ask;
  readonly #listeners = new Set<() => void>();
  #state = nothing;
  #words = '';
  #timer: ReturnType<typeof setTimeout> | null = null;
  #request: AbortController | null = null;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  readonly getState = (): SearchState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Takes what stands in the field. */
  type(text: string): void {
    const words = readWords(text);
    if (words === this.#words) return;
    this.#words = words;
    this.#stop();
    if (words === '') return this.#set(nothing);
    this.#set({ ...this.#state, isLoading: true });
    this.#timer = setTimeout(() => void this.#load(0), isSpotifyLink(words) ? 0 : pauseMs);
  }

  /** Asks at once for what stands in the field, also when that failed before. */
  now(): void {
    if (this.#words === '') return;
    const isShown = this.#state.found === this.#words && this.#state.error === null;
    if (!isShown || this.#timer !== null) void this.#load(0);
  }

  /** Asks for the next results. */
  more(): void {
    const { nextOffset, isLoading } = this.#state;
    if (nextOffset !== null && !isLoading) void this.#load(nextOffset);
  }

  /**
   * Asks again why songs cannot be added, after one was: it may have been the last that fits, or another version of the same song. Nobody
   * waits for it, and a failure changes nothing.
   */
  async refresh(): Promise<void> {
    const { found, isLoading } = this.#state;
    if (isLoading || found === '') return;
    const request = new AbortController();
    this.#request = request;
    const answer = await this.#ask(found, 0, request.signal).catch(() => null);
    if (answer === null || request.signal.aborted) return;
    const fresh = new Map(answer.tracks.map((song) => [song.uri, song]));
    this.#set({ ...this.#state, results: this.#state.results.map((song) => fresh.get(song.uri) ?? song) });
  }

  /** Gives up what is on its way. */
  close(): void {
    this.#stop();
  }

  #stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#request?.abort();
    this.#request = null;
  }

  async #load(offset: number): Promise<void> {
    this.#stop();
    const request = new AbortController();
    this.#request = request;
    const words = this.#words;
    this.#set({ ...this.#state, isLoading: true, error: null });
    try {
      const { tracks, nextOffset = null } = await this.#ask(words, offset, request.signal);
      if (request.signal.aborted) return;
      const before = offset === 0 ? [] : this.#state.results;
      const known = new Set(before.map(({ uri }) => uri));
      const results = [...before, ...tracks.filter(({ uri }) => !known.has(uri))];
      this.#set({ results, nextOffset, isLoading: false, found: words, error: null });
    } catch (error) {
      if (request.signal.aborted) return;
      if (!(error instanceof ApiError)) throw error;
      // Of a link that means no song nothing was asked that older results could answer.
      const shown = error.code === 'invalid_uri' ? nothing : this.#state;
      this.#set({ ...shown, isLoading: false, error });
    }
  }

  #set(state: SearchState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
