import { Children, type ComponentProps } from 'react';

/**
 * A paragraph with elements in its text, such as a link or a name. Each run of text becomes an element of its own: what translates a page
 * takes text away from where it stands, and finds it again by its element (SC6).
 */
export function Sentence({ children, ...rest }: ComponentProps<'p'>) {
  return (
    <p {...rest}>
      {Children.map(children, (child) =>
        typeof child === 'string' || typeof child === 'number' ? <span>{child}</span> : child,
      )}
    </p>
  );
}
