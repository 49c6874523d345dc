import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv as parseDotEnv } from 'node:util';
import { databaseNames } from '@/lib/server/runtime/database-names';
import { type DatabaseAddress, type Env, parseDatabase, parseEnv } from '@/lib/server/runtime/env';
import { root } from './paths';
import { UserError } from './steps';

/** Environment variables by name. */
export type Variables = Readonly<Record<string, string>>;

/** What the deployer said: the real environment, then `.env.local`, then `.env`. An empty value counts as nothing said. */
export function readVariables(): Variables {
  const files = ['.env', '.env.local'].map((name) => join(root, name)).filter(existsSync);
  const sources = [...files.map((file) => parseDotEnv(readFileSync(file, 'utf8'))), process.env];
  const entries = sources.flatMap((source) => Object.entries(source));
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => !!entry[1]?.trim()));
}

/**
 * The same where the sources are served: to this computer alone, unless HOST says otherwise. Next's tools of development are no thing of the
 * network's (WB-09).
 */
export function forSources(variables: Variables): Variables {
  return { HOST: '127.0.0.1', ...variables };
}

/**
 * The variables as the app will read them.
 *
 * @throws {UserError} with one line per variable that is missing or malformed
 */
export function requireEnv(variables: Variables): Env {
  const result = parseEnv(variables);
  if (!result.ok) throw new UserError(result.problems.join('\n'));
  return result.value;
}

/** Whether the deployer named a database, under whichever of its names. */
export function namesDatabase(variables: Variables): boolean {
  return databaseNames.some((name) => variables[name] !== undefined);
}

/**
 * The database, past its pooler, for programs that need nothing else.
 *
 * @throws {UserError} with one line per variable that is missing or malformed
 */
export function requireDatabase(variables: Variables): DatabaseAddress {
  const result = parseDatabase(variables);
  if (!result.ok) throw new UserError(result.problems.join('\n'));
  return result.value;
}
