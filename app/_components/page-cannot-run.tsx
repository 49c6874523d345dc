import type { CSSProperties } from 'react';

/** Readable on its own, whatever of the stylesheet is understood: on a phone, and on a TV at five metres. */
const look: CSSProperties = {
  margin: 0,
  padding: '1rem',
  background: '#f8f4ec',
  color: '#12100d',
  fontFamily: 'system-ui, sans-serif',
  fontSize: 'max(1rem, 3vmin)',
  lineHeight: 1.4,
};

/**
 * What every page says, without any script, to a browser that cannot run it: one that is older than the README's floor, which the rule for
 * `too-old` in globals.css does not hide it from, and one whose scripts are blocked (SC10).
 */
export function PageCannotRun() {
  return (
    <>
      <p className="too-old" style={look}>
        This browser is too old for Roomtone: what you see may stand still. Use Chrome or Edge from 111, Safari from
        16.4, or Firefox from 128.
      </p>
      <noscript>
        <p style={look}>Roomtone needs JavaScript, which is blocked here. Allow it for this page, and load it again.</p>
      </noscript>
    </>
  );
}
