import 'server-only';

/** Where the server around Next finds what to do before the process ends; see server/serve.ts. */
const hooks: unique symbol = Symbol.for('roomtone.shutdown');

type Hook = () => Promise<void> | void;

interface HookHolder {
  [hooks]?: Set<Hook>;
}

/** Has `hook` called once when this process is asked to end, before its last requests are waited for. */
export function onShutdown(hook: Hook): void {
  const holder: HookHolder & typeof globalThis = globalThis;
  (holder[hooks] ??= new Set()).add(hook);
}
