import { createHash } from 'node:crypto';
import type { Answer } from './call';

const style = `
:root { color-scheme: light dark; --ground: #f6f2ea; --card: #fffdf8; --ink: #22201c; --quiet: #645e54; --line: #ddd5c7; --go: #1c6b3c; --on-go: #fff; }
@media (prefers-color-scheme: dark) { :root { --ground: #191816; --card: #22211e; --ink: #f3eee4; --quiet: #aea697; --line: #3a3732; --go: #7fd09b; --on-go: #10251a; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100dvh; display: grid; place-items: start center; padding: 24px 16px; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { width: min(100%, 26rem); }
.mark { margin: 0 0 24px; color: var(--quiet); font-size: 14px; }
.mark strong { display: block; color: var(--ink); font-size: 17px; letter-spacing: -0.01em; }
h1 { margin: 0 0 8px; font-size: 26px; line-height: 1.2; letter-spacing: -0.02em; text-wrap: balance; }
p { margin: 0 0 16px; }
.quiet { color: var(--quiet); }
fieldset { margin: 0 0 20px; padding: 0; border: 0; }
legend { width: 100%; padding: 0 0 8px; border-bottom: 1px solid var(--line); font-weight: 600; }
label { display: flex; gap: 12px; align-items: center; min-height: 56px; padding: 8px 0; border-bottom: 1px solid var(--line); cursor: pointer; }
label small { display: block; color: var(--quiet); font-size: 14px; }
input[type=radio] { width: 20px; height: 20px; margin: 0; accent-color: var(--go); }
ul { margin: 0 0 24px; padding: 0 0 0 20px; color: var(--quiet); }
.row { display: flex; flex-wrap: wrap; gap: 12px; }
button { flex: 1 1 6rem; min-height: 48px; padding: 0 12px; border: 1px solid var(--quiet); border-radius: 24px; background: transparent; color: var(--ink); font: inherit; font-weight: 600; cursor: pointer; }
button.go { border-color: var(--go); background: var(--go); color: var(--on-go); }
:focus-visible { outline: 3px solid var(--go); outline-offset: 2px; }
code { overflow-wrap: anywhere; }
img { display: block; width: 100%; height: auto; border-radius: 8px; margin: 0 0 16px; }
progress { width: 100%; height: 6px; accent-color: var(--go); }
nav { margin-top: 24px; }
a { color: inherit; }
`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** Makes text safe inside an element or a double-quoted attribute. */
export function escapeHtml(text: string): string {
  const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);
}

/**
 * A page of the simulator: no script, its one style sheet inline and named by hash. `form-action` is left open because
 * browsers apply it to the redirect after a form too, and the consent form ends at the app.
 */
export function page(status: number, title: string, body: string, head = ''): Answer {
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; img-src data:; base-uri 'none'; frame-ancestors 'none'`,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
    body: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">${head}
<style>${style}</style>
</head>
<body>
<main>
<p class="mark"><strong>Simulated Spotify</strong>A stand-in. No sound, no real account.</p>
${body}
</main>
</body>
</html>
`,
  };
}
