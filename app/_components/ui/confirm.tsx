import { type ReactNode, useState } from 'react';
import { Button } from './button';

interface Trigger {
  readonly autoFocus: boolean;
  readonly onClick: () => void;
}

/** Asks once more before something that cannot be taken back. The focus goes to the harmless answer, and back where it came from. */
export function Confirm({
  question,
  yes,
  no,
  onYes,
  label,
  children,
}: {
  readonly question: string;
  readonly yes: string;
  readonly no: string;
  readonly onYes: () => void;
  /** The question for those who only hear the answers. */
  readonly label: string;
  readonly children: (trigger: Trigger) => ReactNode;
}) {
  const [step, setStep] = useState<'idle' | 'asking' | 'kept'>('idle');
  if (step !== 'asking') return children({ autoFocus: step === 'kept', onClick: () => setStep('asking') });
  return (
    <div role="group" aria-label={label} className="arrives flex basis-full flex-wrap items-center gap-2 py-1">
      <p className="basis-full text-sm text-quiet">{question}</p>
      <Button variant="danger" className="px-4" onClick={onYes}>
        {yes}
      </Button>
      <Button variant="quiet" className="px-4" autoFocus onClick={() => setStep('kept')}>
        {no}
      </Button>
    </div>
  );
}
