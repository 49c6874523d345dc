import { type ComponentProps, type ReactNode, useId } from 'react';

const box =
  'min-h-12 w-full rounded-xl border border-control bg-raised px-4 text-base text-ink placeholder:text-faint aria-invalid:border-danger';

interface TextFieldProps extends ComponentProps<'input'> {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | null;
}

/** A line of text with its label, and what is wrong with it. */
export function TextField({ label, hint, error = null, className = '', ...rest }: TextFieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div>
      <label htmlFor={id} className="mb-2 block text-sm text-quiet">
        {label}
      </label>
      <input
        id={id}
        {...rest}
        aria-invalid={error !== null}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        className={`${box} ${className}`}
      />
      {note !== undefined && (
        <p
          id={`${id}-note`}
          role={error === null ? undefined : 'alert'}
          className={`mt-2 text-sm ${error === null ? 'text-faint' : 'text-danger'}`}
        >
          {note}
        </p>
      )}
    </div>
  );
}

/** A setting that is on or off. */
export function Switch({
  label,
  hint,
  checked,
  onChange,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}) {
  const id = useId();
  return (
    <div className="flex min-h-12 items-center justify-between gap-4 py-2">
      <label htmlFor={id} className="grow py-1">
        {label}
        {hint !== undefined && <span className="block text-sm text-faint">{hint}</span>}
      </label>
      <button
        type="button"
        id={id}
        role="switch"
        aria-checked={checked}
        onClick={() => onChange(!checked)}
        className="flex h-12 w-16 shrink-0 items-center justify-end"
      >
        <span
          className={`flex h-8 w-14 items-center rounded-full border px-1 transition-colors duration-150 ${checked ? 'border-accent bg-accent-fill' : 'border-control'}`}
        >
          <span
            className={`size-5.5 rounded-full transition-transform duration-150 ${checked ? 'translate-x-6 bg-accent' : 'bg-control'}`}
          />
        </span>
      </button>
    </div>
  );
}

/** A small whole number with buttons for a thumb. */
export function Stepper({
  label,
  hint,
  value,
  min,
  max,
  onChange,
}: {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}) {
  const id = useId();
  const set = (next: number): void => onChange(Math.min(max, Math.max(min, next)));
  const press =
    'flex size-12 items-center justify-center rounded-full border border-control text-2xl leading-none text-ink hover:bg-raised disabled:opacity-40';
  return (
    <div className="flex min-h-12 items-center justify-between gap-4 py-2">
      <label htmlFor={id} className="grow py-1">
        {label}
        {hint !== undefined && <span className="block text-sm text-faint">{hint}</span>}
      </label>
      <div className="flex shrink-0 items-center gap-1">
        <button
          type="button"
          className={press}
          aria-label={`Fewer: ${label}`}
          disabled={value <= min}
          onClick={() => set(value - 1)}
        >
          −
        </button>
        <input
          id={id}
          type="number"
          inputMode="numeric"
          min={min}
          max={max}
          value={value}
          onChange={(event) => set(Math.round(Number(event.target.value)) || min)}
          className="h-12 w-12 appearance-none bg-transparent text-center font-title text-xl tabular-nums [-moz-appearance:textfield] [&::-webkit-inner-spin-button]:appearance-none"
        />
        <button
          type="button"
          className={press}
          aria-label={`More: ${label}`}
          disabled={value >= max}
          onClick={() => set(value + 1)}
        >
          +
        </button>
      </div>
    </div>
  );
}
