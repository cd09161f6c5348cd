// SPDX-License-Identifier: LGPL-2.1-or-later
// Long lists of the API, of which only what is looked at is asked for.
import { useThrottledCallback } from '@mantine/hooks';
import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { ask, problemOf, type Asked, type Gives, type Operation, type Reading } from './client';
import { keyOf } from './hooks';
import type { Operations } from './schema';

const kPage = 100;
/** What flies past between two of these is not asked for. */
const kEveryMs = 150;

type Paged = { [O in Reading]: Gives<O> extends { items: unknown[]; total: number } ? O : never }[Reading];
type RowOf<O extends Operation> = Gives<O> extends { items: (infer Row)[] } ? Row : never;

/** `rowAt` and `total` for a VirtualTable, whose `onRange` says what is looked at. `total` is undefined until it is known. */
export function usePages<O extends Paged>(operation: O, query: Operations[O]['query']) {
  const [[first, last], setPages] = useState<[number, number]>([0, 0]);
  const known = useRef<number>(undefined);
  const pages = useQueries({
    queries: Array.from({ length: last - first + 1 }, (_, i) => {
      const asked = { query: { ...query, limit: kPage, offset: (first + i) * kPage } } as Asked<O>;
      return {
        queryKey: keyOf(operation, asked),
        queryFn: ({ signal }: { signal: AbortSignal }) => ask(operation, asked, signal) as Promise<{ items: RowOf<O>[]; total: number }>,
        placeholderData: keepPreviousData,
      };
    }),
  });
  const there = pages.find(({ data }) => data);
  if (there?.data) known.current = there.data.total;
  const onRange = useThrottledCallback(
    (from: number, to: number) => setPages([Math.floor(from / kPage), Math.floor(to / kPage)]),
    kEveryMs,
  );
  const rowAt = (index: number): RowOf<O> | undefined => {
    const page = pages[Math.floor(index / kPage) - first];
    return page?.isPlaceholderData ? undefined : page?.data?.items[index % kPage];
  };
  return {
    total: known.current,
    rowAt,
    onRange,
    error: pages.map(problemOf).find((error) => error),
    refetch: () => pages.forEach((page) => page.refetch()),
  };
}
