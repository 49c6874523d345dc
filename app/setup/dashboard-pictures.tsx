import type { ReactNode } from 'react';

/** A part of Spotify's dashboard, drawn: where something goes. For eyes alone; the words beside it say the same. */
function Picture({ children }: { readonly children: ReactNode }) {
  return (
    <div
      aria-hidden
      translate="no"
      className="flex w-full max-w-md flex-col gap-3 rounded-xl border border-line bg-raised p-4 text-xs text-faint select-none"
    >
      {children}
    </div>
  );
}

function Field({
  label,
  value,
  marked = false,
  button,
}: {
  readonly label: string;
  readonly value: string;
  readonly marked?: boolean;
  readonly button?: string;
}) {
  return (
    <div className="flex flex-col gap-1">
      <span>{label}</span>
      <div className="flex gap-2">
        <span
          className={`min-w-0 grow truncate rounded border px-2 py-1.5 font-mono ${marked ? 'border-accent text-ink' : 'border-control'}`}
        >
          {value}
        </span>
        {button !== undefined && (
          <span className="shrink-0 rounded-full border border-accent px-3 py-1.5 text-ink">{button}</span>
        )}
      </div>
    </div>
  );
}

function Box({ label, isTicked }: { readonly label: string; readonly isTicked: boolean }) {
  return (
    <span className={`flex items-center gap-2 ${isTicked ? 'text-ink' : ''}`}>
      <span
        className={`flex size-4 items-center justify-center rounded-sm border ${isTicked ? 'border-accent bg-accent-fill' : 'border-control'}`}
      >
        {isTicked && (
          <svg viewBox="0 0 12 12" className="size-3 fill-none stroke-current stroke-2">
            <path d="M2.5 6.5 5 9l4.5-6" />
          </svg>
        )}
      </span>
      <span>{label}</span>
    </span>
  );
}

/** The form of a new app, filled in. */
export function CreateAppPicture({ redirectUri }: { readonly redirectUri: string }) {
  return (
    <Picture>
      <Field label="App name" value="Roomtone" />
      <Field label="Redirect URIs" value={redirectUri} marked button="Add" />
      <span>Which API/SDKs are you planning to use?</span>
      <span className="flex flex-wrap gap-x-5 gap-y-2">
        <Box label="Web API" isTicked />
        <Box label="Web Playback SDK" isTicked={false} />
      </span>
      <span className="self-start rounded-full bg-accent-fill px-4 py-1.5 text-ink">Save</span>
    </Picture>
  );
}

/** Where the client id is, and what beside it is not it. */
export function ClientIdPicture() {
  return (
    <Picture>
      <Field label="Client ID" value="5b1d…the upper one…9e07" marked />
      <span className="line-through">View client secret</span>
    </Picture>
  );
}
