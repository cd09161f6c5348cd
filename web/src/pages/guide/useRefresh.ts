// SPDX-License-Identifier: LGPL-2.1-or-later
// How refreshes of guides go: asked once, and told by events from then on.
import { useQueryClient } from '@tanstack/react-query';
import { ApiError } from '../../api/client';
import { keyOf, useAsk, useChange } from '../../api/hooks';
import { useEvents } from '../../live';

const kLast = 'GET /api/v1/guides/{id}/refresh';

interface Refreshing {
  event: 'refreshing';
  phase: 'download' | 'parse' | 'apply';
  done: number;
  total: number;
}

const kBegun: Refreshing = { event: 'refreshing', phase: 'download', done: 0, total: 0 };

/** Null: it does not run. */
export function useRefreshing(guide: number) {
  const last = useAsk(kLast, { path: { id: guide } }).data as Refreshing | { event: 'refreshed' } | null | undefined;
  return last?.event === 'refreshing' ? last : null;
}

/** For a page of guides: `begin(guide, acceptLosses)` asks for one. */
export function useRefresh() {
  const client = useQueryClient();
  const start = useChange('POST /api/v1/guides/{id}/refresh');
  const tell = (guide: number, event: unknown) => {
    const queryKey = keyOf(kLast, { path: { id: guide } });
    client.cancelQueries({ queryKey }); // an answer that is on its way is older
    client.setQueryData(queryKey, event);
  };
  useEvents((event) => {
    if (typeof event.guide === 'number' && event.event.startsWith('refresh')) tell(event.guide, event);
  });
  return (guide: number, acceptLosses = false) => {
    tell(guide, kBegun); // before it is asked for: its end may be told before the answer is here
    start
      .mutateAsync({ path: { id: guide }, body: { even_unchanged: true, accept_losses: acceptLosses } })
      .catch((error) => (error instanceof ApiError && error.code === 'running') || tell(guide, null));
  };
}
