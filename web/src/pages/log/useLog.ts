// SPDX-License-Identifier: LGPL-2.1-or-later
// The lines of the log, of which only the new ones are asked for.
import { useEffect, useState } from 'react';
import { ask } from '../../api/client';
import type { Log } from '../../api/schema';
import { useLiveState } from '../../live';

const kMost = 1000; // the daemon keeps so many
const kLookMs = 2000;

/** The newest first; undefined until they are there. An error goes when the daemon answers again. */
export function useLog() {
  const [lines, setLines] = useState<readonly Log[]>();
  const [error, setError] = useState<unknown>();
  const hears = useLiveState() === 'open'; // else the daemon may have been started again, and counts from 1
  useEffect(() => {
    const stop = new AbortController();
    let known: readonly Log[] = [];
    let timer: number | undefined;
    const look = async () => {
      try {
        const after = known[0]?.number ?? 0;
        const { items } = await ask('GET /api/v1/log', { query: { limit: kMost, after } }, stop.signal);
        if (items.length || !known.length) {
          known = [...items, ...known].slice(0, kMost);
          setLines(known);
        }
        setError(undefined);
      } catch (problem) {
        if (stop.signal.aborted) return;
        known = [];
        setError(problem);
      }
      if (!stop.signal.aborted) timer = window.setTimeout(look, kLookMs);
    };
    look();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [hears]);
  return { lines, error };
}
