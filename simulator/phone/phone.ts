import { escapeHtml, page } from '@/simulator/http/page';
import { catalogue } from '@/simulator/catalogue/catalogue';
import { type Answer, type Call, seeOther, text } from '@/simulator/http/call';
import { applyPress } from '@/simulator/player/phone-press';
import type { World } from '@/simulator/world/world';

/** A page for trying the app out: the host's own Spotify app, with the buttons that matter here. */
export interface Phone {
  owns(path: string): boolean;
  serve(call: Call): Answer;
}

const presses = ['play', 'pause', 'next', 'previous'] as const;

/** Opens the page at `/`. `?account=sam` shows the other host's. */
export function createPhone(world: World): Phone {
  return {
    owns: (path) => path === '/',
    serve(call) {
      const key = call.query.get('account') ?? 'alex';
      const account = world.accounts.get(key);
      if (account === undefined) return text(404, 'Nobody here by that name.');
      if (call.method === 'GET') return phonePage(world, key, account.displayName);
      if (call.method !== 'POST') return text(405, 'Method Not Allowed');
      // A page of another site must not press buttons here.
      const site = call.headers['sec-fetch-site'];
      if (site !== undefined && site !== 'same-origin' && site !== 'none') return text(403, 'Forbidden');
      const wanted = new URLSearchParams(call.body).get('press');
      const pressed = presses.find((name) => name === wanted);
      if (pressed !== undefined) {
        world.players.change(key, (state, now) => applyPress(state, { press: pressed }, world.library, now));
        world.changed();
      }
      return seeOther(pageOf(world, key));
    },
  };
}

const pageOf = (world: World, key: string): string => `${world.options.basePath}/?account=${encodeURIComponent(key)}`;

const clockTime = (ms: number): string => {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

const button = (name: (typeof presses)[number], label: string): string =>
  `<button${name === 'play' || name === 'pause' ? ' class="go"' : ''} name="press" value="${name}">${label}</button>`;

function phonePage(world: World, key: string, displayName: string): Answer {
  const player = world.players.report(key);
  const item = player.itemUri === null ? undefined : catalogue.find(player.itemUri);
  const owner = `${displayName.split(' ')[0] ?? displayName}’s Spotify app`;
  const cover =
    item?.kind === 'track' ? `<img src="${escapeHtml(item.album.coverUrl)}" alt="" width="400" height="400">` : '';
  const artists = item?.kind === 'track' ? item.artists.map(({ name }) => name).join(', ') : '';
  const duration = player.durationMs ?? 0;
  const device = player.devices.find((candidate) => candidate.key === player.activeDevice)?.name;
  const others = [...world.accounts.values()]
    .filter((other) => other.key !== key)
    .map((other) => `<a href="${escapeHtml(pageOf(world, other.key))}">${escapeHtml(other.displayName)}</a>`);
  return page(
    200,
    `${owner} · Simulated Spotify`,
    `<p class="quiet">${escapeHtml(owner)}</p>
${cover}<h1 dir="auto">${escapeHtml(player.itemName ?? 'Nothing plays')}</h1>
<p class="quiet" dir="auto">${escapeHtml(artists)}</p>
<p><progress max="${duration}" value="${Math.min(player.positionMs, duration)}" aria-label="Position"></progress>
<span class="quiet">${clockTime(Math.min(player.positionMs, duration))} of ${clockTime(duration)} · ${player.playing ? 'playing' : 'paused'}${device === undefined ? ', no device' : ` on ${escapeHtml(device)}`}</span></p>
<form method="post" action="${escapeHtml(pageOf(world, key))}" class="row">
${button('previous', 'Previous')}
${player.playing ? button('pause', 'Pause') : button('play', 'Play')}
${button('next', 'Next')}
</form>
<nav class="quiet">See also: ${others.join(', ')}</nav>`,
    '\n<meta http-equiv="refresh" content="5">',
  );
}
