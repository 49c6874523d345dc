/** Where the grooves are, as radii. */
const grooves = [150, 138, 126, 114, 102, 90, 78];

/**
 * The record with the light off, and its needle at rest: what a room looks like while nothing plays. It stands where the cover will be,
 * and is cut out of the same square.
 */
export function RecordIllustration({ className = '' }: { readonly className?: string }) {
  return (
    <svg viewBox="0 0 320 320" aria-hidden className={`block aspect-square w-full text-line ${className}`}>
      <g fill="none" stroke="currentColor">
        {grooves.map((radius) => (
          <circle key={radius} cx="160" cy="160" r={radius} vectorEffect="non-scaling-stroke" />
        ))}
        <circle cx="160" cy="160" r="46" className="fill-raised" vectorEffect="non-scaling-stroke" />
      </g>
      <circle cx="160" cy="160" r="5" className="fill-control" />
      <path d="M160 160 78 78" className="stroke-control" strokeWidth="3" strokeLinecap="round" />
    </svg>
  );
}
