// SPDX-License-Identifier: LGPL-2.1-or-later
// How a refresh goes: told by events; asked once, for who comes while it runs, and again and again where no events come.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ApiError, ask } from '../../api/client';
import { refresh, useChange } from '../../api/hooks';
import type { RefreshOutcome } from '../../api/schema';
import { kOfLists, useEvents, useLiveState, type LiveEvent } from '../../live';
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

const kLookMs = 2000;
const kBegun: Progress = { stage: 'running', phase: 'download', done: 0, total: 0 };

/** `progress` is null where nothing is known of any refresh; `begin` asks for one. */
export function useProgress(account: number) {
  const [progress, setProgress] = useState<Progress | null>(null);
  const told = useRef(0); // what is told while an answer is on its way is newer than that
  const tell = (now: Progress | null) => {
    setProgress(now);
    return ++told.current;
  };
  const client = useQueryClient();
  const { mutate, isPending } = useChange('POST /api/v1/accounts/{id}/refresh');
  const hears = useLiveState() === 'open'; // what happened before it does, nobody told
  const looks = !hears && !isPending && isRunning(progress);
  useEffect(() => {
    const left = new AbortController();
    const learn = async () => {
      const before = told.current;
      const event = await ask('GET /api/v1/accounts/{id}/refresh', { path: { id: account } }, left.signal);
      if (told.current !== before) return;
      const now = read(event as LiveEvent | null);
      setProgress(now);
      if (looks && !isRunning(now)) await refresh(client, kOfLists);
    };
    const look = () => void learn().catch(() => {}); // events tell it as well, or the next look
    const timer = looks ? setInterval(look, kLookMs) : undefined;
    if (!looks) look();
    return () => {
      left.abort();
      clearInterval(timer);
    };
  }, [account, hears, looks, client]);
  useEvents((event) => {
    const now = event.account === account ? read(event) : null;
    if (now) tell(now);
  });
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
