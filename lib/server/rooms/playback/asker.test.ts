import { faults } from '@/simulator/control-client';
import { setUpSimulator } from '@/testing/engine/set-up-simulator';
import { type AppClient, join, makeParty } from '@/testing/people/app-client';
import { letVotesDecide } from '@/testing/people/long-here';
import type { Party } from '@/testing/people/party';
import { add, uriOf } from '@/testing/engine/quiet-room';
import { requireAccess, type Viewer } from '@/lib/server/session/room-access';
import { next, pause, play, playSong, previous, seek, setVolume, transfer } from './remote';
import { castSkipVote } from './skip-votes';

const spotify = setUpSimulator();
const path = '/v1/me/player';

const viewerOf = (person: AppClient, { code }: Party): Promise<Viewer> =>
  requireAccess({ cookieHeader: person.headers['cookie'] ?? null, address: person.address }, code, 'take_part');

/** What Spotify was asked to change on the host's player. */
const changes = async ({ account }: Party): Promise<string[]> =>
  (await spotify.control.calls({ account }))
    .filter((call) => call.method !== 'GET' && call.path.startsWith(path))
    .map((call) => call.path);

/** The host's press is on its way to Spotify, which does not answer before it is told to: everything else waits. */
async function holdUp(room: Party, host: Viewer): Promise<{ readonly goOn: () => Promise<unknown> }> {
  await spotify.control.addRule({
    when: { path: `${path}/volume`, account: room.account },
    times: 1,
    ...faults.hang({ executed: true }),
  });
  const held = setVolume(host, 40).catch(() => undefined);
  await spotify.control.waitForCalls({ account: room.account, path: `${path}/volume` }, 1);
  return {
    goOn: async () => {
      await spotify.control.release();
      await held;
    },
  };
}

const remove = (room: Party, guest: AppClient & { memberId: string }) =>
  room.host.send('DELETE', `${room.path}/members/${guest.memberId}`);
const setCoHost = (room: Party, guest: AppClient & { memberId: string }, coHost: boolean) =>
  room.host.send('PATCH', `${room.path}/members/${guest.memberId}`, { json: { coHost } });
const endRoom = (room: Party) => room.host.send('DELETE', room.path);

const losses: readonly (readonly [
  what: string,
  code: string,
  lose: (room: Party, guest: AppClient & { memberId: string }) => Promise<{ readonly status: number }>,
])[] = [
  ['was removed', 'removed_by_host', remove],
  ['has left', 'not_a_member', (room, guest) => guest.send('DELETE', `${room.path}/members/me`)],
  ['lost the right', 'host_only', (room, guest) => setCoHost(room, guest, false)],
  ['is in a room that has ended', 'room_ended', endRoom],
];

describe('CM4 what waits is not done any more for somebody who', () => {
  test.each(losses)('%s: %s', async (_what, code, lose) => {
    const room = await makeParty(spotify);
    const guest = await join(room);
    await setCoHost(room, guest, true);
    const [host, coHost] = [await viewerOf(room.host, room), await viewerOf(guest, room)];
    const { goOn } = await holdUp(room, host);
    const presses = [pause(coHost), play(coHost), previous(coHost), setVolume(coHost, 9)].map((press) =>
      press.then(
        () => 'done',
        (error: { readonly code: string }) => error.code,
      ),
    );
    expect((await lose(room, guest)).status).toBeLessThan(300);
    await goOn();
    expect(await Promise.all(presses)).toEqual([code, code, code, code]);
    expect(await changes(room)).toEqual([`${path}/volume`]);
  });

  test('may pause no more, or is the host no more: host_only', async () => {
    const room = await makeParty(spotify, { guestsCanPause: true });
    const guest = await join(room);
    const [host, viewer] = [await viewerOf(room.host, room), await viewerOf(guest, room)];
    const { goOn } = await holdUp(room, host);
    const presses = [pause(viewer), play(viewer), transfer({ ...viewer, role: 'host' }, 'kitchen')];
    const answers = Promise.allSettled(presses);
    await room.host.send('PATCH', room.path, { json: { guestsCanPause: false } });
    await goOn();
    for (const answer of await answers) expect(answer).toMatchObject({ reason: { code: 'host_only' } });
    expect(await changes(room)).toEqual([`${path}/volume`]);
  });

  test('wanted to skip: the song goes on, and can be skipped by others', async () => {
    const room = await makeParty(spotify, { votesToSkip: 1 });
    const [guest, other] = [await join(room), await join(room)];
    await setCoHost(room, other, true);
    await letVotesDecide(room);
    const [host, viewer, coHost] = [
      await viewerOf(room.host, room),
      await viewerOf(guest, room),
      await viewerOf(other, room),
    ];
    const { playId } = (await room.host.get(room.path)).body.snapshot.playback;
    const { goOn } = await holdUp(room, host);
    const vote = castSkipVote(viewer, playId).catch((error: { readonly code: string }) => error.code);
    const isClaimed = async () => (await room.host.post(`${room.path}/skip-votes`, { playId })).body.skipped === true;
    expect(await isClaimed()).toBe(true);
    await remove(room, guest);
    await goOn();
    expect(await vote).toBe('removed_by_host');
    expect(await changes(room)).toEqual([`${path}/volume`]);
    await next(coHost, playId);
    expect(await changes(room)).toEqual([`${path}/volume`, `${path}/next`]);
  });

  test('wanted a song that has left the queue: what plays goes on', async () => {
    const room = await makeParty(spotify);
    const host = await viewerOf(room.host, room);
    const { item } = (await add(room.host, room, uriOf(0))).body;
    const { goOn } = await holdUp(room, host);
    const wanted = playSong(host, item.id).catch((error: { readonly code: string }) => error.code);
    await room.host.send('DELETE', `${room.path}/queue/${item.id}`);
    await goOn();
    expect(await wanted).toBe('item_not_found');
    expect(await changes(room)).toEqual([`${path}/volume`]);
  });
});

test('CM5 the host’s press does not wait behind two hundred of a guest, of which two are sent', async () => {
  const room = await makeParty(spotify, { guestsCanPause: true });
  const [host, guest] = [await viewerOf(room.host, room), await viewerOf(await join(room), room)];
  const { goOn } = await holdUp(room, host);
  const presses = Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? pause(guest) : play(guest)));
  presses.push(seek(host, 1_000));
  const answers = Promise.all(presses);
  await goOn();
  await answers;
  expect((await changes(room)).slice(1)).toEqual([`${path}/seek`, `${path}/pause`, `${path}/play`]);
});
