// SPDX-License-Identifier: LGPL-2.1-or-later
// Something done for many, one behind the other: how far it is, and how it is stopped.
import { useEffect, useRef, useState } from 'react';

export function useSeries() {
  const [done, setDone] = useState<number | null>(null);
  const stopped = useRef(false);
  const stop = () => {
    stopped.current = true;
  };
  useEffect(() => stop, []); // who leaves sees no more of it
  return {
    /** How many are done; null: nothing runs. */
    done,
    stop,
    /** Gives those for which it was done: all, or those before it was stopped or failed. */
    run: async <T>(all: readonly T[], work: (one: T) => Promise<unknown>): Promise<{ made: readonly T[]; error?: unknown }> => {
      stopped.current = false;
      const made: T[] = [];
      try {
        for (const one of all) {
          if (stopped.current) break;
          setDone(made.length);
          await work(one);
          made.push(one);
        }
        return { made };
      } catch (error) {
        return { made, error };
      } finally {
        setDone(null);
      }
    },
  };
}
