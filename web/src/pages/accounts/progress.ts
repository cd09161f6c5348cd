// SPDX-License-Identifier: LGPL-2.1-or-later
// How a refresh goes: told by events, and once asked, for who comes while it runs.
import { useEffect, useRef, useState } from 'react';
import { ApiError, ask } from '../../api/client';
import { useChange } from '../../api/hooks';
import type { RefreshOutcome } from '../../api/schema';
import { useEvents, useLiveState, type LiveEvent } from '../../live';
import type { Figures } from '../../words/evidence';

export interface Report extends Figures {
  listed: number;
  added: number;
  changed: number;
  vanished: number;
  faults: number;
}

export type Progress =
  | { stage: 'running'; phase: 'download' | 'parse' | 'apply'; done: number; total: number }
  | { stage: 'over'; outcome: RefreshOutcome; message: string; cause?: string; status?: number; report?: Report };

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
      outcome: event.outcome as RefreshOutcome,
      message: event.message as string,
      cause: event.cause as string | undefined,
      status: event.status as number | undefined,
      report: event.report as Report | undefined,
    };
  return null;
}

const kBegun: Progress = { stage: 'running', phase: 'download', done: 0, total: 0 };

/** `progress` is null where nothing is known of any refresh; `begin` asks for one. */
export function useProgress(account: number) {
  const [progress, setProgress] = useState<Progress | null>(null);
  const told = useRef(0); // what is told while an answer is on its way is newer than that
  const tell = (now: Progress | null) => {
    setProgress(now);
    return ++told.current;
  };
  const hears = useLiveState() === 'open'; // what happened before it does, nobody told
  useEffect(() => {
    const before = told.current;
    let gone = false;
    ask('GET /api/v1/accounts/{id}/refresh', { path: { id: account } }).then(
      (event) => !gone && told.current === before && setProgress(read(event as LiveEvent | null)),
      () => {}, // events tell it as well
    );
    return () => {
      gone = true;
    };
  }, [account, hears]);
  useEvents((event) => {
    const now = event.account === account ? read(event) : null;
    if (now) tell(now);
  });
  const { mutate } = useChange('POST /api/v1/accounts/{id}/refresh');
  const begin = (acceptLosses = false) => {
    const before = progress;
    const mine = tell(kBegun); // before it is asked for: its end may be told before the answer is here
    mutate(
      { path: { id: account }, body: { even_unchanged: true, accept_losses: acceptLosses } },
      {
        onError: (error) => {
          const runs = error instanceof ApiError && error.code === 'running';
          if (!runs && told.current === mine) setProgress(before);
        },
      },
    );
  };
  return { progress, begin };
}

export function isRunning(progress: Progress | null) {
  return progress?.stage === 'running';
}
