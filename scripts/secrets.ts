import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { dataPath } from './paths';

const secretsSchema = z.object({
  sessionSecret: z.string().min(32),
  databasePassword: z.string().min(16),
  simulatorClientId: z.string().min(8),
  simulatorClientSecret: z.string().min(16),
  simulatorControlSecret: z.string().min(16),
});

/** What this checkout keeps to itself: made once, readable by its owner only. */
export type Secrets = z.infer<typeof secretsSchema>;

/** The checkout's secrets, made the first time. */
export function loadSecrets(): Secrets {
  const file = dataPath('secrets.json');
  if (existsSync(file)) {
    const known = secretsSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (known.success) return known.data;
  }
  const random = (bytes: number): string => randomBytes(bytes).toString('base64url');
  const secrets: Secrets = {
    sessionSecret: random(32),
    databasePassword: random(24),
    simulatorClientId: randomBytes(16).toString('hex'),
    simulatorClientSecret: random(24),
    simulatorControlSecret: random(24),
  };
  writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  return secrets;
}
