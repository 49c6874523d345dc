import { setTimeout as delay } from 'node:timers/promises';
import type { RoomSnapshot } from '@/lib/shared/contract/snapshot';
import type { ControlClient } from '@/simulator/control-client';

/** Between two looks at the screen and at the truth, in ms. */
const everyMs = 500;

/** Between two looks at the screen alone, for the lag of a change, in ms. */
const screenMs = 50;

/** What a screen showed beside what was true, twice a second, as long as it was open. */
export class Looks {
  readonly #control: ControlClient;
  readonly #account: string;
  readonly #screen: () => RoomSnapshot | null;
  /** When the screen first showed each song, one run after the other. */
  readonly #shown: { readonly uri: string | null; readonly at: number }[] = [];
  readonly #watched: { readonly from: number; until: number }[] = [];
  #stopped = true;
  looks = 0;
  wrong = 0;

  constructor(control: ControlClient, account: string, screen: () => RoomSnapshot | null) {
    this.#control = control;
    this.#account = account;
    this.#screen = screen;
  }

  /** Begins to look; the screen shows something by now. */
  start(): void {
    if (!this.#stopped) return;
    this.#stopped = false;
    this.#watched.push({ from: Date.now(), until: Infinity });
    void this.#watchScreen();
    void this.#compare();
  }

  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    const last = this.#watched.at(-1);
    if (last !== undefined) last.until = Date.now();
  }

  /** How long what was true was not shown, in seconds. */
  get wrongSeconds(): number {
    return (this.wrong * everyMs) / 1_000;
  }

  /** How long it was looked, in seconds. */
  get seconds(): number {
    return (this.looks * everyMs) / 1_000;
  }

  /** After how many ms each song that began while somebody looked was on the screen; null where it never was. */
  async lags(): Promise<readonly (number | null)[]> {
    const { begun } = await this.#control.player(this.#account);
    return begun.flatMap(({ uri, at }, index) => {
      const until = begun[index + 1]?.at ?? Date.now();
      if (!this.#watched.some((watched) => at > watched.from && until < watched.until)) return [];
      const shown = this.#shown.find((each) => each.uri === uri && each.at >= at - screenMs);
      return [shown === undefined || shown.at > until + 60_000 ? null : Math.max(0, shown.at - at)];
    });
  }

  async #watchScreen(): Promise<void> {
    while (!this.#stopped) {
      const uri = this.#screen()?.playback.track?.uri ?? null;
      if (this.#shown.at(-1)?.uri !== uri) this.#shown.push({ uri, at: Date.now() });
      await delay(screenMs);
    }
  }

  async #compare(): Promise<void> {
    for (let next = Date.now() + everyMs; !this.#stopped; next += everyMs) {
      const { itemUri } = await this.#control.player(this.#account);
      this.looks += 1;
      if (this.#screen()?.playback.track?.uri !== itemUri) this.wrong += 1;
      await delay(Math.max(0, next - Date.now()));
    }
  }
}
