import type { Variables } from '@/scripts/local/environment';
import type { BuiltFunction } from '@/serverless/output/build-output';
import { Instance } from './instance';
import type { InstanceVariables, Platform } from './platform';

/** What a function has used, for its cost. */
export interface Usage {
  readonly invocations: number;
  /** Instances started so far, and the most that lived at a time. */
  readonly started: number;
  readonly most: number;
  readonly freezes: number;
  readonly cpuMs: number;
  /** Memory by the time in which something ran. */
  readonly gbSeconds: number;
}

export interface PoolOptions {
  readonly node: string;
  readonly built: BuiltFunction;
  readonly folder: string;
  readonly platform: Platform;
  readonly variables: Variables;
  readonly instanceVariables: InstanceVariables;
  readonly onOutput: (instance: string, text: string) => void;
}

interface Slot {
  readonly started: Promise<Instance>;
  instance: Instance | null;
  /** Requests that were given to it. */
  assigned: number;
}

/** An instance that a request has got, until it gives it back. */
export interface Taken {
  readonly instance: Instance;
  giveBack(): void;
}

/** The instances of one function of one deployment. */
export class Pool {
  readonly built: BuiltFunction;
  readonly #options: PoolOptions;
  readonly #slots = new Set<Slot>();
  readonly #ended: Instance[] = [];
  #invocations = 0;
  #started = 0;
  #most = 0;
  #draining = false;

  constructor(options: PoolOptions) {
    this.built = options.built;
    this.#options = options;
  }

  get instances(): readonly Instance[] {
    return [...this.#slots].flatMap(({ instance }) => instance ?? []);
  }

  /** The first instance with room, or a new one. */
  async take(): Promise<Taken> {
    const { concurrency } = this.#options.platform;
    const slot = [...this.#slots].find(({ assigned }) => assigned < concurrency) ?? this.#add();
    slot.assigned += 1;
    const instance = await slot.started.catch((error: unknown) => {
      this.#slots.delete(slot);
      throw error;
    });
    // It ended since: the next one takes the request.
    if (instance.gone) return this.take();
    this.#invocations += 1;
    instance.begin();
    let given = false;
    return {
      instance,
      giveBack: () => {
        if (given) return;
        given = true;
        slot.assigned -= 1;
        instance.end();
        if (this.#draining && slot.assigned === 0) void this.#end(slot);
      },
    };
  }

  /** Takes away what nobody has needed for long. */
  sweep(): void {
    const before = Date.now() - this.#options.platform.idleMs;
    for (const slot of this.#slots) {
      if (slot.assigned === 0 && slot.instance !== null && slot.instance.idleSince < before) void this.#end(slot);
    }
  }

  /** Ends each instance as soon as nothing runs in it: another deployment has taken over. */
  drain(): void {
    this.#draining = true;
    for (const slot of this.#slots) if (slot.assigned === 0) void this.#end(slot);
  }

  /** Takes one instance away as the platform does when there are too many, whatever runs in it. */
  async takeAway(instance: Instance): Promise<void> {
    const slot = [...this.#slots].find((each) => each.instance === instance);
    if (slot !== undefined) await this.#end(slot);
  }

  async stop(): Promise<void> {
    this.#draining = true;
    await Promise.all([...this.#slots].map((slot) => this.#end(slot)));
  }

  async usage(): Promise<Usage> {
    const all = [...this.#ended, ...this.instances];
    await Promise.all(all.map((instance) => instance.measure()));
    const sum = (of: (instance: Instance) => number): number => all.reduce((total, each) => total + of(each), 0);
    return {
      invocations: this.#invocations,
      started: this.#started,
      most: this.#most,
      freezes: sum(({ freezes }) => freezes),
      cpuMs: sum(({ cpuMs }) => cpuMs),
      gbSeconds: (sum(({ busyMs }) => busyMs) / 1_000) * this.#memoryGb(),
    };
  }

  #memoryGb(): number {
    return this.built.memory === undefined ? this.#options.platform.memoryGb : this.built.memory / 1_024;
  }

  #add(): Slot {
    this.#started += 1;
    const name = `${this.built.name}#${this.#started}`;
    const slot: Slot = { started: this.#start(name), instance: null, assigned: 0 };
    this.#slots.add(slot);
    this.#most = Math.max(this.#most, this.#slots.size);
    const onStart = (instance: Instance): void => {
      slot.instance = instance;
      void instance.ended.then(() => {
        this.#slots.delete(slot);
        this.#ended.push(instance);
      });
    };
    slot.started.then(onStart, () => this.#slots.delete(slot));
    return slot;
  }

  async #start(name: string): Promise<Instance> {
    const { node, built, folder, platform, variables, instanceVariables, onOutput } = this.#options;
    const own = await instanceVariables(name);
    return Instance.start({
      name,
      node,
      built,
      folder,
      platform,
      variables: { ...variables, ...own },
      onOutput: (text) => onOutput(name, text),
    });
  }

  async #end(slot: Slot): Promise<void> {
    this.#slots.delete(slot);
    const instance = await slot.started.catch(() => null);
    await instance?.stop();
  }
}
