import 'server-only';
import { z } from 'zod';
import { isCertificate } from './database-connection';

/** Bytes a session secret must have: its seals are keyed with one round of PBKDF2 only. */
const minSecretBytes = 32;

const exampleValue = /change.?me|example|secret.?here|your.?secret|0{16}|x{16}/i;

function isLoopbackHost(name: string): boolean {
  return name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name);
}

/** The address of the app as people open it. */
export const origin = z.string('is missing; set it to https://YOUR-SITE').transform((input, context) => {
  const url = URL.canParse(input) ? new URL(input) : null;
  const fail = (message: string): never => {
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  };
  if (url === null || url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '') {
    return fail('must be an origin such as https://room.example, without a path');
  }
  if (url.hostname === 'localhost') return fail('must not use localhost, which Spotify refuses; use 127.0.0.1');
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname))) return url.origin;
  return fail('must begin with https://, or with http://127.0.0.1 on your own machine');
});

const baseUrl = z.string().transform((input, context) => {
  const url = URL.canParse(input) ? new URL(input) : null;
  const safe =
    url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname)));
  if (safe) return input.replace(/\/+$/, '');
  context.addIssue({ code: 'custom', message: 'must be an https address, or http on 127.0.0.1' });
  return z.NEVER;
});

const databaseUrl = z
  .string(
    'is missing, and so is every name that a store sets in its place (POSTGRES_URL, …); set it to postgresql://user:password@host:5432/name, or use npm start, which brings its own',
  )
  .refine((input) => /^postgres(ql)?:\/\/\S+$/.test(input), { error: 'must begin with postgresql://', abort: true })
  .refine(
    (input) => URL.canParse(input),
    'cannot be read; a port is a number, and in user and password / is written %2F, # %23, ? %3F and : %3A',
  );

const databaseCa = z
  .string()
  // Forms that take one line only have it with the two characters \n in place of every end of a line.
  .transform((input) => input.replaceAll(String.raw`\n`, '\n').trim())
  .refine(isCertificate, 'must be a certificate in PEM: -----BEGIN CERTIFICATE----- and what follows');

/** The list of secrets that cookies are sealed and tokens encrypted with: the first one does, the others still open. */
export const sessionSecrets = z
  .string('is missing; set it to the output of: openssl rand -base64 32')
  .transform((input) => input.split(',').map((secret) => secret.trim()))
  .refine((list) => list.every((secret) => Buffer.byteLength(secret) >= minSecretBytes), {
    message: `must be ${minSecretBytes} bytes or longer; make one with: openssl rand -base64 32`,
  })
  .refine((list) => !list.some((secret) => exampleValue.test(secret)), {
    message: 'is an example value; make one with: openssl rand -base64 32',
  })
  .refine((list) => new Set(list).size === list.length, { message: 'names the same secret twice; remove one' });

function wholeNumber(min: number, max: number) {
  return z
    .string()
    .refine((input) => /^\d+$/.test(input) && Number(input) >= min && Number(input) <= max, {
      message: `must be a whole number from ${min} to ${max}`,
    })
    .transform(Number);
}

const factor = z
  .string()
  .refine((input) => Number(input) > 0 && Number.isFinite(Number(input)), 'must be a number above 0')
  .transform(Number);

/** A port to listen on. */
export const port = wholeNumber(0, 65_535);

const accessSecret = z.string().min(16, 'must be 16 characters or longer; make one with: openssl rand -base64 32');

/** From which level on lines are logged. */
export const logLevel = z.enum(
  ['debug', 'info', 'warn', 'error', 'silent'],
  'must be debug, info, warn, error or silent',
);

/** What has no blanks and no odd characters in it. */
const unbrokenText = z.string().regex(/^[\x21-\x7e]+$/, 'has blanks or odd characters in it; copy it once more');

/** Every variable of the app: its form, what it is without, and what is said where it is wrong. */
export const variables = z.object({
  SPOTIFY_CLIENT_ID: unbrokenText.optional(),
  SPOTIFY_CLIENT_SECRET: unbrokenText.optional(),
  SPOTIFY_OWN_APPS: z.enum(['on', 'off'], 'must be on or off').default('on'),
  SPOTIFY_ACCOUNTS_URL: baseUrl.default('https://accounts.spotify.com'),
  SPOTIFY_API_URL: baseUrl.default('https://api.spotify.com'),
  DEMO: z.enum(['on', 'off'], 'must be on or off').default('off'),
  SPOTIFY_SIMULATED: z.enum(['0', '1'], 'must be 1 or 0').default('0'),
  SPOTIFY_CALLS_PER_DAY: wholeNumber(1, 10_000_000).default(15_000),
  APP_URL: origin,
  SESSION_SECRET: sessionSecrets,
  DATABASE_URL: databaseUrl,
  DATABASE_DIRECT_URL: databaseUrl.optional(),
  DATABASE_CA: databaseCa.optional(),
  PORT: port.default(3_000),
  HOST: z.string().min(1).default('0.0.0.0'),
  TRUSTED_HOPS: wholeNumber(0, 10),
  RATE_LIMIT_FACTOR: factor.default(1),
  ALLOW_NEWER_DATABASE: z.enum(['0', '1'], 'must be 1 or 0').default('0'),
  MIGRATE_PREVIEWS: z.enum(['0', '1'], 'must be 1 or 0').default('0'),
  VERCEL_AUTOMATION_BYPASS_SECRET: z
    .string()
    .regex(/^[\w-]+$/)
    .optional()
    .catch(undefined),
  LOG_LEVEL: logLevel.optional(),
  METRICS_TOKEN: accessSecret.optional(),
  CRON_SECRET: accessSecret.optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url('must be an address such as http://127.0.0.1:4318').optional(),
});
