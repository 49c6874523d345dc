import { setTimeout as delay } from 'node:timers/promises';
import type { Member } from './member';
import type { Party } from './party';
import { actOnQueue } from './queue-load';

/** People who arrive while instances die; each one more makes every snapshot longer. */
const mostArrivals = 30;

/** After a request that failed, in ms: as somebody does who presses again. */
const pauseMs = 50;

/**
 * People who do what people do in a room, each one thing after the other, through whichever instance takes it, until they are told to stop.
 */
export class Load {
  readonly #party: Party;
  readonly #uris: readonly string[];
  readonly #random: () => number;
  readonly #running: Promise<void>[];
  #stopped = false;
  #arrivals = 0;
  /** Commands sent to pause or play, whatever came of them. */
  readonly sent = { pause: 0, play: 0 };

  /** @param uris songs that people ask for */
  constructor(party: Party, uris: readonly string[], random: () => number) {
    this.#party = party;
    this.#uris = uris;
    this.#random = random;
    this.#running = [
      this.#repeat(party.host, (turn) => this.#changeSettings(turn)),
      ...party.guests.map((guest) => this.#repeat(guest, (turn) => this.#actAsGuest(guest, turn))),
    ];
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#running);
  }

  async #repeat(member: Member, act: (turn: number) => Promise<number>): Promise<void> {
    for (let turn = 1; !this.#stopped; turn += 1) {
      member.instance = Math.floor(this.#random() * this.#party.deployment.urls.length);
      const status = await act(turn);
      if (status < 200 || status >= 300) await delay(pauseMs);
    }
  }

  async #changeSettings(turn: number): Promise<number> {
    const { host, path } = this.#party;
    if (turn % 2 === 0) return (await this.#party.rename(host, `Party ${turn}`)).status;
    const votesToSkip = 2 + (turn % 3);
    const change = { key: 'room votesToSkip', value: String(votesToSkip) };
    return (await host.change('PATCH', path, { votesToSkip }, [change])).status;
  }

  async #actAsGuest(guest: Member, turn: number): Promise<number> {
    const dice = this.#random();
    if (dice < 0.25) return this.#rename(guest, turn);
    if (dice < 0.45) return this.#vote(guest);
    if (dice < 0.55) return this.#arrive();
    if (dice < 0.85) return actOnQueue(this.#party, guest, this.#uris, this.#random);
    return this.#command(guest, dice < 0.925 ? 'pause' : 'play');
  }

  async #rename(guest: Member, turn: number): Promise<number> {
    const name = `Guest ${turn}`;
    const change = { key: `member ${guest.id}`, value: name };
    return (await guest.change('POST', `${this.#party.path}/members`, { name }, [change])).status;
  }

  async #vote(guest: Member): Promise<number> {
    const playId = this.#party.screens[0]?.latest?.playback.playId;
    return playId == null ? 0 : (await this.#party.vote(guest, playId)).status;
  }

  async #command(guest: Member, command: 'pause' | 'play'): Promise<number> {
    this.sent[command] += 1;
    return (await guest.send('POST', `${this.#party.path}/playback/${command}`)).status;
  }

  async #arrive(): Promise<number> {
    if (this.#arrivals >= mostArrivals) return 0;
    this.#arrivals += 1;
    const instance = Math.floor(this.#random() * this.#party.deployment.urls.length);
    // Nobody was promised anything whose arrival had no answer.
    return this.#party.join(`Late ${this.#arrivals}`, instance).then(
      () => 201,
      () => 0,
    );
  }
}
