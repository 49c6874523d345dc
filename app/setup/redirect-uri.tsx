import { useState } from 'react';
import { Button } from '@/app/_components/ui/button';
import { copyText } from '@/lib/client/sharing';

/** What has to be registered, to be copied. */
export function RedirectUri({ uri }: { readonly uri: string }) {
  const [copied, setCopied] = useState<boolean | null>(null);
  return (
    <>
      <p
        translate="no"
        className="w-full rounded-xl border border-line bg-raised px-4 py-3 font-mono text-sm break-all text-ink select-all"
      >
        {uri}
      </p>
      <div className="flex flex-wrap items-center gap-x-4">
        <Button size="small" onClick={() => void copyText(uri).then(setCopied)}>
          Copy the redirect URI
        </Button>
        <p role="status" className="text-sm">
          {copied !== null && (copied ? 'Copied.' : 'Copying did not work here. Press and hold the address instead.')}
        </p>
      </div>
    </>
  );
}
