// SPDX-License-Identifier: LGPL-2.1-or-later
// How a refresh goes: told by events, and once asked, for who comes while it runs.
import { useEffect, useState } from 'react';
import { ask } from '../../api/client';
import { useEvents, type LiveEvent } from '../../live';

export interface Report {
  listed: number;
  added: number;
  changed: number;
  vanished: number;
  faults: number;
}

export type Progress =
  | { stage: 'running'; phase: 'download' | 'parse' | 'apply'; done: number; total: number }
  | { stage: 'over'; outcome: 'done' | 'unchanged' | 'objected' | 'failed'; message: string; report?: Report };

function read(event: LiveEvent | null): Progress | null {
  if (event?.event === 'refreshing')
    return {
      stage: 'running',
      phase: event.phase as 'download',
      done: event.done as number,
      total: event.total as number,
    };
  if (event?.event === 'refreshed')
    return {
      stage: 'over',
      outcome: event.outcome as 'done',
      message: event.message as string,
      report: event.report as Report | undefined,
    };
  return null;
}

/** Null: nothing is known of any refresh. `begin` says that one has just been asked for. */
export function useProgress(account: number) {
  const [progress, setProgress] = useState<Progress | null>(null);
  useEffect(() => {
    let gone = false;
    ask('GET /api/v1/accounts/{id}/refresh', { path: { id: account } }).then(
      (event) => !gone && setProgress((now) => now ?? read(event as LiveEvent | null)),
      () => {}, // events tell it as well
    );
    return () => {
      gone = true;
    };
  }, [account]);
  useEvents((event) => {
    if (event.account === account) setProgress((now) => read(event) ?? now);
  });
  return { progress, begin: () => setProgress({ stage: 'running', phase: 'download', done: 0, total: 0 }) };
}

export function isRunning(progress: Progress | null) {
  return progress?.stage === 'running';
}
