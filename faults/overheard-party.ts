import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { createControlClient, type ControlClient } from '@/simulator/control-client';
import { freePort } from '@/scripts/local/free-port';
import { type SimulatorProcess, startSimulatorProcess } from '@/scripts/processes/simulator-process';
import { listening, siteVariables } from '@/testing/deployments/program';
import { createTestDatabases, dropTestDatabases, type TestServer } from '@/testing/deployments/test-server';
import { enter, hostRoom } from '@/testing/people/party';
import { Person } from '@/testing/people/person';
import { Screen } from '@/testing/people/screen';
import { until } from '@/testing/until';
import { beginLogin, consent } from '@/testing/people/spotify-login';
import { Records } from './records';
import { type ServerAlone, startAlone } from './server-alone';
import { startWiretap, type Wiretap } from './wiretap';

/** Somebody whose address a proxy has passed on. */
class Visitor extends Person {
  readonly address: string;
  id = '';

  constructor(url: string, address: string) {
    super(url);
    this.address = address;
  }

  override get headers(): Readonly<Record<string, string>> {
    return { 'x-forwarded-for': this.address, ...super.headers };
  }
}

interface Parts {
  readonly tap: Wiretap;
  readonly simulator: SimulatorProcess;
  readonly server: TestServer;
  readonly databaseUrl: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly alone: ServerAlone;
}

/**
 * A room at a server alone, with a host and two guests who have screens, of which everything is known that must not be told: between the
 * server and Spotify somebody listens, and all that is secret is a word of its own.
 */
export class OverheardParty {
  readonly alone: ServerAlone;
  readonly control: ControlClient;
  readonly records: Records;
  readonly account = `canary-${randomUUID().slice(0, 12)}`;
  readonly host: Visitor;
  readonly guests: readonly Visitor[];
  readonly screens: Screen[] = [];
  code = '';
  readonly #parts: Parts;
  readonly #told: string[] = [];
  #ended: Promise<number> | null = null;

  private constructor(parts: Parts) {
    this.#parts = parts;
    this.alone = parts.alone;
    this.control = createControlClient(parts.simulator);
    this.records = new Records(parts.databaseUrl);
    this.host = this.visitor('203.0.113.71');
    this.guests = ['203.0.113.72', '203.0.113.73'].map((address) => this.visitor(address));
  }

  /** @param more variables of the server */
  static async begin(server: TestServer, more: Readonly<Record<string, string>>): Promise<OverheardParty> {
    const [port, label] = [await freePort(), `overheard_${await freePort()}`];
    const [databaseUrl = ''] = await createTestDatabases(server, process.pid, [label]);
    const url = `http://127.0.0.1:${port}`;
    const simulator = await startSimulatorProcess({
      clientId: 'overheard-client',
      clientSecret: 'overheard-client-secret',
      controlSecret: 'overheard-control-secret',
      redirectUris: [`${url}/api/spotify/callback`],
    });
    const tap = await startWiretap(simulator.url);
    const variables = {
      ...siteVariables(databaseUrl, port),
      TRUSTED_HOPS: '1',
      RATE_LIMIT_FACTOR: '1000',
      ...simulator.variables,
      SPOTIFY_ACCOUNTS_URL: tap.url,
      SPOTIFY_API_URL: tap.url,
      ...more,
    };
    const alone = startAlone(variables);
    const party = new OverheardParty({ tap, simulator, server, databaseUrl, variables, alone });
    try {
      await party.#begin();
    } catch (error) {
      await party.end();
      throw error;
    }
    return party;
  }

  get path(): string {
    return `/api/rooms/${this.code}`;
  }

  /** Somebody else at an address of their own. */
  visitor(address: string): Visitor {
    return new Visitor(this.alone.url, address);
  }

  /** The newest state on the first screen. */
  get shown() {
    return this.screens[0]?.latest ?? null;
  }

