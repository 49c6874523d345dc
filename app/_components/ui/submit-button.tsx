import { type ComponentProps, useSyncExternalStore } from 'react';
import { Button } from './button';

const never = (): (() => void) => () => undefined;

/** Sends its form; waits for the page's code, without which the browser would load the page anew and lose what was typed (SC11). */
export function SubmitButton({ disabled = false, ...rest }: ComponentProps<typeof Button>) {
  const runs = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return <Button {...rest} type="submit" disabled={disabled || !runs} />;
}
