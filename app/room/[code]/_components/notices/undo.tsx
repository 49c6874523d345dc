import {
  createContext,
  type ReactNode,
  type Ref,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { TextButton } from '@/app/_components/ui/text-link';

/** Something that was done and can be taken back. */
interface Offered {
  readonly id: number;
  readonly words: string;
  /** Null where there is nothing to take back: it is only said. */
  readonly undo: (() => Promise<unknown>) | null;
  /** What the button does, where that is less than to undo everything. */
  readonly label: string | undefined;
}

type Offer = (words: string, undo: Offered['undo'], label?: string) => void;

const OfferContext = createContext<Offer | null>(null);
const OfferedContext = createContext<{ readonly offered: Offered | null; readonly dismiss: () => void } | null>(null);

/** How long it can be taken back with one press, in ms; longer while it is looked at. */
const offeredMs = 10_000;

/** Gives what is inside it a way to take the last thing back. */
export function UndoProvider({ children }: { readonly children: ReactNode }) {
  const [offered, setOffered] = useState<Offered | null>(null);
  const count = useRef(0);
  const offer = useCallback<Offer>((words, undo, label) => {
    count.current += 1;
    setOffered({ id: count.current, words, undo, label });
  }, []);
  const value = useMemo(() => ({ offered, dismiss: () => setOffered(null) }), [offered]);
  return (
    <OfferContext value={offer}>
      <OfferedContext value={value}>{children}</OfferedContext>
    </OfferContext>
  );
}

/** For whatever does something that can be taken back: says what was done, and how to undo it. */
export function useUndo(): Offer {
  const offer = useContext(OfferContext);
  if (offer === null) throw new Error('There is nothing around this component that could take anything back.');
  return offer;
}

/** The last thing that was done, with a button that takes it back. On the page, and in panels, which cover the page. */
export function UndoStrip({ className = '' }: { readonly className?: string }) {
  const context = useContext(OfferedContext);
  return (
    <div role="status" className={`empty:hidden ${className}`}>
      {context !== null && context.offered !== null && (
        <Strip key={context.offered.id} offered={context.offered} dismiss={context.dismiss} />
      )}
    </div>
  );
}

function Strip({ offered, dismiss }: { readonly offered: Offered; readonly dismiss: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    // What was pressed is gone with its row: whoever uses the keyboard goes on from here.
    if (document.activeElement === document.body) button.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    if (isHeld) return undefined;
    const timer = setTimeout(dismiss, offeredMs);
    return () => clearTimeout(timer);
  }, [isHeld, dismiss]);
  return (
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={(event) => setHeld(event.target.matches(':focus-visible'))}
      onBlur={() => setHeld(false)}
    >
      <UndoLine
        words={offered.words}
        label={offered.label}
        ref={button}
        onUndo={
          offered.undo === null
            ? null
            : () => {
                dismiss();
                void offered.undo?.();
              }
        }
      />
    </div>
  );
}

/** What was done, and the button that takes it back, where that is possible. */
export function UndoLine({
  words,
  label = 'Undo',
  onUndo,
  ref,
}: {
  readonly words: string;
  /** What the button does, where that is less than to undo everything. */
  readonly label?: string | undefined;
  readonly onUndo: (() => void) | null;
  readonly ref?: Ref<HTMLButtonElement>;
}) {
  return (
    <p className="arrives flex items-center justify-between gap-4 py-2 min-h-15 text-quiet">
      <span className="line-clamp-2 min-w-0">{words}</span>
      {onUndo !== null && (
        <TextButton variant="action" ref={ref} onClick={onUndo} className="max-w-1/2 shrink-0 text-right">
          {label}
        </TextButton>
      )}
    </p>
  );
}
