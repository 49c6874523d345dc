/** Environment variables by name, as a process has them. */
type Source = Readonly<Record<string, string | undefined>>;

const given = (source: Source, name: string): string | undefined => source[name]?.trim() || undefined;

/** Whether this is a preview of a branch on Vercel, or a build of one. */
export function isPreview(source: Source): boolean {
  return given(source, 'VERCEL') === '1' && given(source, 'VERCEL_ENV') === 'preview';
}

/** Whether a platform serves this to everybody, so that its address can be nobody's own machine. `vercel dev` is a laptop. */
export function isDeployed(source: Source): boolean {
  return given(source, 'VERCEL') === '1' && given(source, 'VERCEL_ENV') !== 'development';
}

/** `https://` + a name that Vercel gives; undefined where it gives none. */
const named = (name: string | undefined): string | undefined => (name === undefined ? undefined : `https://${name}`);

/**
 * The address of the app, unchecked; undefined where nobody said one and none can be assumed.
 *
 * A preview is its own address, whatever `APP_URL` says, which is the production site's: the branch's name, which stays the same over its
 * deployments, so that cookies and links do; else the deployment's. A production site is where `APP_URL` says, else where Vercel has it.
 * Everything else is a laptop, on its port.
 */
export function findAppUrl(source: Source): string | undefined {
  if (isPreview(source)) return named(given(source, 'VERCEL_BRANCH_URL') ?? given(source, 'VERCEL_URL'));
  const url = given(source, 'APP_URL') ?? named(given(source, 'VERCEL_PROJECT_PRODUCTION_URL'));
  return url ?? (isDeployed(source) ? undefined : `http://127.0.0.1:${given(source, 'PORT') ?? '3000'}`);
}
