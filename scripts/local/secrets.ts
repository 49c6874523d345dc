import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { dataPath } from './paths';
import { UserError } from './steps';

const secretsSchema = z.object({
  sessionSecret: z.string().min(32),
  databasePassword: z.string().min(16),
  simulatorClientId: z.string().min(8),
  simulatorClientSecret: z.string().min(16),
  simulatorControlSecret: z.string().min(16),
});

/** What this checkout keeps to itself: made once, readable by its owner only. */
export type Secrets = z.infer<typeof secretsSchema>;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const secretsFile = (): string => dataPath('secrets.json');

/** Whether this checkout has made its secrets before, and has kept them. */
export function hasSecrets(): boolean {
  return existsSync(secretsFile());
}

/** The checkout's secrets, made the first time. */
export function loadSecrets(): Secrets {
  const file = secretsFile();
  if (existsSync(file)) {
    const known = secretsSchema.safeParse(parseJson(readFileSync(file, 'utf8')));
    if (known.success) return known.data;
    // New ones would lock the host out of the database and end every login, so a person decides.
    throw new UserError(`${file} cannot be read. Restore it, or delete the folder it is in to begin anew.`);
  }
  const random = (bytes: number): string => randomBytes(bytes).toString('base64url');
  const secrets: Secrets = {
    sessionSecret: random(32),
    databasePassword: random(24),
    simulatorClientId: randomBytes(16).toString('hex'),
    simulatorClientSecret: random(24),
    simulatorControlSecret: random(24),
  };
  // Whole or not at all, whenever this process is killed; two first starts at once agree on the one that was written first.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch {
    if (!existsSync(file)) renameSync(draft, file);
  }
  rmSync(draft, { force: true });
  return secretsSchema.parse(parseJson(readFileSync(file, 'utf8')));
}
