import type { Answer } from '@/simulator/http/call';
import type { Account } from '@/simulator/world/accounts';
import { escapeHtml, page } from '@/simulator/http/page';

const scopeWords: Readonly<Record<string, string>> = {
  'user-read-playback-state': 'See what plays and on which device',
  'user-modify-playback-state': 'Control what plays on your devices',
  'user-read-currently-playing': 'See the song that plays now',
  'playlist-read-private': 'See your private playlists',
  'playlist-read-collaborative': 'See playlists you make with others',
  'playlist-modify-private': 'Make and change private playlists',
  'playlist-modify-public': 'Make and change public playlists',
};

/** The dialog in which an account holder lets the app in, or does not. A plain form; it works without script. */
export function consentPage(input: {
  readonly accounts: readonly Account[];
  readonly chosen: string;
  readonly scopes: readonly string[];
  /** Where the form goes. */
  readonly action: string;
  /** The request's own parameters, carried through the form as they came. */
  readonly request: URLSearchParams;
}): Answer {
  const hidden = [...input.request]
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
    .join('\n');
  const choices = input.accounts
    .map(
      (account) =>
        `<label><input type="radio" name="account" value="${escapeHtml(account.key)}"${
          account.key === input.chosen ? ' checked' : ''
        }><span>${escapeHtml(account.displayName)}<small>${escapeHtml(account.note)}</small></span></label>`,
    )
    .join('\n');
  const asks = input.scopes.map((scope) => `<li>${escapeHtml(scopeWords[scope] ?? scope)}</li>`).join('\n');
  return page(
    200,
    'Let the app in? · Simulated Spotify',
    `<h1>Let this app use your Spotify?</h1>
<p class="quiet">It asks to:</p>
<ul>${asks === '' ? '<li>See your public profile</li>' : asks}</ul>
<form method="post" action="${escapeHtml(input.action)}">
${hidden}
<fieldset><legend>Log in as</legend>
${choices}
</fieldset>
<div class="row">
<button class="go" name="decision" value="agree">Agree</button>
<button name="decision" value="cancel">Cancel</button>
</div>
</form>`,
  );
}

/** Spotify's own error page, from which no way leads back to the app. */
export function invalidClientPage(message: string): Answer {
  return page(
    400,
    'Not possible · Simulated Spotify',
    `<h1>This login cannot go on</h1>
<p><code>INVALID_CLIENT: ${escapeHtml(message)}</code></p>
<p class="quiet">The app sent something that is not registered. It is not told; go back by hand.</p>`,
  );
}
