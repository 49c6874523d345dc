import { loginHref } from '@/app/_components/login-href';

/** Spotify takes the account that agreed before without a word; this asks which one it shall be. */
export function OtherAccount({ code }: { readonly code: string }) {
  return (
    <a
      href={loginHref(`/room/${code}`, 'another')}
      className="inline-flex min-h-11 items-center text-quiet underline underline-offset-4 hover:text-ink"
    >
      Use another Spotify account
    </a>
  );
}
