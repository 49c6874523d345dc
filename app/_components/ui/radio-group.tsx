import { useId } from 'react';

interface Option<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: string;
}

/** One of a few, all of them in sight. */
export function RadioGroup<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly Option<Value>[];
  readonly onChange: (value: Value) => void;
}) {
  const name = useId();
  return (
    <fieldset className="py-2">
      <legend className="float-left w-full py-1">{label}</legend>
      {options.map((option) => (
        <label key={option.value} className="clear-both flex min-h-12 cursor-pointer items-start gap-3 py-2">
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="mt-0.5 size-5 shrink-0 accent-accent"
          />
          <span>
            <span>{option.label}</span>
            {option.hint !== undefined && <span className="block text-sm text-faint">{option.hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
