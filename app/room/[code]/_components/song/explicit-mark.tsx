/** The mark that Spotify asks for on explicit songs. */
export function ExplicitMark() {
  return (
    <span
      role="img"
      aria-label="Explicit"
      title="Explicit"
      className="mr-2 inline-block rounded-xs bg-faint px-1.5 align-[0.1em] text-xs leading-5 font-semibold text-ground"
    >
      E
    </span>
  );
}
