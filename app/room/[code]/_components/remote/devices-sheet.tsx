import { MonitorSpeaker, Smartphone, Speaker, Tv } from 'lucide-react';
import { Button, buttonClass } from '@/app/_components/ui/button';
import { Sheet } from '@/app/_components/ui/sheet';
import { useRoom, useRoomStore } from '@/lib/client/room/use-room';
import type { DeviceDto } from '@/lib/shared/contract/playback';
import type { PlaybackStatus } from '@/lib/shared/contract/snapshot';
import { useRequest } from '@/app/room/[code]/_components/panels/use-request';
import { useSpotifyLink } from '@/app/room/[code]/_components/notices/use-spotify-link';
import { CommandError } from '@/app/room/[code]/_components/notices/command-error';

/** Where the sound comes out: the host's devices that are awake, asked of Spotify when this opens. */
export function DevicesSheet({ onClose }: { readonly onClose: () => void }) {
  const store = useRoomStore();
  const spotify = useSpotifyLink();
  const [devices, reload] = useRequest(() => store.api.devices());

  async function choose(deviceId: string): Promise<void> {
    if (await store.run((api) => api.transfer(deviceId))) onClose();
    else await reload();
  }

  return (
    <Sheet title="Devices" onClose={onClose}>
      <div className="flex flex-col gap-5 py-4" aria-busy={devices.kind === 'loading'}>
        <CommandError />
        {devices.kind === 'loading' && <p className="text-faint">Asking Spotify…</p>}
        {devices.kind === 'failed' && (
          <p role="alert" className="text-quiet">
            {devices.error.detail}
          </p>
        )}
        {devices.kind === 'known' && <DeviceList list={devices.value} onChoose={(id) => void choose(id)} />}
        <div className="flex flex-wrap gap-3">
          <Button className="grow" onClick={() => void reload()}>
            Look again
          </Button>
          <a href={spotify} target="_blank" rel="noreferrer" className={buttonClass('plain', 'grow')}>
            Open Spotify
          </a>
        </div>
        <p className="text-sm text-faint">
          Spotify lists only devices on which it is open and awake. Open Spotify where the music should come from, press
          play there once, and look again.
        </p>
      </div>
    </Sheet>
  );
}

function DeviceList({
  list,
  onChoose,
}: {
  readonly list: readonly DeviceDto[];
  readonly onChoose: (id: string) => void;
}) {
  const status = useRoom((state) => state.song?.status);
  if (list.length === 0) return <p className="text-quiet">No device is awake.</p>;
  return (
    <ul className="divide-y divide-line border-y border-line">
      {list.map((device, index) => (
        <li key={device.id ?? `${device.name} ${index}`}>
          <button
            type="button"
            disabled={device.id === null || device.isRestricted}
            aria-current={device.isActive}
            onClick={() => device.id !== null && onChoose(device.id)}
            className="flex min-h-16 w-full items-center gap-4 text-left enabled:hover:bg-raised disabled:text-faint"
          >
            <DeviceIcon type={device.type} />
            <span className="min-w-0 grow">
              <bdi translate="no">{device.name}</bdi>
              <span className="block text-sm text-faint">
                {device.isRestricted || device.id === null
                  ? 'Takes no commands from apps'
                  : device.isActive
                    ? activeWords(status)
                    : device.type}
              </span>
            </span>
            {device.isActive && (
              <span
                aria-hidden
                className={`size-2.5 rounded-full ${status === 'playing' ? 'bg-accent' : 'bg-control'}`}
              />
            )}
          </button>
        </li>
      ))}
    </ul>
  );
}

function activeWords(status: PlaybackStatus | undefined): string {
  if (status === 'playing') return 'Playing here';
  return status === 'paused' ? 'Paused here' : 'Chosen';
}

function DeviceIcon({ type }: { readonly type: string }) {
  const kind = type.toLowerCase();
  const shape = 'size-6 shrink-0 text-quiet';
  if (kind === 'smartphone' || kind === 'tablet') return <Smartphone aria-hidden className={shape} />;
  if (kind === 'tv' || kind === 'castvideo') return <Tv aria-hidden className={shape} />;
  if (kind === 'computer') return <MonitorSpeaker aria-hidden className={shape} />;
  return <Speaker aria-hidden className={shape} />;
}
