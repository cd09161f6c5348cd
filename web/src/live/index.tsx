// SPDX-License-Identifier: LGPL-2.1-or-later
// Live events in components, and what is asked again because of them.
import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import { refresh } from '../api/hooks';
import { Live, type LiveEvent, type LiveState } from './live';

export type { LiveEvent } from './live';

/** Events come in bursts: what they concern is asked again once for all of them. */
const kTogetherMs = 300;
/** What is kept of streams is written a moment after it was told. */
const kKeptMs = 1000;

const kOfSessions = ['/api/v1/sessions', '/api/v1/leases', '/api/v1/history'];
const kOfLists = ['/api/v1/accounts', '/api/v1/guide', '/api/v1/streams', '/api/v1/channel', '/api/v1/history'];

/** The paths that may answer otherwise after an event. */
function concerned({ event }: LiveEvent): readonly string[] {
  if (event === 'refreshing') return [];
  if (event === 'refreshed') return kOfLists;
  if (event.startsWith('alert')) return ['/api/v1/alerts', '/api/v1/history'];
  if (event.startsWith('user') || event.startsWith('key')) return ['/api/v1/users', '/api/v1/keys', '/api/v1/history'];
  if (event.startsWith('device')) return ['/api/v1/devices', '/api/v1/history'];
  return kOfSessions;
}

/** What streams are known for may be another thing now. */
function isKept({ event }: LiveEvent) {
  return event === 'candidate-failed' || event === 'session-closed';
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
      if (isKept(event)) after(kKeptMs, () => askAgain(['/api/v1/streams']));
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
