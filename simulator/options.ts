import * as z from 'zod';
import type { SimulatorOptions } from './world/world';

const integer = (fallback: number, max: number) => z.coerce.number().int().min(0).max(max).default(fallback);

const environment = z.object({
  SIMULATOR_PORT: integer(0, 65_535),
  SIMULATOR_CLIENT_ID: z.string().min(1),
  SIMULATOR_CLIENT_SECRET: z.string().min(1),
  /** Separated by commas or spaces. */
  SIMULATOR_REDIRECT_URIS: z
    .string()
    .transform((list) => list.split(/[\s,]+/).filter((uri) => uri !== ''))
    .pipe(z.array(z.url()).min(1)),
  SIMULATOR_CONTROL_SECRET: z.string().min(16),
  SIMULATOR_STATE_FILE: z.string().min(1).optional(),
  SIMULATOR_LAG_MS: integer(400, 60_000),
});

export type OptionsResult =
  | { readonly ok: true; readonly options: SimulatorOptions; readonly exitWithParent: boolean }
  | { readonly ok: false; readonly message: string };

/** Reads what the simulator is started with. Secrets come by environment, since arguments show in process lists. */
export function parseOptions(
  env: Readonly<Record<string, string | undefined>>,
  args: readonly string[],
): OptionsResult {
  const unknown = args.find((arg) => arg !== '--exit-with-parent');
  if (unknown !== undefined) return { ok: false, message: `Unknown argument ${unknown}.` };
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    return { ok: false, message: `The simulator cannot start. ${problems.join('; ')}.` };
  }
  const { data } = parsed;
  return {
    ok: true,
    exitWithParent: args.includes('--exit-with-parent'),
    options: {
      port: data.SIMULATOR_PORT,
      clientId: data.SIMULATOR_CLIENT_ID,
      clientSecret: data.SIMULATOR_CLIENT_SECRET,
      redirectUris: data.SIMULATOR_REDIRECT_URIS,
      controlSecret: data.SIMULATOR_CONTROL_SECRET,
      stateFile: data.SIMULATOR_STATE_FILE ?? null,
      lagMs: data.SIMULATOR_LAG_MS,
      basePath: '',
      clock: Date.now,
    },
  };
}
