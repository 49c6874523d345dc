import type { Deployment } from '@/testing/deployments/deployment';
import { gather, look, type Crowd, screensOf } from '@/bench/party';
import { each } from '@/bench/each';
import type { Measurement, Row } from '@/bench/row';

const requests = 200;
const voters = 50;
const rounds = 20;

/** Requests that all need a token which has just ended. @returns how often it was refreshed, and how many answers were good */
async function refreshes(
  deployment: Deployment,
  party: Crowd,
  urls: readonly string[],
): Promise<{ readonly refreshes: number; readonly answered: number }> {
  await deployment.control.expireTokens(party.account);
  const filter = { account: party.account, grantType: 'refresh_token' };
  const before = (await deployment.control.calls(filter)).length;
  const answers = await Promise.all(
    Array.from({ length: requests }, (_, index) =>
      party.host.send('GET', `${urls[index % urls.length]}${party.path}/devices`),
    ),
  );
  return {
    refreshes: (await deployment.control.calls(filter)).length - before,
    answered: answers.filter(({ status }) => status === 200).length,
  };
}

/** Everybody votes at once, for as many songs. @returns how often Spotify was asked to skip */
async function skips(deployment: Deployment, party: Crowd, urls: readonly string[]): Promise<number> {
  const filter = { account: party.account, path: '/v1/me/player/next' };
  const before = (await deployment.control.calls(filter)).length;
  await party.host.send('PATCH', `${urls[0]}${party.path}`, { json: { votesToSkip: 10 } });
  const screens = await screensOf(party, urls);
  await screens.shows(({ playback }) => playback.track !== null);
  for (let round = 0; round < rounds; round += 1) {
    const { playId } = (await look(urls[0] ?? '', party.host, party)).snapshot.playback;
    await Promise.all(
      party.guests.map((guest, index) =>
        guest.send('POST', `${urls[index % urls.length]}${party.path}/skip-votes`, { json: { playId } }),
      ),
    );
    await screens.shows(({ playback }) => playback.playId !== playId);
  }
  screens.close();
  return (await deployment.control.calls(filter)).length - before;
}

/** What must happen once, however many ask for it, and wherever. */
export async function measureOnce(deployment: Deployment): Promise<Measurement> {
  const [first = ''] = deployment.urls;
  const tokens = await gather(deployment, 'once-tokens', 1);
  const one = await refreshes(deployment, tokens, [first]);
  const two = await refreshes(deployment, tokens, deployment.urls);
  const [skipsOfOne = Number.NaN, skipsOfTwo = Number.NaN] = await each(2, async (index) => {
    const party = await gather(deployment, `once-votes-${index}`, voters + 1);
    return skips(deployment, party, index === 0 ? [first] : deployment.urls);
  });
  const row = (what: string, seen: number, base: number, wanted: number, more: boolean): Row => ({
    what,
    measured: String(seen),
    baseline: `${base} one instance`,
    ratio: `${seen} : ${base}`,
    bar: String(wanted),
    holds: seen === wanted && more,
  });
  return {
    rows: [
      row(
        `Refreshes for ${requests} parallel requests with an expired token, two instances (${two.answered} answered)`,
        two.refreshes,
        one.refreshes,
        1,
        two.answered === requests,
      ),
      row(
        `Skips for ${voters} votes at once over two instances, ${rounds} rounds`,
        skipsOfTwo,
        skipsOfOne,
        rounds,
        true,
      ),
    ],
  };
}
