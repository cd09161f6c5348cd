// SPDX-License-Identifier: LGPL-2.1-or-later
// Who asks, and whether he may.
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { ApiError, ask, setCsrf, type Gives } from '../api/client';
import { useErrorText } from '../ui/errors';
import { takeAwayNow } from '../ui/undo';

export type Me = Gives<'GET /api/v1/me'>;
export type Role = Me['role'];

const kRanks: Record<Role, number> = { viewer: 0, operator: 1, administrator: 2 };

export function mayDo(me: Me, role: Role) {
  return kRanks[me.role] >= kRanks[role];
}

/** How the page begins: with the first administrator, with a login, or at once. */
export interface Beginning {
  setUpNeeded: boolean;
  me: Me | null; // null: a stranger
}

async function begin(signal: AbortSignal): Promise<Beginning> {
  const [{ needed }, me] = await Promise.all([
    ask('GET /api/v1/setup', {}, signal),
    ask('GET /api/v1/me', {}, signal).catch((error) => {
      if (error instanceof ApiError && (error.status === 401 || error.status === 403)) return null;
      throw error;
    }),
  ]);
  setCsrf(me?.csrf ?? null);
  return { setUpNeeded: needed, me };
}

export function useBeginning() {
  return useQuery({ queryKey: ['beginning'], queryFn: ({ signal }) => begin(signal), staleTime: Infinity });
}

interface Session {
  me: Me;
  /** Ends it; the page then wants a login, also where none is needed. */
  leave: () => Promise<void>;
  /** The same, in every browser of his. */
  leaveEverywhere: () => Promise<void>;
}

const Current = createContext<Session | null>(null);

/** `onLeft` is called when nothing of him is left. */
export function SessionProvider({ me, onLeft, children }: { me: Me; onLeft: () => void; children: ReactNode }) {
  const client = useQueryClient();
  const textOf = useErrorText();
  const value = useMemo(() => {
    const end = async (how: 'POST /api/v1/logout' | 'POST /api/v1/logout/everywhere') => {
      await takeAwayNow(); // nobody may, later
      try {
        if (me.csrf) await ask(how);
      } catch (error) {
        const over = error instanceof ApiError && error.status === 401;
        if (!over) return void notifications.show({ color: 'red', message: textOf(error) });
      }
      setCsrf(null);
      client.clear();
      onLeft();
    };
    return { me, leave: () => end('POST /api/v1/logout'), leaveEverywhere: () => end('POST /api/v1/logout/everywhere') };
  }, [me, client, textOf, onLeft]);
  return <Current.Provider value={value}>{children}</Current.Provider>;
}

export function useSession(): Session {
  const session = useContext(Current);
  if (!session) throw new Error('useSession outside of SessionProvider');
  return session;
}
