/** Why no phone can come: there is no address to show (AD4). */
export function noWayInWords(hereAlone: boolean): string {
  return hereAlone
    ? 'No phone can come in: Roomtone was started for this computer alone. Start it with HOST=0.0.0.0, and phones in the same Wi-Fi can join.'
    : 'No phone can come in: this computer is in no network. Connect it to the Wi-Fi, and load this page again.';
}
