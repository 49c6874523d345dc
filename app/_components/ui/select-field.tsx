import { ChevronDown } from 'lucide-react';
import { useId } from 'react';

/** One of many, in the device's own list. */
export function SelectField({
  label,
  hint,
  value,
  options,
  disabled = false,
  onChange,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly disabled?: boolean;
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div className="flex min-h-12 flex-wrap items-center justify-between gap-x-4 py-2">
      <label htmlFor={id} className="grow basis-32 py-1">
        <span>{label}</span>
        {hint !== undefined && <span className="block text-sm text-faint">{hint}</span>}
      </label>
      <span className="relative max-w-full">
        <select
          id={id}
          value={value}
          disabled={disabled}
          onChange={(event) => onChange(event.target.value)}
          className="min-h-12 max-w-full appearance-none rounded-full border border-control bg-ground pr-10 pl-4 text-ellipsis text-ink disabled:opacity-60"
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown aria-hidden className="pointer-events-none absolute top-1/2 right-4 size-4 -translate-y-1/2" />
      </span>
    </div>
  );
}
