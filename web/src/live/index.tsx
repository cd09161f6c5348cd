// SPDX-License-Identifier: LGPL-2.1-or-later
// Live events in components, and what is asked again because of them.
import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import { refresh } from '../api/hooks';
import { Live, type LiveEvent, type LiveState } from './live';

export type { LiveEvent } from './live';

/** Events come in bursts: what they concern is asked again once for all of them. */
const kTogetherMs = 300;
/** What is kept of an event is written up to a quarter of a second after it was told. */
const kKeptMs = 600;

const kOfSessions = ['/api/v1/sessions', '/api/v1/leases'];
/** What a refresh may change. */
export const kOfLists = ['/api/v1/accounts', '/api/v1/guide', '/api/v1/streams', '/api/v1/channel'];
/** How refreshes went. */
export const kOfRefreshes = 'refreshes';
/** Who somebody is, and may: it may be oneself. */
export const kOfUsers = ['/api/v1/users', 'beginning'];

/** The paths that may answer otherwise after an event. */
function concerned({ event }: LiveEvent): readonly string[] {
  if (event === 'refreshing') return [];
  if (event === 'refreshed') return kOfLists;
  if (event.startsWith('alert')) return ['/api/v1/alerts'];
  if (event.startsWith('user') || event === 'token-renewed' || event === 'password-changed') return kOfUsers;
  if (event.startsWith('key')) return ['/api/v1/keys'];
  if (event.startsWith('device')) return ['/api/v1/devices'];
  return kOfSessions;
}

/** Those that do once it is kept. */
function concernedLater({ event }: LiveEvent): readonly string[] {
  if (event === 'refreshing') return [];
  if (event === 'refreshed') return ['/api/v1/history', kOfRefreshes];
  const ofStreams = event === 'candidate-failed' || event === 'session-closed';
  return ofStreams ? ['/api/v1/history', '/api/v1/streams'] : ['/api/v1/history'];
}

const Connection = createContext<Live | null>(null);

export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [live] = useState(() => new Live(() => client.invalidateQueries()));
  useEffect(() => {
    const paths = new Set<string>();
    const timers = new Set<number>();
    const after = (ms: number, work: () => void) => {
      const timer = window.setTimeout(() => {
        timers.delete(timer);
        work();
      }, ms);
      timers.add(timer);
    };
    const askAgain = (more: readonly string[]) => {
      if (!more.length) return;
      if (!paths.size)
        after(kTogetherMs, () => {
          refresh(client, [...paths]);
          paths.clear();
        });
      for (const path of more) paths.add(path);
    };
    const end = live.listen((event) => {
      askAgain(concerned(event));
      const later = concernedLater(event);
      if (later.length) after(kKeptMs, () => askAgain(later));
    });
    live.start();
    return () => {
      end();
      timers.forEach(clearTimeout);
      live.stop();
    };
  }, [live, client]);
  return <Connection.Provider value={live}>{children}</Connection.Provider>;
}

/** Calls the newest `listener`, for as long as the component is there. */
export function useEvents(listener: (event: LiveEvent) => void) {
  const live = useContext(Connection);
  const newest = useRef(listener);
  newest.current = listener;
  useEffect(() => {
    const end = live?.listen((event) => newest.current(event));
    return () => void end?.();
  }, [live]);
}

const kNone = () => () => {};

/** Whether the daemon tells what happens; undefined for who may not hear it. */
export function useLiveState(): LiveState | undefined {
  const live = useContext(Connection);
  return useSyncExternalStore(live?.watchState ?? kNone, () => live?.state);
}
