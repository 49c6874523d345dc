/** The name, with the needle of a VU meter; it says what it is for, as Spotify asks of names. */
export function Brand({ small = false }: { readonly small?: boolean }) {
  return (
    <span
      className={`inline-flex items-center gap-2.5 font-title font-semibold tracking-tight ${small ? 'text-lg' : 'text-2xl'}`}
    >
      <svg viewBox="0 0 32 32" className={small ? 'size-6' : 'size-8'} aria-hidden>
        <circle cx="16" cy="16" r="13" fill="none" stroke="currentColor" strokeWidth="1.8" />
        <path d="M16 16 24 8" className="stroke-accent" strokeWidth="2.6" strokeLinecap="round" />
        <circle cx="16" cy="16" r="3" className="fill-accent" />
      </svg>
      <span translate="no">Roomtone</span>
      <span className="font-sans text-sm font-normal tracking-normal text-faint">for Spotify</span>
    </span>
  );
}