  /** Everything that nobody may read in what the server says of itself, by kind: all of them longer than three letters. */
  async secrets(): Promise<Readonly<Record<string, readonly string[]>>> {
    const people = [this.host, ...this.guests];
    const { hostSessionId, id } = await this.records.room(this.code);
    const { SESSION_SECRET = '', SPOTIFY_CLIENT_SECRET = '', DATABASE_URL = '' } = this.#parts.variables;
    return {
      'Spotify’s': this.#parts.tap.heard(),
      login: this.#told,
      names: ['canary', this.account],
      code: [this.code],
      cookies: people.flatMap(({ cookies }) => [...cookies.values()]),
      ids: [hostSessionId, id, ...people.map((person) => person.id)],
      addresses: people.map(({ address }) => address),
      configuration: [SESSION_SECRET, SPOTIFY_CLIENT_SECRET, DATABASE_URL],
    };
  }

  /** Does something while the database takes nobody in, and has sent everybody away. */
  async withoutDatabase(work: () => Promise<void>): Promise<void> {
    const { server, databaseUrl } = this.#parts;
    const admin = new pg.Client({ connectionString: server.adminUrl });
    await admin.connect();
    const database = new URL(databaseUrl).pathname.slice(1);
    const name = admin.escapeIdentifier(database);
    try {
      await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
      // Until nobody is left: whoever was just coming in has no name yet.
      await until(async () => {
        const left = 'SELECT pg_terminate_backend("pid") FROM pg_stat_activity WHERE "datname" = $1';
        return (await admin.query(left, [database])).rowCount === 0;
      });
      await work();
    } finally {
      await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
      await admin.end();
    }
  }

  /** Asks the server to end, with screens open, and ends everything else; once. @returns the server's exit code */
  end(): Promise<number> {
    return (this.#ended ??= this.#end());
  }

  async #end(): Promise<number> {
    const { alone, tap, simulator, server } = this.#parts;
    alone.child.kill('SIGTERM');
    const { code } = await alone.ended;
    await Promise.all(this.screens.map((screen) => screen.close()));
    tap.close();
    await simulator.stop();
    await this.records.close();
    await dropTestDatabases(server, process.pid);
    return code;
  }

  async #begin(): Promise<void> {
    await listening(this.alone);
    const { host, account, control } = this;
    await control.addAccount({ key: account, displayName: 'Canary Person' });
    await control.press(account, { press: 'play' });
    const callback = await consent(await beginLogin(host), account);
    const { searchParams } = new URL(callback, this.alone.url);
    this.#told.push(searchParams.get('code') ?? '', searchParams.get('state') ?? '');
    await host.fetch('GET', callback);
    this.code = (await hostRoom(host, { name: 'Canary Kitchen', hostName: 'Canary Host', votesToSkip: 2 })).code;
    host.id = String((await host.get(this.path)).body.you.memberId);
    for (const [index, guest] of this.guests.entries())
      guest.id = (await enter(this.path, guest, `Canary Guest ${index}`)).memberId;
    for (const person of [host, ...this.guests])
      this.screens.push(new Screen({ person, urls: [this.alone.url], first: 0, path: this.path }));
  }
}

/** Fails when one of the texts says one of the secrets, in whatever letters. */
export function expectSilence(
  secrets: Readonly<Record<string, readonly string[]>>,
  texts: Readonly<Record<string, string>>,
): void {
  for (const [kind, values] of Object.entries(secrets)) {
    assert.ok(values.length > 0, `There is no secret of the kind ${kind}.`);
    for (const value of values) {
      assert.ok(value.length > 3, `A secret of the kind ${kind} is too short to be looked for.`);
      for (const [place, text] of Object.entries(texts)) {
        const at = text.toLowerCase().indexOf(value.toLowerCase());
        assert.equal(at, -1, `${place} says ${value} (${kind}): …${text.slice(Math.max(0, at - 200), at + 200)}…`);
      }
    }
  }
}
