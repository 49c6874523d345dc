import { randomUUID } from 'node:crypto';
import { until } from '@/testing/until';
import type { SkipVoteResponse } from '@/lib/shared/contract/playback';
import type { Deployment } from '@/testing/deployments/deployment';
import { enter, hostRoom } from '@/testing/people/party';
import { chooseApp, makeApp } from '@/testing/people/own-app';
import { Screen } from '@/testing/people/screen';
import { logIn } from '@/testing/people/spotify-login';
import { Ledger } from './ledger';
import { Member } from './member';
import { Records } from './records';
import { Songs } from './songs';

export interface PartyOptions {
  /** Guests whose screens are open at each instance. The first instance watches the room. */
  readonly guests: readonly number[];
  readonly votesToSkip?: number;
  /** The host logs in through a Spotify app of their own, whose refreshes bring a new refresh token each. */
  readonly ownApp?: boolean;
}

/**
 * A room full of people with open screens, and a host of its own whose Spotify plays. The first instance is the one that watches: only its
 * screens are open when the lease is taken, and a lease stays where it is.
 */
export class Party {
  readonly deployment: Deployment;
  readonly records: Records;
  readonly ledger = new Ledger();
  readonly songs: Songs;
  readonly account = `host-${randomUUID().slice(0, 12)}`;
  readonly host: Member;
  readonly guests: Member[] = [];
  readonly screens: Screen[] = [];
  code = '';
  roomId = '';
  hostSessionId = '';
  /** The log of calls before this party began. */
  firstCall = 0;

  private constructor(deployment: Deployment) {
    this.deployment = deployment;
    this.records = new Records(deployment.databaseUrl);
    this.host = this.#newMember();
    this.songs = new Songs(this);
  }

  static async begin(deployment: Deployment, options: PartyOptions): Promise<Party> {
    const party = new Party(deployment);
    try {
      await party.#begin(options);
    } catch (error) {
      await party.end();
      throw error;
    }
    return party;
  }

  get path(): string {
    return `/api/rooms/${this.code}`;
  }

  get control(): Deployment['control'] {
    return this.deployment.control;
  }

  /** Lets somebody in. */
  async join(name: string, instance: number): Promise<Member> {
    const guest = this.#newMember();
    guest.instance = instance;
    guest.id = (await enter(this.path, guest, name)).memberId;
    this.ledger.note({ key: `member ${guest.id}`, value: name }, 'acknowledged');
    this.guests.push(guest);
    return guest;
  }

  /** Opens a screen of somebody. */
  watch(member: Member, instance: number): Screen {
    const screen = new Screen({ person: member, urls: this.deployment.urls, first: instance, path: this.path });
    this.screens.push(screen);
    return screen;
  }

  /** Everybody closes the page; none of these screens is looked at any more. */
  async closeScreens(): Promise<void> {
    await Promise.all(this.screens.splice(0).map((screen) => screen.close()));
  }

  /** Waits until every open screen, or every one at an instance, shows something. */
  async shows(look: (screen: Screen) => boolean, timeoutMs = 30_000, at?: number): Promise<void> {
    const meant = (): readonly Screen[] => this.screens.filter((screen) => at === undefined || screen.at === at);
    await until(() => meant().length > 0 && meant().every(look), timeoutMs).catch((error: unknown) => {
      const seen = meant().map(({ latest }) => `${latest?.version} ${latest?.playback.track?.name}`);
      throw new Error(`The screens show: ${seen.join(', ')}.`, { cause: error });
    });
  }

  /** What is on, on every screen. */
  async playId(): Promise<string> {
    await this.shows((screen) => screen.latest?.playback.playId === this.screens[0]?.latest?.playback.playId);
    const playId = this.screens[0]?.latest?.playback.playId;
    if (playId == null) throw new Error('Nothing plays.');
    return playId;
  }

  /** Presses next on the host's own phone. @returns the song that plays then */
  async pressNext(): Promise<string> {
    const { itemUri } = await this.control.press(this.account, { press: 'next' });
    if (itemUri === null) throw new Error('Nothing plays on the phone.');
    return itemUri;
  }

  /** A song shown on every screen. */
  showsTrack(uri: string, timeoutMs?: number, at?: number): Promise<void> {
    return this.shows(({ latest }) => latest?.playback.track?.uri === uri, timeoutMs, at);
  }

  /** The name by which changes of the room are told apart. */
  rename(member: Member, name: string) {
    return member.change('PATCH', this.path, { name }, [{ key: 'room name', value: name }]);
  }

  async vote(member: Member, playId: string) {
    const answer = await member.send<SkipVoteResponse>('POST', `${this.path}/skip-votes`, { json: { playId } });
    // A vote for a song that is being skipped already leaves nothing behind.
    const counted = answer.status === 200 && !answer.body.skipped;
    if (counted) this.ledger.note({ key: `vote ${playId} ${member.id}`, value: 'yes' }, 'acknowledged');
    return answer;
  }

  /** Takes everybody out and closes what was open; the room goes on existing. */
  async end(): Promise<void> {
    await Promise.all(this.screens.map((screen) => screen.close()));
    await this.records.close();
  }

  #newMember(): Member {
    return new Member({ urls: this.deployment.urls, ledger: this.ledger });
  }

  async #begin({ guests, votesToSkip = 2, ownApp = false }: PartyOptions): Promise<void> {
    const { control, host } = this;
    this.firstCall = (await control.calls()).at(-1)?.sequence ?? 0;
    await control.addAccount({ key: this.account, displayName: `Host ${this.account.slice(-4)}` });
    await control.press(this.account, { press: 'play' });
    if (ownApp) await chooseApp(host, await makeApp(control, this.account, host));
    await logIn(host, this.account);
    this.code = (await hostRoom(host, { name: 'Party', guestsCanPause: true, votesToSkip })).code;
    const room = await this.records.room(this.code);
    this.roomId = room.id;
    this.hostSessionId = room.hostSessionId;
    this.ledger.note({ key: 'room name', value: 'Party' }, 'acknowledged');
    this.ledger.note({ key: 'room votesToSkip', value: String(votesToSkip) }, 'acknowledged');
    for (const [instance, count] of guests.entries()) await this.#open(instance, count);
    await this.shows(({ latest }) => latest?.playback.track != null);
  }

  async #open(instance: number, count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      this.watch(await this.join(`Guest ${instance}.${index}`, instance), instance);
    }
    if (instance > 0) return;
    this.watch(this.host, 0);
    await until(async () => (await this.records.lease(this.roomId))?.live);
  }
}
