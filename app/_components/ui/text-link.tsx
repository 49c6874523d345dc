import type { ComponentProps } from 'react';

const variants = {
  /** Within a sentence, in its colour. */
  inline: '',
  /** On a line of its own, as high as a thumb needs it. */
  standalone: 'inline-flex min-h-11 items-center text-quiet hover:text-ink',
  /** What a notice offers to press. */
  action: 'inline-flex min-h-11 min-w-11 items-center justify-center rounded-full px-3 font-medium text-ink',
} as const;

interface TextLinkProps {
  readonly variant?: keyof typeof variants;
}

function classOf(variant: keyof typeof variants, extra: string): string {
  return `underline underline-offset-4 ${variants[variant]} ${extra}`;
}

/** A link that looks like text. */
export function TextLink({
  variant = 'inline',
  className = '',
  children,
  ...rest
}: ComponentProps<'a'> & TextLinkProps) {
  return (
    <a {...rest} className={classOf(variant, className)}>
      {children}
    </a>
  );
}

/** A button that looks like such a link. */
export function TextButton({
  variant = 'standalone',
  className = '',
  ...rest
}: ComponentProps<'button'> & TextLinkProps) {
  return <button type="button" {...rest} className={classOf(variant, className)} />;
}
