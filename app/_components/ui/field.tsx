import { type ComponentProps, useId } from 'react';

const box =
  'min-h-12 w-full rounded-xl border border-control bg-raised px-4 text-base text-ink placeholder:text-faint aria-invalid:border-danger';

interface TextFieldProps extends ComponentProps<'input'> {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | null;
}

/** A line of text with its label, and what is wrong with it; its children stand beside it. */
export function TextField({ label, hint, error = null, className = '', children, ...rest }: TextFieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div>
      <label htmlFor={id} className="mb-2 block text-sm text-quiet">
        {label}
      </label>
      <div className="flex items-center gap-3">
        <input
          id={id}
          {...rest}
          aria-invalid={error !== null}
          aria-describedby={note === undefined ? undefined : `${id}-note`}
          className={`${box} ${className}`}
        />
        {children}
      </div>
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
        <span>{label}</span>
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
