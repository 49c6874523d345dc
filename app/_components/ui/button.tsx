import type { ComponentProps } from 'react';

type Variant = 'primary' | 'plain' | 'quiet' | 'danger';

const variants: Readonly<Record<Variant, string>> = {
  primary: 'bg-ink text-ground hover:bg-quiet',
  plain: 'border border-control text-ink hover:bg-raised',
  quiet: 'text-quiet hover:text-ink hover:bg-raised',
  danger: 'border border-danger text-danger hover:bg-raised',
};

const shape =
  'inline-flex items-center justify-center gap-2 rounded-full whitespace-nowrap font-medium transition-colors duration-150 disabled:opacity-60';

const sizes = { normal: 'min-h-12 px-6 text-base', small: 'min-h-11 px-4 text-sm' } as const;
type Size = keyof typeof sizes;

/** How a button looks; for links that look like one. */
export function buttonClass(variant: Variant = 'plain', extra = '', size: Size = 'normal'): string {
  return `${shape} ${sizes[size]} ${variants[variant]} ${extra}`;
}

/** A button with words. */
export function Button({
  variant = 'plain',
  size = 'normal',
  className = '',
  ...rest
}: ComponentProps<'button'> & { readonly variant?: Variant; readonly size?: Size }) {
  return <button type="button" {...rest} className={buttonClass(variant, className, size)} />;
}

/** A round button with an icon; `label` is its name for everybody who cannot see it. */
export function IconButton({
  label,
  large = false,
  className = '',
  ...rest
}: ComponentProps<'button'> & { readonly label: string; readonly large?: boolean }) {
  const size = large
    ? 'size-16 bg-ink text-ground hover:bg-quiet'
    : 'size-12 text-quiet hover:bg-raised hover:text-ink';
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={`inline-flex shrink-0 items-center justify-center rounded-full transition-colors duration-150 disabled:opacity-60 ${size} ${className}`}
    />
  );
}
