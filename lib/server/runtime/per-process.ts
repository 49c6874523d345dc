import 'server-only';

declare global {
  var roomtoneProcess: Map<string, unknown> | undefined;
}

/**
 * One value per process, made when first asked for. Next bundles instrumentation and route handlers as separate module
 * graphs, so a module-level variable would exist twice.
 */
export function perProcess<T>(key: string, create: () => T): T {
  const values = (globalThis.roomtoneProcess ??= new Map<string, unknown>());
  if (!values.has(key)) values.set(key, create());
  // Each key has one caller, so what is stored under it is what that caller's `create` made.
  return values.get(key) as T;
}
