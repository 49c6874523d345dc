import { isPreview } from './app-url';

/** Whether some room of this deployment may play what the simulator made up: as a process beside the app, in a preview, in demos. */
export function hasMadeUpSongs(source: Readonly<Record<string, string | undefined>>): boolean {
  return source['SPOTIFY_SIMULATED']?.trim() === '1' || source['DEMO']?.trim() === 'on' || isPreview(source);
}
