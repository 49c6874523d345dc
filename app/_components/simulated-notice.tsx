/** Said on every page while the simulator stands in, so that nobody looks for the sound. */
export function SimulatedNotice() {
  return <p className="whitespace-nowrap text-faint">Simulated Spotify: no sound</p>;
}
