import { type ControlClient, createControlClient } from '@/simulator/control-client';
import type { Variables } from '@/scripts/local/environment';
import { freePort } from '@/scripts/local/free-port';
import { type Instance, startInstance } from './instance';
import { type SimulatorProcess, startSimulatorProcess } from '@/scripts/processes/simulator-process';
import { createTestDatabases, dropTestDatabases, type TestServer } from './test-server';

export interface DeploymentOptions {
  /** The PostgreSQL that it makes a database of its own on. */
  readonly server: TestServer;
  readonly label: string;
  readonly instances: number;
  readonly variables?: Variables;
  readonly nodeOptions?: readonly string[];
}

/**
 * Several instances of the built app on one database, with a simulated Spotify: what browser, fault and benchmark programs drive. The first
 * instance's address is the one that Spotify returns to.
 */
export class Deployment {
  readonly databaseUrl: string;
  readonly simulator: SimulatorProcess;
  readonly control: ControlClient;
  readonly #options: DeploymentOptions;
  readonly #ports: readonly number[];
  readonly #instances: (Instance | null)[] = [];

  private constructor(
    options: DeploymentOptions,
    databaseUrl: string,
    simulator: SimulatorProcess,
    ports: readonly number[],
  ) {
    this.#options = options;
    this.databaseUrl = databaseUrl;
    this.simulator = simulator;
    this.control = createControlClient(simulator);
    this.#ports = ports;
  }

  static async start(options: DeploymentOptions): Promise<Deployment> {
    const [databaseUrl = ''] = await createTestDatabases(options.server, process.pid, [options.label]);
    const ports: number[] = [];
    while (ports.length < options.instances) ports.push(await freePort());
    const simulator = await startSimulatorProcess({
      clientId: 'test-client',
      clientSecret: 'test-client-secret',
      controlSecret: 'test-control-secret',
      redirectUris: [`http://127.0.0.1:${ports[0]}/api/spotify/callback`],
    });
    const deployment = new Deployment(options, databaseUrl, simulator, ports);
    await Promise.all(ports.map((_, index) => deployment.startInstance(index)));
    return deployment;
  }

  /** The addresses of all instances, running or not. */
  get urls(): readonly string[] {
    return this.#ports.map((port) => `http://127.0.0.1:${port}`);
  }

  url(index: number): string {
    return this.urls[index] ?? '';
  }

  pid(index: number): number {
    const instance = this.#instances[index];
    if (!instance) throw new Error(`Instance ${index} does not run.`);
    return instance.pid;
  }

  runs(index: number): boolean {
    return this.#instances[index] != null;
  }

  /** Starts an instance where it was before. */
  async startInstance(index: number): Promise<void> {
    const port = this.#ports[index];
    if (port === undefined) throw new Error(`There is no instance ${index}.`);
    const { variables, nodeOptions } = this.#options;
    this.#instances[index] = await startInstance({
      databaseUrl: this.databaseUrl,
      spotify: this.simulator.variables,
      port,
      appUrl: this.url(0),
      ...(variables === undefined ? {} : { variables }),
      ...(nodeOptions === undefined ? {} : { nodeOptions }),
    });
  }

  /** `kill -9`: the instance gets no word, and nothing it had in hand is finished. */
  async kill(index: number): Promise<void> {
    const instance = this.#instances[index];
    if (!instance) return;
    this.#instances[index] = null;
    process.kill(instance.pid, 'SIGKILL');
    await instance.ended;
  }

  /** Asks an instance to end, as a platform does before a new version. @returns after how many ms it had ended */
  async terminate(index: number): Promise<number> {
    const started = Date.now();
    await this.#instances[index]?.stop();
    this.#instances[index] = null;
    return Date.now() - started;
  }

  /** Freezes an instance in the middle of whatever it does. */
  pause(index: number): void {
    process.kill(this.pid(index), 'SIGSTOP');
  }

  resume(index: number): void {
    process.kill(this.pid(index), 'SIGCONT');
  }

  async stop(): Promise<void> {
    await Promise.all(this.#instances.map(async (instance) => instance?.stop()));
    await this.simulator.stop();
    await dropTestDatabases(this.#options.server, process.pid);
  }
}
