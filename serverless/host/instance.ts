import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { z } from 'zod';
import type { Variables } from '@/scripts/local/environment';
import { root } from '@/scripts/local/paths';
import type { BuiltFunction } from '@/serverless/output/build-output';
import { noteInstance, forgetInstance } from './left-over';
import type { Platform } from './platform';

const message = z.discriminatedUnion('type', [
  z.object({ type: z.literal('listening'), port: z.number() }),
  z.object({ type: z.literal('quiet'), cpuMs: z.number() }),
  z.object({ type: z.literal('state'), ask: z.number(), running: z.number(), cpuMs: z.number() }),
]);

export interface InstanceOptions {
  /** Of this instance alone, such as `events-2`. */
  readonly name: string;
  readonly node: string;
  readonly built: BuiltFunction;
  /** Where the function is laid out. */
  readonly folder: string;
  readonly variables: Variables;
  readonly platform: Platform;
  readonly onOutput: (text: string) => void;
}

/**
 * A process that runs one function. It is stopped (SIGSTOP) when nothing has run in it for a moment, neither a request nor anything given to
 * `waitUntil`, and goes on (SIGCONT) with the next request; its timers and connections know nothing of the time in between.
 */
export class Instance {
  readonly name: string;
  readonly agent = new Agent({ keepAlive: true, maxSockets: Infinity, timeout: 0 });
  /** Resolves when the process has ended. */
  readonly ended: Promise<void>;
  /** Requests that run. */
  open = 0;
  /** When the last request ended, in ms. */
  idleSince = Date.now();
  frozen = false;
  /** How often it was frozen. */
  freezes = 0;
  /** Used by the process so far, in ms. */
  cpuMs = 0;
  /** Time with a request, or something given to `waitUntil`, in ms. */
  #busyMs = 0;
  #busySince: number | null = null;
  readonly #child: ChildProcess;
  readonly #platform: Platform;
  #port = 0;
  #timer: NodeJS.Timeout | null = null;
  #asked = 0;
  #ending = false;
  #gone = false;

  private constructor({ name, node, built, folder, variables, platform, onOutput }: InstanceOptions) {
    this.name = name;
    this.#platform = platform;
    const program = join(root, 'serverless', 'instance', 'main.ts');
    this.#child = spawn(node, [program, built.handler, built.useWebApi ? 'web' : 'node'], {
      cwd: folder,
      env: { NODE_ENV: 'production', ...built.environment, ...variables },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child.stdout?.on('data', (chunk: Buffer) => onOutput(chunk.toString()));
    this.#child.stderr?.on('data', (chunk: Buffer) => onOutput(chunk.toString()));
    this.#child.on('message', (value) => this.#hear(value));
    this.ended = once(this.#child, 'exit').then(() => {
      this.#gone = true;
      if (this.#timer !== null) clearTimeout(this.#timer);
      this.#settleBusy();
      this.agent.destroy();
      forgetInstance(this.pid);
    });
    noteInstance(this.pid);
  }

  /** Starts one; resolves when it takes requests. */
  static async start(options: InstanceOptions): Promise<Instance> {
    const instance = new Instance(options);
    await Promise.race([
      new Promise<void>((resolve) => instance.#child.on('message', () => instance.#port > 0 && resolve())),
      instance.ended.then(() => {
        throw new Error(`${options.name} ended while it started.`);
      }),
    ]);
    instance.#awaitQuiet();
    return instance;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get port(): number {
    return this.#port;
  }

  get gone(): boolean {
    return this.#gone;
  }

  /** Time with a request, or something given to `waitUntil`, until now, in ms. */
  get busyMs(): number {
    return this.#busyMs + (this.#busySince === null ? 0 : Date.now() - this.#busySince);
  }

  /** A request begins: the process is awake until it ends. */
  begin(): void {
    this.open += 1;
    this.#busySince ??= Date.now();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.thaw();
  }

  end(): void {
    this.open -= 1;
    if (this.open > 0) return;
    this.idleSince = Date.now();
    this.#awaitQuiet();
  }

  thaw(): void {
    if (!this.frozen || this.#gone) return;
    this.frozen = false;
    this.#child.kill('SIGCONT');
  }

  /** As the platform takes an instance away: SIGTERM, awake, and the end a moment later. */
  async stop(): Promise<void> {
    if (this.#gone) return;
    this.#ending = true;
    this.#child.kill('SIGTERM');
    this.thaw();
    const insist = setTimeout(() => this.kill(), this.#platform.graceMs);
    await this.ended;
    clearTimeout(insist);
  }

  kill(): void {
    if (!this.#gone) this.#child.kill('SIGKILL');
  }

  /** Asks the process what it used. At once where it is frozen: it used nothing since. */
  async measure(): Promise<void> {
    if (this.frozen || this.#gone) return;
    const answered = new Promise<void>((resolve) => this.#child.once('message', () => resolve()));
    this.#ask();
    await Promise.race([answered, this.ended]);
  }

  #hear(value: unknown): void {
    const heard = message.parse(value);
    if (heard.type === 'listening') {
      this.#port = heard.port;
      return;
    }
    this.cpuMs = heard.cpuMs;
    if (heard.type === 'quiet') this.#awaitQuiet();
    else if (heard.ask === this.#asked && heard.running === 0) this.#freeze();
  }

  /** Looks, a moment from now, whether it can be frozen. */
  #awaitQuiet(): void {
    if (this.#gone || this.frozen || this.open > 0 || this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#ask();
    }, this.#platform.freezeAfterMs ?? 1_000);
  }

  #ask(): void {
    this.#asked += 1;
    // One that ends meanwhile hears nothing more, and is noticed by its end.
    if (!this.#gone && this.#child.connected) this.#child.send({ ask: this.#asked }, () => undefined);
  }

  #freeze(): void {
    // What it said before it was asked to end is not heard any more: it would not hear that it has to.
    if (this.#gone || this.#ending || this.frozen || this.open > 0) return;
    this.#settleBusy();
    if (this.#platform.freezeAfterMs === null) return;
    this.frozen = true;
    this.freezes += 1;
    this.#child.kill('SIGSTOP');
  }

  #settleBusy(): void {
    if (this.#busySince === null) return;
    this.#busyMs += Date.now() - this.#busySince;
    this.#busySince = null;
  }
}
