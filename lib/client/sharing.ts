/**
 * Puts text on the clipboard. On a plain http address of the home network browsers have no clipboard for pages; there a hidden field is
 * selected and copied the old way.
 *
 * @returns whether it worked
 */
export async function copyText(text: string): Promise<boolean> {
  if (window.isSecureContext) {
    const copied = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    if (copied) return true;
  }
  const field = document.createElement('textarea');
  field.value = text;
  field.setAttribute('readonly', '');
  field.className = 'sr-only';
  document.body.append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  return copied;
}

/** Whether the device has a share sheet for pages like this one. */
export function canShare(): boolean {
  return typeof navigator.share === 'function';
}

/** Opens the share sheet; closing it is no failure. */
export async function shareLink(title: string, url: string): Promise<void> {
  await navigator.share({ title, url }).catch(() => undefined);
}
