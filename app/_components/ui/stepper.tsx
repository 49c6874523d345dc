import { type KeyboardEvent, useEffect, useEffectEvent, useId, useState } from 'react';

/** How long after the last key what was typed counts as meant, in ms. */
const pauseMs = 700;

/** How long a value that was taken is shown before it has come back, in ms. */
const patienceMs = 2_000;

const roundButton =
  'flex size-12 items-center justify-center rounded-full border border-control text-2xl leading-none text-ink hover:bg-raised disabled:opacity-40';

interface StepperProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** May answer whether the value was taken: what was refused is not shown any longer. */
  readonly onChange: (value: number) => void | Promise<boolean>;
}

/**
 * A small whole number with buttons for a thumb. What is typed stays as typed until it is meant: with Enter, on leaving the field, or
 * after a pause. Steps count from what is shown, so that quick ones all count.
 */
export function Stepper({ label, hint, value, min, max, onChange }: StepperProps) {
  const id = useId();
  /** Typed, but not meant yet. */
  const [typed, setTyped] = useState<string | null>(null);
  /** Meant, but `value` has not caught up: it may pass through older ones on the way. */
  const [sent, setSent] = useState<number | null>(null);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    if (sent === value) setSent(null);
  }

  const current = sent ?? value;
  const clamp = (number: number): number => Math.min(max, Math.max(min, number));
  const read = (text: string | null): number =>
    text !== null && /^\s*\d{1,9}\s*$/.test(text) ? clamp(Number(text)) : current;
  const shown = read(typed);

  async function commit(next: number): Promise<void> {
    setTyped(null);
    if (next === current) return;
    setSent(next);
    const taken = await onChange(next);
    const forget = (): void => setSent((latest) => (latest === next ? null : latest));
    if (taken === false) forget();
    else setTimeout(forget, patienceMs);
  }
  /** What was typed counts; what is no number never was. */
  function settle(): void {
    if (typed !== null) void commit(shown);
  }
  const settleInEffect = useEffectEvent(settle);
  useEffect(() => {
    // A field that is empty or out of bounds is not finished.
    if (typed === null || Number(typed) !== shown) return undefined;
    const timer = setTimeout(settleInEffect, pauseMs);
    return () => clearTimeout(timer);
  }, [typed, shown]);
  useEffect(() => () => settleInEffect(), []);

  function onKey(event: KeyboardEvent): void {
    if (event.key === 'Enter') return settle();
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    setTyped(String(clamp(shown + step)));
  }

  return (
    <div className="flex min-h-12 items-center justify-between gap-4 py-2">
      <label htmlFor={id} className="grow py-1">
        <span>{label}</span>
        {hint !== undefined && <span className="block text-sm text-faint">{hint}</span>}
      </label>
      <div className="flex shrink-0 items-center gap-1">
        <button
          type="button"
          className={roundButton}
          aria-label={`Fewer: ${label}`}
          disabled={shown <= min}
          onClick={() => void commit(clamp(shown - 1))}
        >
          −
        </button>
        <input
          id={id}
          role="spinbutton"
          inputMode="numeric"
          autoComplete="off"
          aria-valuemin={min}
          aria-valuemax={max}
          aria-valuenow={shown}
          maxLength={4}
          value={typed ?? String(current)}
          onChange={(event) => setTyped(event.target.value)}
          onFocus={(event) => event.target.select()}
          onBlur={settle}
          onKeyDown={onKey}
          className="h-12 w-12 bg-transparent text-center font-title text-xl tabular-nums"
        />
        <button
          type="button"
          className={roundButton}
          aria-label={`More: ${label}`}
          disabled={shown >= max}
          onClick={() => void commit(clamp(shown + 1))}
        >
          +
        </button>
      </div>
    </div>
  );
}
