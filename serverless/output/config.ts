import { z } from 'zod';

const condition = z.object({
  type: z.enum(['host', 'header', 'cookie', 'query']),
  key: z.string().optional(),
  value: z.unknown().optional(),
});

const source = z.object({
  src: z.string(),
  dest: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  methods: z.array(z.string()).optional(),
  continue: z.boolean().optional(),
  override: z.boolean().optional(),
  caseSensitive: z.boolean().optional(),
  check: z.boolean().optional(),
  important: z.boolean().optional(),
  status: z.number().optional(),
  has: z.array(condition).optional(),
  missing: z.array(condition).optional(),
  middlewarePath: z.string().optional(),
});

const handle = z.object({ handle: z.enum(['filesystem', 'resource', 'miss', 'rewrite', 'hit', 'error']) });

const schema = z.object({
  version: z.literal(3),
  routes: z.array(z.union([handle, source])).default([]),
  overrides: z
    .record(z.string(), z.object({ path: z.string().optional(), contentType: z.string().optional() }))
    .default({}),
  crons: z.array(z.object({ path: z.string(), schedule: z.string() })).default([]),
});

/** What decides whether a route applies to a request, besides its path. */
export type Condition = z.infer<typeof condition>;
/** One rule of the routing, of https://vercel.com/docs/build-output-api/configuration */
export type SourceRoute = z.infer<typeof source>;
/** When routes apply; those before the first mark apply first. */
export type Phase = z.infer<typeof handle>['handle'] | 'first';

/** `config.json` of a build's output. */
export type OutputConfig = z.infer<typeof schema>;

/** @throws {z.ZodError} when it is of another version, or has something that the host here does not know */
export function parseConfig(text: string): OutputConfig {
  return schema.parse(JSON.parse(text));
}

/** The routes by the phase in which they apply, in their order. */
export function routesByPhase({ routes }: OutputConfig): ReadonlyMap<Phase, readonly SourceRoute[]> {
  const phases = new Map<Phase, SourceRoute[]>();
  let phase: Phase = 'first';
  for (const route of routes) {
    if ('handle' in route) phase = route.handle;
    else phases.set(phase, [...(phases.get(phase) ?? []), route]);
  }
  return phases;
}
