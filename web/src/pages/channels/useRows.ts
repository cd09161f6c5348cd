// SPDX-License-Identifier: LGPL-2.1-or-later
// The rows of the table of channels, without those that are about to go.
import { usePages } from '../../api/pages';
import type { Operations } from '../../api/schema';
import { useLeaving } from '../../ui/useLeaving';

const kMostLeftOut = 500; // by the daemon: the rows of more stay empty until they are gone

export function useRows(query: Operations['GET /api/v1/channels']['query']) {
  const { leaving } = useLeaving('channel');
  const without = [...leaving].slice(0, kMostLeftOut).join();
  const pages = usePages('GET /api/v1/channels', { ...query, sort: 'number', without });
  const rowAt = (index: number) => {
    const row = pages.rowAt(index);
    return row && leaving.has(row.id) ? undefined : row;
  };
  return { ...pages, rowAt };
}
