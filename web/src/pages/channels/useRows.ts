// SPDX-License-Identifier: LGPL-2.1-or-later
// The rows of the table of channels, without those that are about to go.
import { useCallback, useMemo } from 'react';
import { useAsk } from '../../api/hooks';
import { usePages } from '../../api/pages';
import type { Operations } from '../../api/schema';
import { useLeaving } from '../../ui/useLeaving';

export function useRows(query: Operations['GET /api/v1/channel-ids']['query']) {
  const pages = usePages('GET /api/v1/channels', { ...query, sort: 'number' });
  const { leaving } = useLeaving('channel');
  // Those in between may be out of sight: where they are, only the whole list tells.
  const ids = useAsk('GET /api/v1/channel-ids', { query }, { enabled: leaving.size > 0 }).data;
  const places = useMemo(
    () => (leaving.size > 0 ? ids?.flatMap((id, place) => (leaving.has(id) ? [] : [place])) : undefined),
    [leaving, ids],
  );
  const { onRange, rowAt } = pages;
  const onShown = useCallback(
    (first: number, last: number) => (places ? onRange(places[first] ?? 0, places[last] ?? 0) : onRange(first, last)),
    [places, onRange],
  );
  if (!places) return pages;
  return {
    ...pages,
    total: pages.total === undefined ? undefined : places.length,
    rowAt: (index: number) => (places[index] === undefined ? undefined : rowAt(places[index])),
    onRange: onShown,
  };
}
