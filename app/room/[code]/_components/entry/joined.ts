/** Goes on in the room. The page that follows finds in its place in the browser's history what it comes from. */
export function enterJoined(): void {
  window.history.replaceState({ ...window.history.state, joined: true }, '');
  window.location.reload();
}

/** Whether this page follows on joining; true once. */
export function takeJoined(): boolean {
  if (window.history.state?.joined !== true) return false;
  window.history.replaceState({ ...window.history.state, joined: false }, '');
  return true;
}
