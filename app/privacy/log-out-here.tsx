'use client';

import { useEffect, useState } from 'react';
import { LogOut } from '@/app/_components/log-out';
import { api } from '@/lib/client/api-client';
import type { MeResponse } from '@/lib/shared/contract/rooms';

/** Logging out, as soon as it is known what this browser is. */
export function LogOutHere() {
  const [me, setMe] = useState<MeResponse | null>(null);
  useEffect(() => {
    // Without an answer nothing is offered: a host would not be asked.
    api.me().then(setMe, () => undefined);
  }, []);
  if (me === null) return null;
  return <LogOut isHost={me.room?.role === 'host'} isConnected={me.spotify.authenticated} />;
}
